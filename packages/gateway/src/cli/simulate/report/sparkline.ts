// Curves in a line of text each: what a terminal can show of a picture.

import { isUnicode } from "../../print/terminal.ts";
import { short } from "./axis.ts";

const BLOCKS = "▁▂▃▄▅▆▇█";
/** Where a terminal shows ASCII only. */
const LETTERS = ".:-=+*#@";
const WIDTH_MIN = 10;
const WIDTH_MAX = 60;

export interface SparkOptions {
  readonly width: number;
  readonly unit: string;
  /** What stands at the right end of the axis. */
  readonly end: string;
  /** The value of the tallest letter. */
  readonly most: number;
  /** @default what the environment says */
  readonly isPlain?: boolean;
}

/** One letter for each value, or for the largest of those that share its place; 0 is a space. */
export function sparkline(
  values: readonly number[],
  { most, width, isPlain = !isUnicode() }: Pick<SparkOptions, "most" | "width" | "isPlain">,
): string {
  const letters = isPlain ? LETTERS : BLOCKS;
  const places = Math.min(Math.max(1, width), values.length);
  let line = "";
  for (let place = 0; place < places; place++) {
    const [from, to] = [place, place + 1].map((at) => Math.floor((at * values.length) / places));
    const value = Math.max(...values.slice(from, to));
    const share = most > 0 ? Math.min(1, value / most) : 0;
    line += share > 0 ? letters[Math.ceil(share * letters.length) - 1] : " ";
  }
  return line;
}

/** With names, all to one scale, and what the scale is. */
export function sparklines(
  rows: readonly { readonly name: string; readonly values: readonly number[] }[],
  options: SparkOptions,
): string[] {
  const names = Math.max(...rows.map(({ name }) => name.length));
  const room = options.width - names - 14;
  const width = Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, room));
  const drawn = rows.map(({ name, values }) => {
    const most = Math.max(0, ...values);
    return `${name.padEnd(names)}  ${sparkline(values, { ...options, width })}  most ${short(most)}`;
  });
  const gap = " ".repeat(names + 2);
  return [
    ...drawn,
    `${gap}0:00 to ${options.end}, ${options.unit}; the tallest is ${short(options.most)}`,
  ];
}
