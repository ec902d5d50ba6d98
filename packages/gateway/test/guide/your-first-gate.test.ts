// docs/your-first-gate.md is followed to the letter, and shows what is there.

import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { follow } from "./fixtures/follow.ts";

vi.setConfig({ testTimeout: 120_000 });

const gateway = fileURLToPath(new URL("../../", import.meta.url));

/** The sources in place of what a registry has: the tests need no build. */
function linkSources(folder: string): void {
  const modules = join(folder, "node_modules");
  for (const name of ["@sluice", ".bin"]) mkdirSync(join(modules, name), { recursive: true });
  symlinkSync(gateway, join(modules, "@sluice", "gateway"));
  const bin = join(modules, ".bin", "sluice");
  const program = join(gateway, "src", "cli", "sluice.ts");
  writeFileSync(
    bin,
    `#!/bin/sh\nexec "${process.execPath}" --conditions=sluice-source "${program}" "$@"\n`,
  );
  chmodSync(bin, 0o755);
}

it("whoever follows the page sees what it shows", async () => {
  const { folder, said, key } = await follow("your-first-gate.md", linkSources);
  expect(key).toMatch(/^hello_live_/);
  const secret = readFileSync(join(folder, ".sluice", "caller.secret"), "utf8").trim();
  for (const hidden of [key, secret]) expect(said).not.toContain(hidden);
  expect(said).toContain("Stopped.");
});
