// docs/admin-api.md is followed to the letter, and its table has every operation of the contract.

import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { admin } from "../../src/admin/contract/index.ts";
import { follow } from "./fixtures/follow.ts";
import { linkSources } from "./fixtures/link-sources.ts";

vi.setConfig({ testTimeout: 120_000 });

const page = readFileSync(new URL("../../../../docs/admin-api.md", import.meta.url), "utf8");

it("whoever follows the page sees what it shows", async () => {
  // Programs of the page find the sources, too.
  const environment = { NODE_OPTIONS: "--conditions=sluice-source --no-warnings" };
  const { said, key } = await follow("admin-api.md", linkSources, environment);
  expect(key).toMatch(/^sluice_token_/);
  expect(said).not.toContain(key);
});

it("lists every operation as the contract has it, and no other", () => {
  const rows = page.split("\n").filter((line) => /^\| `\w+` \| `[A-Z]+ /.test(line));
  const { wire, server } = admin;
  const wanted = Object.entries(wire.operations).map(([name, operation]) => {
    const { method, path, summary } = operation;
    const { permission } = server.operations[name as keyof typeof server.operations];
    const once = "idempotency" in operation && operation.idempotency ? "once" : "";
    return `| \`${name}\` | \`${method} ${path}\` | ${permission} | ${once} | ${summary} |`;
  });
  expect(rows).toEqual(wanted);
});
