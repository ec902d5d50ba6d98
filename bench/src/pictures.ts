/**
 * Pictures of tables as SVG: pure functions from points to text, with no more than axes, marks and names. Each brings its own
 * paper, light or dark as its reader has it, so it can be read on any page.
 */

export interface Mark {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly isOurs: boolean;
}

export interface Line {
  readonly name: string;
  readonly isOurs: boolean;
  /** One value for each step of x, from 0. */
  readonly values: readonly number[];
}

export interface Bar {
  readonly name: string;
  readonly isOurs: boolean;
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

export interface Labels {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const [WIDTH, HEIGHT] = [860, 520];
const PLOT = { left: 70, top: 50, width: 560, height: 400 } as const;
const OURS = "ours";
/** Each on light paper, and on dark. */
const INKS = [
  ["#1f6f8b", "#58b7d6"],
  ["#7a5195", "#c39be0"],
  ["#2a7f4f", "#5fc98d"],
  ["#9a7000", "#e0b93f"],
  ["#5d6d7e", "#a3b4c6"],
  ["#99582a", "#e09a63"],
  ["#3d5a80", "#86a8d8"],
  ["#8e44ad", "#d38cf0"],
] as const;
const TICKS = 5;
const BAR = { left: 340, width: 430, height: 24 } as const;

const STYLE = `<style>
${sheet(0, { paper: "#ffffff", text: "#24292f", grid: "#e3e3e3", ours: "#c0392b" })}
@media (prefers-color-scheme: dark) {
${sheet(1, { paper: "#0d1117", text: "#e6edf3", grid: "#30363d", ours: "#ff7b6b" })}
}
</style>`;

interface Colours {
  readonly paper: string;
  readonly text: string;
  readonly grid: string;
  readonly ours: string;
}

/** What is drawn takes the colour of its class. */
function sheet(side: 0 | 1, { paper, text, grid, ours }: Colours): string {
  const inks = INKS.map((ink, index) => `.ink${index}{color:${ink[side]}}`).join("");
  return `.paper{color:${paper}}text{fill:${text}}.axis{color:${text}}.grid{color:${grid}}.${OURS}{color:${ours}}${inks}`;
}

/** A mark for each, numbered, with the names beside: marks lie on top of each other. */
export function scatter(labels: Labels, marks: readonly Mark[]): string {
  const scale = scaleOf(
    marks.map(({ x }) => x),
    marks.map(({ y }) => y),
  );
  const numbers = new Map<string, number[]>();
  for (const [index, { x, y }] of marks.entries()) {
    const here = `${scale.x(x)},${scale.y(y)}`;
    numbers.set(here, [...(numbers.get(here) ?? []), index + 1]);
  }
  const drawn = marks.map(({ x, y, isOurs }, index) => {
    const [atX, atY] = [scale.x(x), scale.y(y)];
    const ink = inkOf(isOurs, index);
    const all = numbers.get(`${atX},${atY}`) ?? [];
    const label = all[0] === index + 1 ? all.join(" ") : "";
    const dot = `<circle cx="${atX}" cy="${atY}" r="${isOurs ? 7 : 5}" class="${ink}" fill="currentColor" fill-opacity="0.75"/>`;
    return `${dot}<text x="${atX + 8}" y="${atY - 6}" font-size="10">${label}</text>`;
  });
  const names = marks.map(({ name, isOurs }, index) =>
    legend(`${index + 1} ${name}`, inkOf(isOurs, index), index),
  );
  return page(labels, scale, [...drawn, ...names]);
}

/**
 * A line for each; ours lies on top.
 * @param steps What each step of x is called, where that is not its number.
 */
export function lines(labels: Labels, all: readonly Line[], steps?: readonly string[]): string {
  const last = Math.max(...all.map(({ values }) => values.length - 1));
  const scale = scaleOf(
    [last],
    all.flatMap(({ values }) => values),
    steps && last,
  );
  const drawn = all.map(({ values, isOurs }, index) => {
    const points = values.map((value, step) => `${scale.x(step)},${scale.y(value)}`).join(" ");
    const ink = inkOf(isOurs, index);
    return `<polyline points="${points}" class="${ink}" fill="none" stroke="currentColor" stroke-width="${isOurs ? 2.5 : 1.2}"/>`;
  });
  const names = all.map(({ name, isOurs }, index) => legend(name, inkOf(isOurs, index), index));
  return page(labels, scale, [...drawn.reverse(), ...names], steps);
}

/** A bar for each, and a line from the least to the most of its rounds; what all are multiples of is 1. */
export function bars({ title, x }: Pick<Labels, "title" | "x">, all: readonly Bar[]): string {
  const most = roundUp(Math.max(1, ...all.map((bar) => bar.most)));
  const at = (value: number) => Number((BAR.left + (value / most) * BAR.width).toFixed(1));
  const bottom = PLOT.top + BAR.height * all.length;
  const drawn = all.map(({ name, value, least, most: greatest, isOurs }, index) => {
    const y = PLOT.top + BAR.height * index;
    const middle = y + BAR.height / 2;
    return [
      `<text x="${BAR.left - 8}" y="${middle + 4}" font-size="11" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${BAR.left}" y="${y + 4}" width="${Number((at(value) - BAR.left).toFixed(1))}" height="${BAR.height - 8}" ` +
        `class="${isOurs ? OURS : "ink4"}" fill="currentColor" fill-opacity="0.75"/>`,
      `<path d="M${at(least)} ${middle}H${at(greatest)}" class="axis" stroke="currentColor" stroke-width="1.5"/>`,
      `<text x="${at(Math.max(greatest, value)) + 6}" y="${middle + 4}" font-size="11">${value.toFixed(2)}</text>`,
    ].join("");
  });
  return sheetOf(bottom + 50, [
    `<text x="20" y="26" font-size="15">${escaped(title)}</text>`,
    ...drawn,
    `<path d="M${at(1)} ${PLOT.top - 6}V${bottom + 6}" class="axis" stroke="currentColor" stroke-dasharray="4 3"/>`,
    `<text x="${at(1)}" y="${bottom + 20}" font-size="11" text-anchor="middle">1</text>`,
    `<text x="${BAR.left}" y="${bottom + 40}" font-size="12">${escaped(x)}</text>`,
  ]);
}

interface Scale {
  readonly most: { readonly x: number; readonly y: number };
  x(value: number): number;
  y(value: number): number;
}

/** Both axes begin at 0 and end at a round number, or where x is told to. */
function scaleOf(xs: readonly number[], ys: readonly number[], endOfX?: number): Scale {
  const most = { x: endOfX ?? roundUp(Math.max(...xs)), y: roundUp(Math.max(...ys)) };
  const exact = (value: number) => Number(value.toFixed(1));
  return {
    most,
    x: (value) => exact(PLOT.left + (value / most.x) * PLOT.width),
    y: (value) => exact(PLOT.top + PLOT.height - (value / most.y) * PLOT.height),
  };
}

function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return (
    ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * unit >= value) ?? 10) * unit
  );
}

