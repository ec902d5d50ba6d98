// Curves over time, or over any number: lines, steps or areas, an axis with its unit, intervals that are shaded, and a legend
// that needs no colours.

import { escapeHtml } from "../../../pages/html.ts";
import { short, stopwatch, ticksTo, timeTicksTo } from "./axis.ts";
import { tenth as at, LEGEND_ROW, legendOf, lineSample, strokeOf } from "./legend.ts";
import type { Drawing, Picture, Table } from "./report.ts";
import { sparklines } from "./sparkline.ts";

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** In the order of `at`. */
export interface Point {
  /** Milliseconds, or what `along` says. */
  readonly at: number;
  readonly value: number;
}

export interface CurvesOf {
  readonly title: string;
  readonly says: string;
  /** What each is drawn as: `steps` hold from their point to the next. */
  readonly shape: "lines" | "steps" | "areas";
  /** At most 7: nobody tells more apart. */
  readonly curves: readonly Curve[];
  /** What is counted, with its unit: `calls a second`. */
  readonly unit: string;
  /** @default time in milliseconds, shown as a stopwatch does */
  readonly along?: string;
  /** Times, or numbers, that are shaded: an outage. */
  readonly shaded?: readonly Shade[];
  /** Levels that one looks for: a limit. */
  readonly levels?: readonly { readonly name: string; readonly value: number }[];
  /** How far up the axis goes at least. @default as far as the curves */
  readonly upTo?: number;
}

