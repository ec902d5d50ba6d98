// docs/console.md and docs/portal.md are followed to the letter, one after the other: their addresses are there, and their tables
// have what the contracts have.

import { readFileSync } from "node:fs";
import { beforeAll, expect, it, vi } from "vitest";
import { roles } from "../../src/admin/contract/roles.ts";
import { portal } from "../../src/portal/contract/index.ts";
import { buildConsole } from "../fixtures/built-console.ts";
import { follow } from "./fixtures/follow.ts";
import { linkSources } from "./fixtures/link-sources.ts";

vi.setConfig({ testTimeout: 120_000 });

const page = (name: string) =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), "utf8");

beforeAll(() => buildConsole(), 60_000);

it("whoever follows the pages about the console and the portal sees what they show", async () => {
  const { said, key } = await follow(["console.md", "portal.md"], linkSources);
  expect(key).toMatch(/^acme_live_/);
  expect(said).not.toContain(key);
});

it("the page about the console has every role, and the one about the portal every operation", () => {
  const rowsOf = (name: string) => page(name).match(/^\| `.*$/gm) ?? [];
  const told = rowsOf("console.md").map((row) => /^\| `(\w+)`/.exec(row)?.[1]);
  expect(told).toEqual(Object.keys(roles));
  const asked = rowsOf("portal.md").flatMap((row) => row.match(/(?<=`)[A-Z]+ \/[^`]*/g) ?? []);
  const wanted = Object.values(portal.wire.operations).map(
    ({ method, path }) => `${method} ${path}`,
  );
  expect(asked.toSorted()).toEqual(wanted.toSorted());
});