function inkOf(isOurs: boolean, index: number): string {
  return isOurs ? OURS : `ink${index % INKS.length}`;
}

function legend(name: string, ink: string, index: number): string {
  const [x, y] = [PLOT.left + PLOT.width + 20, PLOT.top + 8 + 15 * index];
  return (
    `<rect x="${x}" y="${y - 7}" width="8" height="8" class="${ink}" fill="currentColor"/>` +
    `<text x="${x + 13}" y="${y + 1}" font-size="11">${escaped(name)}</text>`
  );
}

function page(
  { title, x, y }: Labels,
  scale: Scale,
  content: readonly string[],
  steps?: readonly string[],
): string {
  const bottom = PLOT.top + PLOT.height;
  const shares = Array.from({ length: TICKS + 1 }, (_, tick) => tick / TICKS);
  const beside = shares.map((share) => {
    const atY = scale.y(share * scale.most.y);
    return (
      `<path d="M${PLOT.left} ${atY}h${PLOT.width}" class="grid" stroke="currentColor"/>` +
      `<text x="${PLOT.left - 6}" y="${atY + 4}" font-size="11" text-anchor="end">${short(share * scale.most.y)}</text>`
    );
  });
  const below = (value: number, name: string) =>
    `<text x="${scale.x(value)}" y="${bottom + 16}" font-size="11" text-anchor="middle">${name}</text>`;
  const ticks = [
    ...beside,
    ...(steps?.map((name, step) => below(step, escaped(name))) ??
      shares.map((share) => below(share * scale.most.x, short(share * scale.most.x)))),
  ];
  return sheetOf(HEIGHT, [
    `<text x="${PLOT.left}" y="26" font-size="15">${escaped(title)}</text>`,
    ...ticks,
    `<path d="M${PLOT.left} ${PLOT.top}v${PLOT.height}h${PLOT.width}" class="axis" fill="none" stroke="currentColor"/>`,
    `<text x="${PLOT.left + PLOT.width / 2}" y="${bottom + 40}" font-size="12" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(20 ${PLOT.top + PLOT.height / 2}) rotate(-90)" font-size="12" text-anchor="middle">${escaped(y)}</text>`,
    ...content,
  ]);
}

function sheetOf(height: number, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif">`,
    STYLE,
    `<rect width="${WIDTH}" height="${height}" class="paper" fill="currentColor"/>`,
    ...content,
    "</svg>\n",
  ].join("\n");
}

function short(value: number): string {
  return `${Number(value.toPrecision(3))}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
