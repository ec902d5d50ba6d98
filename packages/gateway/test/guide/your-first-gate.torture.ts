// docs/your-first-gate.md for a stranger: the packages as they would be published, installed by npm with all they need from the
// registry.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildAndPack } from "../../../../tools/packed.ts";
import { follow } from "./fixtures/follow.ts";

it("whoever installs the packages and follows the page sees what it shows", async () => {
  const packed = mkdtempSync(join(tmpdir(), "sluice-packed-"));
  onTestFinished(() => rmSync(packed, { recursive: true, force: true }));
  const files = buildAndPack(packed);
  expect(files).toHaveLength(3);
  const { said } = await follow(
    "your-first-gate.md",
    (folder) =>
      void execFileSync("npm", ["install", "--no-audit", "--no-fund", ...files], {
        cwd: folder,
        stdio: "pipe",
      }),
  );
  expect(said).toContain("Stopped.");
});
