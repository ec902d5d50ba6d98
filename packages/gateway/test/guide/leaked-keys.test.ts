// docs/leaked-keys.md is followed to the letter, and shows what is there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { leakKit } from "sluice/reference";
import { expect, it, vi } from "vitest";
import { loadConfig } from "../../src/config/index.ts";
import { follow } from "./fixtures/follow.ts";
import { linkSources } from "./fixtures/link-sources.ts";

vi.setConfig({ testTimeout: 120_000 });

it("whoever follows the page sees what it shows, and no key in what the gateway says", async () => {
  const { folder, said, key } = await follow("leaked-keys.md", linkSources);
  expect(key).toMatch(/^acme_live_/);
  expect(said).toContain("is public: key revoked");
  expect(said).not.toContain(key);
  const { settings } = await loadConfig(folder);
  const [served] = settings.apis;
  const rules = served && leakKit(served.api).find(({ name }) => name === "gitleaks.toml");
  const written = readFileSync(join(folder, "leaks", "gitleaks.toml"), "utf8");
  const expressions = (text = "") => text.match(/^regex = .*$/gm);
  expect(expressions(written)).toEqual(expressions(rules?.text));
});
