// docs/operating.md is followed to the letter, and shows what is there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { follow } from "./fixtures/follow.ts";
import { linkSources } from "./fixtures/link-sources.ts";

vi.setConfig({ testTimeout: 300_000 });

it("whoever follows the page sees what it shows", async () => {
  const { folder, said, key } = await follow("operating.md", linkSources);
  expect(key).toMatch(/^hello_live_/);
  const secret = readFileSync(join(folder, "webhook.secret"), "utf8").trim();
  expect(secret).toMatch(/^whsec_/);
  for (const hidden of [key, secret]) expect(said).not.toContain(hidden);
});
