import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { addressOf, isAskedFor, rerunOf } from "../../src/results/address.ts";

it("an address asks for one row, and not for those whose names begin alike", () => {
  const isAsked = (name: string) =>
    isAskedFor(["json/nginx"], `1 KB of JSON ${name}`, addressOf("json", name));
  expect([isAsked("nginx"), isAsked("nginx, limit_req")]).toEqual([true, false]);
});

it("a table with a slash asks for all of its rows, and for no other table's", () => {
  expect(isAskedFor(["memory/"], "Redis: memory of a full key 60 places", "memory/60 places")).toBe(
    true,
  );
  expect(isAskedFor(["memory/"], "The gate in memory", "gate/memory")).toBe(false);
});

it("any other text asks for the rows whose table or name contains it", () => {
  expect(isAskedFor(["Redis: "], "Redis: decisions upstash", "decisions/upstash")).toBe(true);
  expect(isAskedFor(["Redis: "], "PostgreSQL: rows", "log/rows")).toBe(false);
});

it("the command of a row is one that a shell reads as it was meant, whatever the row is called", () => {
  const names = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(names, (name) => {
      const [, word] = rerunOf("bench:some", "table", name).split(" --only ", 2);
      const rest = rerunOf("bench:some", "table", name).slice(
        "npm run bench:some -- --only ".length,
      );
      const read = execFileSync("sh", ["-c", `printf %s ${rest}`], { encoding: "utf8" });
      expect(word).toBeDefined();
      expect(read).toBe(addressOf("table", name));
    }),
    { numRuns: 30 },
  );
});
