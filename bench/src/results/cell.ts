// How a figure becomes a cell, and what it may be held against.

import type { Bar, Cell } from "./table.ts";

export const NOTHING: Cell = { text: "–" };

/** Where there is no such figure. */
export const EMPTY: Cell = { text: "" };

/** Shown, never compared: it would flatter whoever does less. */
export function shown(text: string): Cell {
  return { text };
}

/** Compared as it is printed: what cannot be seen is no difference. */
export function counted(value: number, digits = 0, bar?: Bar): Cell {
  const text = value.toFixed(digits);
  return { text, value: Number(text), ...(bar && { bar }) };
}

/** The median of the rounds and what it lies between. */
export function figure(rounds: readonly number[], digits: number, bar?: Bar): Cell {
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)];
  const text = `${grouped(median(rounds), digits)} (${grouped(least, digits)}–${grouped(most, digits)})`;
  return { text, value: median(rounds), rounds, ...(bar && { bar }) };
}

/** The median alone. */
export function middle(rounds: readonly number[], digits: number): Cell {
  return { text: median(rounds).toFixed(digits) };
}

/** @param text as it is shown, without the sign. */
export function atLeast(least: number, text = least.toFixed(2)): Bar {
  return { wanted: `≥ ${text}`, least };
}

export function atMost(most: number, text = most.toFixed(2)): Bar {
  return { wanted: `≤ ${text}`, most };
}

/** Of a ratio of ours to somebody's. */
export function beats(rival: string): Bar {
  return { wanted: "> 1", least: 1, rival };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const below = sorted[Math.ceil(half) - 1] ?? Number.NaN;
  const above = sorted[Math.floor(half)] ?? Number.NaN;
  return (below + above) / 2;
}

/** Of values in their order. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function grouped(value: number, digits = 0): string {
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
