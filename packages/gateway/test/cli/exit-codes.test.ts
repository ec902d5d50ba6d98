// How commands end: one table, which the documents show, too.

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CommandError } from "../../src/cli/exit-codes.ts";
import { ConfigError } from "../../src/config/index.ts";
import { exitCodeOf, exitCodes } from "../../src/exit-codes.ts";
import { StartError } from "../../src/start-error.ts";

it("ends with what the error says, and with a fault of its own where it says nothing", () => {
  expect(exitCodeOf(new StartError("Mend it."))).toBe(exitCodes.refused);
  expect(exitCodeOf(new ConfigError("a.ts", []))).toBe(exitCodes.refused);
  expect(exitCodeOf(new CommandError("Nobody answers.", exitCodes.notReached))).toBe(3);
  const foreign = [new TypeError("x is undefined"), undefined, "text", { exitCode: 1.5 }];
  for (const error of foreign) expect(exitCodeOf(error)).toBe(exitCodes.fault);
});

it("keeps 1 for what was found, so that a build can tell it from a check that was not made", () => {
  const others = Object.entries(exitCodes).filter(([name]) => name !== "found");
  expect(others.map(([, code]) => code)).not.toContain(exitCodes.found);
  expect(exitCodes.found).toBe(1);
});

it("is documented, code by code", () => {
  const text = readFileSync(new URL("../../../../docs/operating.md", import.meta.url), "utf8");
  const [, table = ""] =
    /\| ends with \| when \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(text) ?? [];
  const documented = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(documented).toEqual(Object.values(exitCodes));
});
