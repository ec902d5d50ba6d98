// Numbers as people read them, each with its unit.

import { DAY_MS, HOUR_MS, MINUTE_MS } from "sluice/base";

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function count(number: number): string {
  return whole.format(number);
}

/** once, 2 times */
export function times(many: number): string {
  return many === 1 ? "once" : `${count(many)} times`;
}

/** 1.2K, 3.4M: for axes and tight places. */
export function compact(number: number): string {
  return short.format(number);
}

export function credits(number: number): string {
  return `${whole.format(number)} ${number === 1 ? "credit" : "credits"}`;
}

export function percent(part: number, total: number): string {
  if (total === 0) return "–";
  const share = (100 * part) / total;
  // Nearly all is not all.
  if (share > 99.99 && share < 100) return "99.99 %";
  return `${share.toFixed(share < 10 ? 2 : 1).replace(/\.?0+$/, "")} %`;
}

const units = [
  ["day", DAY_MS],
  ["h", HOUR_MS],
  ["min", MINUTE_MS],
  ["s", 1_000],
] as const;

/** 3 ms, 1.5 s, 4 min 10 s, 2 h 5 min. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${Number((ms / 1_000).toFixed(1))} s`;
  const at = units.findIndex(([, length]) => ms >= length);
  const [first = units[3], second] = units.slice(at, at + 2);
  const big = Math.floor(ms / first[1]);
  const small = second && Math.floor((ms % first[1]) / second[1]);
  const name = first[0] === "day" && big > 1 ? "days" : first[0];
  return small ? `${big} ${name} ${small} ${second?.[0]}` : `${big} ${name}`;
}
