// Which curve is which: each has strokes of its own besides its colour, and the legend shows them.

import { escapeHtml } from "../../../pages/html.ts";

/** The first is drawn through, the others in dashes that nobody takes for one another. */
const DASHES: readonly (string | undefined)[] = [
  undefined,
  "7 4",
  "2 3",
  "12 4 2 4",
  "16 5",
  "6 3 2 3 2 3",
  "1 6",
];
const SAMPLE = 30;
const GAP = 22;
export const LEGEND_ROW = 20;
/** Of a letter of the page's font, on average: there is nothing here that measures text. */
export const LETTER = 7.4;

export function lineSample(index: number, x: number, y: number): string {
  return `<path class="curve c${index}"${strokeOf(index)} d="M${x} ${y}h${SAMPLE}"/>`;
}

export function boxSample(index: number, x: number, y: number): string {
  return boxOf(index, x, y - BAR / 2, SAMPLE);
}

export const BAR = 18;

/** Of a bar: full, thin, or hollow, so that no two parts differ by colour alone. */
export function boxOf(part: number, x: number, y: number, width: number): string {
  const high = part % 2 === 0 ? BAR : BAR / 2;
  // What is hollow has its line inside.
  const inset = part < 2 ? 0 : 0.75;
  const [left, wide] = [x + inset, Math.max(0, width - 2 * inset)];
  const [top, tall] = [y + (BAR - high) / 2 + inset, high - 2 * inset];
  const place = `x="${tenth(left)}" y="${tenth(top)}" width="${tenth(wide)}" height="${tenth(tall)}"`;
  return `<rect class="bar c${part}" ${place}/>`;
}

/** As fine as one sees. */
export function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** As an attribute, with a space before it. */
export function strokeOf(index: number): string {
  const dashes = DASHES[index % DASHES.length];
  return dashes === undefined ? "" : ` stroke-dasharray="${dashes}"`;
}

/** A row of samples, or as many rows as the width needs; each 20 pixels high. */
export function legendOf(
  names: readonly string[],
  width: number,
  sampleOf: (index: number, x: number, y: number) => string,
): { readonly rows: number; readonly inside: string } {
  let [x, row] = [0, 0];
  const inside = names.map((name, index) => {
    const wide = SAMPLE + 6 + name.length * LETTER;
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    const y = row * LEGEND_ROW + 10;
    const sample = sampleOf(index, x, y);
    const said = `<text class="legend" x="${x + SAMPLE + 6}" y="${y + 4}">${escapeHtml(name)}</text>`;
    x = Math.round(x + wide + GAP);
    return sample + said;
  });
  return { rows: row + 1, inside: inside.join("") };
}
