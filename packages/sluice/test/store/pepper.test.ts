// The pepper's file: made once, for its owner only, and never over something else.

import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { openPepper } from "../../src/store/sqlite/pepper.ts";
import { scratchFolder } from "./sqlite/scratch-files.ts";

function newFile(): string {
  const { folder, remove } = scratchFolder();
  onTestFinished(remove);
  return join(folder, "pepper.json");
}

describe("the pepper's file", () => {
  it("is made once, for its owner only, and read again ever after", () => {
    const file = newFile();
    const made = openPepper(file);
    expect(made).toHaveLength(1);
    expect(made[0]?.version).toBe(1);
    expect(made[0]?.secret).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openPepper(file, seededRandom("another"))).toEqual(made);
    expect(readdirSync(join(file, ".."))).toEqual(["pepper.json"]);
  });

  it("may hold several versions", () => {
    const file = newFile();
    openPepper(file);
    const { versions } = JSON.parse(readFileSync(file, "utf8"));
    const second = { version: 2, secret: Buffer.alloc(32, 9).toString("base64") };
    writeFileSync(file, JSON.stringify({ versions: [...versions, second] }));
    expect(openPepper(file).map(({ version }) => version)).toEqual([1, 2]);
  });

  it("is refused when others can read it, and says what to do", () => {
    const file = newFile();
    openPepper(file);
    chmodSync(file, 0o644);
    expect(() => openPepper(file)).toThrow(`chmod 600 ${file}`);
  });

  it.each([
    "",
    "{",
    "null",
    "{}",
    '{"versions":[]}',
    '{"versions":[{"version":1,"secret":"AAAA"}]}',
  ])("is never made anew over something else: %j", (text) => {
    const file = newFile();
    writeFileSync(file, text, { mode: 0o600 });
    expect(() => openPepper(file)).toThrow("is no pepper");
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});
