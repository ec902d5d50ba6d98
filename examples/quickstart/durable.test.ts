// The durable store as the README shows it: what one run makes, the next one finds.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const file = fileURLToPath(new URL("durable.ts", import.meta.url));
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

it("is what the README shows", () => {
  const source = readFileSync(file, "utf8");
  const shown = source.slice(source.indexOf("const stores"), source.indexOf("\n\nconst change"));
  expect(readme).toContain(`\`\`\`ts\n${shown}\n\`\`\``);
});

it("remembers from run to run", () => {
  const cwd = mkdtempSync(join(tmpdir(), "sluice-durable-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const run = () =>
    execFileSync(process.execPath, ["--conditions=sluice-source", file], { cwd, encoding: "utf8" });
  expect(run()).toBe("keys: 1\n");
  expect(run()).toBe("keys: 2\n");
});
