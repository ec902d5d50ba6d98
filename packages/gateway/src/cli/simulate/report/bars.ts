// Bars beside each other: one row for each thing that is compared, its parts behind one another, each part named in the legend.

import { escapeHtml } from "../../../pages/html.ts";
import { short } from "./axis.ts";
import { BAR, boxOf, boxSample, LEGEND_ROW, LETTER, legendOf, tenth } from "./legend.ts";
import type { Drawing, Picture, Table } from "./report.ts";

export interface BarsOf {
  readonly title: string;
  readonly says: string;
  /** Of what each part is made: at most 4. */
  readonly parts: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly unit: string;
  /** @default as large as the largest */
  readonly upTo?: number;
}

const PARTS_MAX = 4;
const ROW = 34;
const VALUE = 56;
const TEXT_WIDTH = 40;
/** A part each, for a terminal. */
const LETTERS = "#=.o";

export function bars(given: BarsOf): Picture {
  const { title, says, parts, rows } = given;
  if (parts.length === 0 || parts.length > PARTS_MAX) {
    throw new RangeError(`${parts.length} parts in a bar: give 1 to ${PARTS_MAX}`);
  }
  for (const { name, values } of rows) {
    if (values.length !== parts.length) throw new RangeError(`${name}: a value for each part`);
  }
  return {
    ...{ title, says },
    draw: (width) => draw(given, width),
    lines: (width) => linesOf(given, width),
    table: tableOf(given),
  };
}

function draw(given: BarsOf, width: number): Drawing {
  const { parts, rows, unit } = given;
  const most = mostOf(given);
  const above = legend(given, width);
  const first = above.rows * LEGEND_ROW + 8;
  const names = Math.max(...rows.map(({ name }) => name.length)) * LETTER;
  // On a phone a name stands above its bar.
  const isStacked = names > width / 3;
  const left = isStacked ? 0 : names + 10;
  const step = isStacked ? ROW + 16 : ROW;
  const scale = (width - left - VALUE) / most;
  const drawn = rows.map(({ name, values }, index) => {
    const top = first + index * step + (isStacked ? 18 : 0);
    const y = isStacked ? top - 5 : top + BAR - 4;
    const said = `<text class="legend" x="0" y="${y}">${escapeHtml(name)}</text>`;
    let x = left;
    const boxes = values.map((value, part) => {
      const wide = value * scale;
      const words = `${name}, ${parts[part]}: ${short(value)} ${unit}`;
      const box = boxOf(part, x, top, wide);
      x += wide;
      return `<g>${box}<title>${escapeHtml(words)}</title></g>`;
    });
    const sum = values.reduce((total, value) => total + value, 0);
    const end = `<text class="tick" x="${tenth(x + 6)}" y="${top + BAR - 4}">${short(sum)}</text>`;
    return said + boxes.join("") + end;
  });
  const height = first + rows.length * step + 8;
  return { height, inside: above.inside + drawn.join("") };
}

/** One part needs no samples, but its unit. */
function legend({ parts, unit }: BarsOf, width: number): { rows: number; inside: string } {
  if (parts.length > 1) return legendOf(parts, width, boxSample);
  const said = `<text class="legend" x="0" y="14">${escapeHtml(`${parts[0]}, ${unit}`)}</text>`;
  return { rows: 1, inside: said };
}

function mostOf({ rows, upTo = 0 }: BarsOf): number {
  const sums = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  return Math.max(upTo, ...sums) || 1;
}

function linesOf(given: BarsOf, width: number): readonly string[] {
  const most = mostOf(given);
  const names = Math.max(...given.rows.map(({ name }) => name.length));
  const room = Math.max(10, Math.min(TEXT_WIDTH, width - names - 12));
  const bars = given.rows.map(({ name, values }) => {
    let [sum, bar] = [0, ""];
    for (const [part, value] of values.entries()) {
      sum += value;
      bar = bar.padEnd(Math.round((sum / most) * room), LETTERS[part]);
    }
    return `${name.padEnd(names)}  ${bar} ${short(sum)}`;
  });
  const legend = given.parts.map((name, part) => `${LETTERS[part]} ${name}`).join("   ");
  return [...bars, `${" ".repeat(names + 2)}${legend}`];
}

function tableOf({ title, unit, parts, rows }: BarsOf): Table {
  return {
    caption: `${title}: ${unit}`,
    columns: [{ title: "" }, ...parts.map((name) => ({ title: name, align: "right" as const }))],
    rows: rows.map(({ name, values }) => [name, ...values.map(short)]),
  };
}
