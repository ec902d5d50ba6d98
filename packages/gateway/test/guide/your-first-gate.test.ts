// docs/your-first-gate.md is followed to the letter, and shows what is there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { follow } from "./fixtures/follow.ts";
import { linkSources } from "./fixtures/link-sources.ts";

vi.setConfig({ testTimeout: 120_000 });

it("whoever follows the page sees what it shows", async () => {
  const { folder, said, key } = await follow("your-first-gate.md", linkSources);
  expect(key).toMatch(/^hello_live_/);
  const secret = readFileSync(join(folder, ".sluice", "caller.secret"), "utf8").trim();
  for (const hidden of [key, secret]) expect(said).not.toContain(hidden);
  expect(said).toContain("Stopped.");
});
