// What simulations report with: the same data as lines of a terminal and as a page to send on, pictures included.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrapped } from "../../../../src/cli/print/wrapped.ts";
import {
  short,
  stopwatch,
  ticksTo,
  timeTicksTo,
} from "../../../../src/cli/simulate/report/axis.ts";
import { bars } from "../../../../src/cli/simulate/report/bars.ts";
import { curves } from "../../../../src/cli/simulate/report/curves.ts";
import { reportPage } from "../../../../src/cli/simulate/report/page.ts";
import type { Report } from "../../../../src/cli/simulate/report/report.ts";
import { sparkline } from "../../../../src/cli/simulate/report/sparkline.ts";
import { alone } from "../../../../src/cli/simulate/report/svg.ts";
import { reportLines } from "../../../../src/cli/simulate/report/text.ts";

const load = curves({
  title: "Load",
  says: "It doubles while the store is out.",
  shape: "steps",
  curves: [
    { name: "ours", points: [0, 1, 2].map((at) => ({ at: at * 30_000, value: 1 })) },
    {
      name: "<theirs> & more",
      points: [0, 1, 2].map((at) => ({ at: at * 30_000, value: 1 + at })),
    },
  ],
  unit: "times the normal load",
  shaded: [{ name: "store out", from: 20_000, to: 40_000 }],
  levels: [{ name: "limit", value: 2.5 }],
});

const report: Report = {
  title: "The store is <out>",
  summary: ["Your clients were back at once.", "Others were not."],
  sections: [
    {
      title: "What callers saw",
      blocks: [
        { kind: "words", text: "Nothing & nobody was lost." },
        { kind: "list", items: ["one", "two"] },
        { kind: "command", text: 'sluice simulate outage --seed "1"' },
        {
          kind: "table",
          table: {
            caption: "Calls",
            columns: [{ title: "Client" }, { title: "Done", align: "right" }],
            rows: [
              ["ours", "10"],
              ["theirs", "9"],
            ],
          },
        },
        { kind: "picture", picture: load },
      ],
    },
  ],
  notes: ["Times are made up."],
};

/** Throws for what no browser would read as it was meant: a tag that is not closed, or closed by another. */
function checkTags(markup: string): void {
  const open: string[] = [];
  const alone = new Set(["meta", "link", "!doctype"]);
  const tags = /<(\/?)([a-z!][\w-]*)((?:[^<>"]|"[^"<>]*")*?)(\/?)>/gi;
  for (const [, closes, name = "", , isClosed] of markup.matchAll(tags)) {
    if (isClosed || alone.has(name.toLowerCase())) continue;
    if (!closes) open.push(name);
    else expect(open.pop(), `</${name}>`).toBe(name);
  }
  expect(open).toEqual([]);
  expect(markup.replaceAll(tags, "").replaceAll(/<style>[\s\S]*?<\/style>/g, "")).not.toMatch(
    /[<>]/,
  );
}

describe("a page", () => {
  const page = reportPage(report);

  it("is one file: no program, nothing loaded, a language, a width for phones, both schemes", () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('name="viewport"');
    expect(page).toContain("prefers-color-scheme: dark");
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|https?:|@import|url\(/i);
    expect(page).toContain("default-src 'none'");
  });

  it("is well formed, whatever names are in it", () => {
    checkTags(page.replace(/<style>[\s\S]*?<\/style>/, ""));
    expect(page).toContain("The store is &lt;out&gt;");
    expect(page).toContain("&lt;theirs&gt; &amp; more");
    expect(page).not.toContain("<theirs>");
  });

  it("begins with what came of it, and has the numbers of each picture in a table", () => {
    expect(page.indexOf("Your clients were back")).toBeLessThan(page.indexOf("<section>"));
    const [, table = ""] = page.split("<figure>");
    expect(table).toMatch(/<caption>Load: times the normal load<\/caption>/);
    for (const cell of ["0:00", "0:30", "1:00"])
      expect(table).toContain(`scope="row" class="number">${cell}<`);
  });

  it("draws each picture for a desk and for a phone, and says it in words", () => {
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).toContain('aria-label="Load. It doubles while the store is out."');
  });
});

