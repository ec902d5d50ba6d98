// docs/your-first-gate.md for a stranger: the packages as they would be published, installed by npm with all they need from the
// registry.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { follow } from "./fixtures/follow.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

it("whoever installs the packages and follows the page sees what it shows", async () => {
  const packed = mkdtempSync(join(tmpdir(), "sluice-packed-"));
  onTestFinished(() => rmSync(packed, { recursive: true, force: true }));
  const done = (cwd: string, program: string, ...args: string[]) =>
    void execFileSync(program, args, { cwd, stdio: "pipe" });
  done(root, process.execPath, "tools/build.ts");
  for (const name of ["sluice", "gateway", "console"]) {
    done(join(root, "packages", name), "npm", "pack", "--pack-destination", packed);
  }
  const files = readdirSync(packed).map((name) => join(packed, name));
  expect(files).toHaveLength(3);
  const { said } = await follow("your-first-gate.md", (folder) =>
    done(folder, "npm", "install", "--no-audit", "--no-fund", ...files),
  );
  expect(said).toContain("Stopped.");
});
