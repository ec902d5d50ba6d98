// How commands print: tables, numbers, times, and the steps of a request, with and without letters beyond ASCII.

import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Explanation } from "../../../src/cli/operator/shapes.ts";
import { type Column, tableOf } from "../../../src/cli/print/table.ts";
import { isUnicode } from "../../../src/cli/print/terminal.ts";
import { fromNow, grouped, span } from "../../../src/cli/print/words.ts";
import { stepLines } from "../../../src/cli/verbs/step-lines.ts";

interface Item {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

const columns: readonly Column<Item>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "NAME", of: ({ name }) => name, mayCut: true },
  { title: "COUNT", of: ({ count }) => grouped(count), align: "right" },
];

const plain = (lines: readonly string[]) => lines.map(stripVTControlCharacters);

describe("a table", () => {
  it("aligns its columns, numbers to the right", () => {
    const rows = [
      { id: "a", name: "Ada", count: 5 },
      { id: "bcd", name: "B", count: 12_345 },
    ];
    expect(plain(tableOf(columns, rows, 80))).toEqual([
      "ID   NAME   COUNT",
      "a    Ada        5",
      "bcd  B     12,345",
    ]);
  });

  it("is never wider than the terminal where a column may be cut, and never cuts an id", () => {
    const item = fc.record({
      id: fc.stringMatching(/^[a-z]{1,12}$/),
      name: fc.string({ maxLength: 200 }),
      count: fc.nat(),
    });
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 5 }),
        fc.integer({ min: 44, max: 120 }),
        (rows, width) => {
          const lines = plain(tableOf(columns, rows, width));
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
          for (const [index, { id }] of rows.entries())
            expect(lines[index + 1]?.startsWith(id)).toBe(true);
        },
      ),
    );
  });

  it("lets no text that somebody chose move the cursor", () => {
    const [, line = ""] = tableOf(columns, [{ id: "a", name: "\u001b[2J\n", count: 1 }], 80);
    expect(line).toBe("a   \uFFFD[2J\uFFFD      1");
  });
});

it("groups credits, and says how long something is as finely as somebody would act on", () => {
  expect([0, 999, 1_000, 1_234_567].map(grouped)).toEqual(["0", "999", "1,000", "1,234,567"]);
  const spans = [5, 1_500, 59_400, 600_000, 3 * 3_600_000, 205 * 3_600_000, 30 * 86_400_000];
  expect(spans.map(span)).toEqual([
    "5 ms",
    "1.5 s",
    "59 s",
    "10 minutes",
    "3 hours",
    "8 days 13 h",
    "30 days",
  ]);
  expect([fromNow(5_000, 5_500), fromNow(0, 600_000), fromNow(600_000, 0)]).toEqual([
    "now",
    "10 minutes ago",
    "in 10 minutes",
  ]);
});

it("draws the steps of a request, in ASCII where nothing says UTF-8", () => {
  const step = (name: string, verdict: string, facts = {}) => ({ step: name, verdict, facts });
  const explanation = {
    steps: [
      step("match", "passed"),
      step("admit", "refused", {
        window: "all",
        used: 60,
        limit: 60,
        condition: "rate_limited",
        retryAfterMs: 57_000,
      }),
      step("run", "not reached"),
    ],
    request: {
      method: "GET",
      path: "/a",
      operation: null,
      status: 429,
      code: "rate_limited",
      durationMs: 1,
    },
  } as unknown as Explanation;
  expect(plain(stepLines(explanation, { LANG: "de_DE.UTF-8" }))).toEqual([
    "  │ 1 ✓ match      GET /a",
    "  │ 2 ✗ admit      refused, window all: 60 of 60 used, told to wait 57 s",
    "  │ 3 – run",
  ]);
  expect(plain(stepLines(explanation, { LANG: "de_DE.UTF-8", LC_ALL: "C" }))).toEqual([
    "  | 1 + match      GET /a",
    "  | 2 x admit      refused, window all: 60 of 60 used, told to wait 57 s",
    "  | 3 - run",
  ]);
  expect(isUnicode({})).toBe(false);
});