describe("a picture of curves", () => {
  it("alone is a file that brings its own style and its title", () => {
    const file = alone(load);
    checkTags(file);
    expect(file).toContain('<title id="t">Load</title>');
    expect(file).toContain("prefers-color-scheme: dark");
    expect(file).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
  });

  it("gives each curve strokes of its own, and names the shade and the level in it", () => {
    const { inside } = load.draw(700);
    const strokes = [...inside.matchAll(/<path class="curve c\d"([^>]*?) d="M\d+ \d+h30"/g)];
    expect(new Set(strokes.map(([, stroke]) => stroke)).size).toBe(2);
    expect(inside).toContain(">store out<");
    expect(inside).toContain(">limit<");
  });

  it("stays within its frame, at any width and for any values", () => {
    const value = fc.double({ min: 0, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 320, max: 900 }),
        (values, width) => {
          const points = values.map((one, at) => ({ at: at * 1_000, value: one }));
          const picture = curves({
            title: "A",
            says: "B",
            shape: "lines",
            curves: [{ name: "c", points }],
            unit: "d",
          });
          const { height, inside } = picture.draw(width);
          for (const [, path = ""] of inside.matchAll(/ d="([^"]+)"/g)) {
            for (const [, x, y] of path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
              expect(Number(x)).toBeGreaterThanOrEqual(0);
              expect(Number(x)).toBeLessThanOrEqual(width);
              expect(Number(y)).toBeGreaterThanOrEqual(0);
              expect(Number(y)).toBeLessThanOrEqual(height);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it("refuses more curves than one tells apart, and none", () => {
    const one = { name: "a", points: [{ at: 0, value: 1 }] };
    const given = { title: "A", says: "B", shape: "lines", unit: "c" } as const;
    expect(() => curves({ ...given, curves: [] })).toThrow("draw 1 to 7");
    expect(() => curves({ ...given, curves: Array.from({ length: 8 }, () => one) })).toThrow("8");
  });
});

describe("a picture of bars", () => {
  const given = {
    title: "Calls",
    says: "Most were done.",
    parts: ["done", "failed"],
    rows: [
      { name: "ours", values: [90, 10] },
      { name: "theirs", values: [60, 40] },
    ],
    unit: "calls",
  } as const;

  it("draws the parts behind one another, to one scale, and names what each is", () => {
    const { inside } = bars(given).draw(400);
    const widths = [...inside.matchAll(/<g><rect class="bar c0"[^>]* width="([\d.]+)"/g)];
    const [ours, theirs] = widths.map(([, width]) => Number(width));
    expect((ours ?? 0) / (theirs ?? 1)).toBeCloseTo(1.5, 1);
    expect(inside).toContain("<title>theirs, failed: 40 calls</title>");
    expect(bars(given).table.rows).toEqual([
      ["ours", "90", "10"],
      ["theirs", "60", "40"],
    ]);
  });

  it("refuses a row without a value for each part", () => {
    expect(() => bars({ ...given, rows: [{ name: "x", values: [1] }] })).toThrow("x: a value");
  });
});

describe("the lines of a terminal", () => {
  it("say the same in the same order, and curves as text to one scale", () => {
    const lines = reportLines(report, 80);
    expect(lines[0]).toContain("The store is <out>");
    const text = lines.join("\n");
    expect(text.indexOf("Your clients")).toBeLessThan(text.indexOf("What callers saw"));
    expect(text).toMatch(/ours +\S+ +most 1\n/);
    expect(text).toMatch(/the tallest is 3/);
    expect(text).toContain("- two");
  });

  it("are no wider than the terminal", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 100 }), (said, width) => {
        const lines = wrapped(said.join(" "), width);
        expect(lines.join(" ")).toBe(said.join(" "));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("show the largest of the values that share a place, and nothing for nothing", () => {
    const given = { most: 8, width: 4, isPlain: true };
    expect(sparkline([0, 1, 4, 8], given)).toBe(" .=@");
    expect(sparkline([0, 0, 8, 1, 0, 0, 0, 0], given)).toBe(" @  ");
    expect(sparkline([1, 2], { ...given, isPlain: false })).toBe("▁▂");
  });
});

describe("an axis", () => {
  it("has few round steps that reach the largest value", () => {
    expect(ticksTo(3.4, 4)).toEqual([0, 1, 2, 3, 4]);
    expect(ticksTo(0, 4)).toEqual([0, 1]);
    expect(timeTicksTo(90_000, 6)).toEqual([0, 15, 30, 45, 60, 75, 90].map((s) => s * 1_000));
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (most) => {
        const ticks = ticksTo(most, 4);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-6));
      }),
    );
  });

  it("writes moments as a stopwatch does, and numbers with the digits that matter", () => {
    expect([0, 500, 65_000, 3_725_000].map(stopwatch)).toEqual([
      "0:00",
      "0:00.5",
      "1:05",
      "1:02:05",
    ]);
    expect([0, 0.0312, 4.12, 87.3, 123.4, 12_345].map(short)).toEqual([
      "0",
      "0.031",
      "4.1",
      "87",
      "123",
      "12,345",
    ]);
    expect(short(Number.NaN)).toBe("-");
  });
});