export interface Shade {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const CURVES_MAX = 7;
/** Of a table: more rows are not read, and every so-manieth says as much. */
const ROWS_MAX = 40;
const PLOT_HEIGHT = 190;
const LEFT = 52;
const RIGHT = 14;
const BELOW = 42;
const ABOVE = 42;

export function curves(given: CurvesOf): Picture {
  if (given.curves.length === 0 || given.curves.length > CURVES_MAX) {
    throw new RangeError(`${given.curves.length} curves in one picture: draw 1 to ${CURVES_MAX}`);
  }
  return {
    title: given.title,
    says: given.says,
    draw: (width) => draw(given, width),
    lines: (width) => linesOf(given, width),
    table: tableOf(given),
  };
}

interface Scale {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

function draw(given: CurvesOf, width: number): Drawing {
  const legend = legendOf(
    given.curves.map(({ name }) => name),
    width,
    lineSample,
  );
  const top = legend.rows * LEGEND_ROW + ABOVE;
  const bottom = top + PLOT_HEIGHT;
  const height = bottom + BELOW;
  const far = endOf(given);
  const along = given.along === undefined ? timeTicksTo : ticksTo;
  const across = along(far, Math.max(2, Math.floor((width - LEFT) / 60)));
  const up = ticksTo(mostOf(given), 4);
  const right = width - RIGHT;
  const highest = up.at(-1) ?? 1;
  const scale: Scale = {
    x: (at) => LEFT + (Math.min(at, far) / far) * (right - LEFT),
    y: (value) => bottom - (Math.min(value, highest) / highest) * PLOT_HEIGHT,
    ...{ top, bottom, right },
  };
  const inside = [
    legend.inside,
    ...(given.shaded ?? []).map((shade) => shadeOf(shade, scale)),
    ...up.map((tick) => rowOf(tick, scale)),
    ...across.filter((tick) => tick <= far).map((tick) => columnOf(tick, given, scale)),
    text("unit", 0, top - 26, given.unit),
    text("unit middle", (LEFT + right) / 2, bottom + 36, given.along ?? "time (minutes:seconds)"),
    ...(given.levels ?? []).map((level) => levelOf(level, scale)),
    ...given.curves.map(({ points }, at) => curveOf(points, at, given.shape, scale)),
  ];
  return { height, inside: inside.join("") };
}

function shadeOf({ name, from, to }: Shade, { x, top, bottom }: Scale): string {
  const [left, right] = [x(from), x(to)];
  const box = `x="${at(left)}" y="${top}" width="${at(Math.max(1, right - left))}"`;
  return (
    `<rect class="shade" ${box} height="${bottom - top}"><title>${escapeHtml(name)}</title></rect>` +
    `<path class="shade-edge" d="M${at(left)} ${top}V${bottom}M${at(right)} ${top}V${bottom}"/>` +
    text("shade-name", left, top - 7, name)
  );
}

function rowOf(tick: number, { y, right }: Scale): string {
  const line = `<path class="grid" d="M${LEFT} ${at(y(tick))}H${right}"/>`;
  return line + text("tick end", LEFT - 8, y(tick) + 4, short(tick));
}

function columnOf(tick: number, { along }: CurvesOf, { x, bottom }: Scale): string {
  const shown = along === undefined ? stopwatch(tick) : short(tick);
  const mark = `<path class="grid" d="M${at(x(tick))} ${bottom}v5"/>`;
  return mark + text("tick middle", x(tick), bottom + 18, shown);
}

function levelOf({ name, value }: { name: string; value: number }, { y, right }: Scale): string {
  const line = `<path class="level" d="M${LEFT} ${at(y(value))}H${right}"/>`;
  return line + text("level-name end", right - 4, y(value) - 5, name);
}

function curveOf(
  points: readonly Point[],
  index: number,
  shape: CurvesOf["shape"],
  { x, y, bottom, right }: Scale,
): string {
  let path = "";
  for (const { at: where, value } of points) {
    const [left, up] = [at(x(where)), at(y(value))];
    if (path === "") path = `M${left} ${up}`;
    else path += shape === "steps" ? `H${left}V${up}` : `L${left} ${up}`;
  }
  if (shape === "steps") path += `H${right}`;
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const under =
    shape === "areas"
      ? `<path class="area c${index}" d="${path}V${bottom}H${at(x(first))}z"/>`
      : "";
  const alone = points.length === 1 ? `M${at(x(last) - 2)} ${at(y(points[0]?.value ?? 0))}h4` : "";
  return `${under}<path class="curve c${index}"${strokeOf(index)} d="${path}${alone}"/>`;
}

function mostOf({ curves: all, levels = [], upTo = 0 }: CurvesOf): number {
  let most = upTo;
  for (const { points } of all) for (const { value } of points) most = Math.max(most, value);
  for (const { value } of levels) most = Math.max(most, value);
  return most;
}

function endOf({ curves: all, shaded = [] }: CurvesOf): number {
  let end = 0;
  for (const { points } of all) end = Math.max(end, points.at(-1)?.at ?? 0);
  for (const { to } of shaded) end = Math.max(end, to);
  return end > 0 ? end : 1;
}

function linesOf(given: CurvesOf, width: number): readonly string[] {
  const rows = given.curves.map(({ name, points }) => ({
    name,
    values: points.map(({ value }) => value),
  }));
  const end = given.along === undefined ? stopwatch(endOf(given)) : short(endOf(given));
  return sparklines(rows, { width, unit: given.unit, end, most: mostOf(given) });
}

function tableOf({ title, unit, curves: all, along }: CurvesOf): Table {
  const places = [...new Set(all.flatMap(({ points }) => points.map(({ at: where }) => where)))];
  places.sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(places.length / ROWS_MAX));
  const shown = places.filter((_, index) => index % every === 0);
  const byPlace = all.map(({ points }) => new Map(points.map((one) => [one.at, one.value])));
  return {
    caption: `${title}: ${unit}`,
    columns: [
      { title: along ?? "Time", align: "right" },
      ...all.map(({ name }) => ({ title: name, align: "right" as const })),
    ],
    rows: shown.map((place) => [
      along === undefined ? stopwatch(place) : short(place),
      ...byPlace.map((values) => short(values.get(place) ?? Number.NaN)),
    ]),
  };
}

function text(kind: string, x: number, y: number, words: string): string {
  return `<text class="${kind}" x="${at(x)}" y="${at(y)}">${escapeHtml(words)}</text>`;
}
