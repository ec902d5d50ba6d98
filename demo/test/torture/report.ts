// What the torture prints: how far it is, and in the end its figures.

import { writeSync } from "node:fs";
import type { Notebook } from "./attempts.ts";
import { isDone } from "./hearing.ts";
import type { Payers } from "./home.ts";
import type { LastDay } from "./last-day.ts";
import type { LogRows } from "./log-rows.ts";
import { fullestWindows } from "./windows.ts";
import type { Manner } from "./wishes.ts";

const stdout = 1;

/** What was lived through. */
export interface Story {
  readonly notebook: Notebook;
  readonly payers: Payers;
  readonly log: LogRows;
  /** How long each start took that came after a kill. */
  readonly startsMs: readonly number[];
  /** Lines that servers wrote to their error stream. */
  readonly faults: readonly string[];
  readonly kills: number;
  readonly stillborn: number;
}

type Figures = readonly (readonly [string, unknown])[];

/** Past the test runner, which keeps what is printed until the end. */
export function say(line: string): void {
  writeAll(`${line}\n`);
}

export function sayProgress(lives: Story, kills?: number): void {
  const { attempts, complaints } = lives.notebook;
  const answers = attempts.filter(({ heard }) => heard !== undefined);
  const done = attempts.filter((one) => isDone(one) && one.wish.credits > 0);
  say(
    `${lives.kills}${kills === undefined ? "" : `/${kills}`} kills, ${answers.length} answers, ${done.length} charges heard, ` +
      `${complaints.length} complaints`,
  );
}

/** @param more Of this torture only. */
export function sayFigures(lives: Story, lastDay: LastDay, more: Figures = []): void {
  const { attempts, errands } = lives.notebook;
  const heard = attempts.flatMap((one) => (one.heard === undefined ? [] : [one.heard]));
  const paid = attempts.filter((one) => isDone(one) && one.wish.credits > 0);
  const doneAs = (manner: Manner) => paid.filter(({ wish }) => wish.manner === manner).length;
  const cut = attempts.filter(
    (one) => one.wish.manner === "stream" && one.heard?.status === 200 && !isDone(one),
  );
  const outcomes = [...errands.values()].map(({ outcome }) => outcome?.kind);
  const starts = lives.startsMs.toSorted((a, b) => a - b);
  const figures: Figures = [
    ["kills under load", lives.kills],
    ["kills during a start", lives.stillborn],
    ...more,
    ["start after a kill, ms (median, longest)", `${middle(starts)}, ${round(starts.at(-1))}`],
    ["requests", attempts.length],
    ["answers", heard.length],
    ["  by status", byStatus(heard)],
    ["  charged calls", doneAs("call")],
    ["  streams heard to their end", doneAs("stream")],
    ["  streams cut short", cut.length],
    ["  jobs", doneAs("job")],
    ["  replays", heard.filter(({ replayed }) => replayed).length],
    ["idempotency keys", errands.size],
    ["  done once", outcomes.filter((kind) => kind === "done").length],
    ["  their first call died, or was a stream", outcomes.filter((kind) => kind === "none").length],
    ["holds that ran out, listed and uncharged", lastDay.expired],
    ["credits charged", lastDay.charged],
    ["rows that the log lost", lives.log.lost.size],
    ["  the oldest, ms before its kill", lives.log.oldestLostMs],
    ["lines on the servers' error streams", lives.faults.length],
  ];
  for (const [name, value] of figures) say(`${name.padEnd(44)} ${value}`);
  for (const line of new Set(lives.faults.slice(0, 10))) say(`  ${line}`);
}

/**
 * The fullest minute of each window that is soon full.
 * @param forgotten Requests whose places were lost with their rows in the log.
 */
export function minutesOf({ payers, notebook }: Story, forgotten: ReadonlySet<string>): Figures {
  return fullestWindows(payers.narrow, notebook.attempts, forgotten).map(
    ({ payer, admitted, forgotten: lost }) => [
      `fullest minute of ${payer.account.id}`,
      `${admitted} = ${admitted - lost} (limit ${payer.limit}) + ${lost} forgotten`,
    ],
  );
}

function byStatus(heard: readonly { readonly status: number }[]): string {
  const counts = new Map<number, number>();
  for (const { status } of heard) counts.set(status, (counts.get(status) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  return sorted.map(([status, count]) => `${status}: ${count}`).join(", ");
}

function middle(sorted: readonly number[]): number {
  return round(sorted[Math.floor(sorted.length / 2)]);
}

function round(ms = Number.NaN): number {
  return Math.round(ms);
}

/** Whole, also through a pipe that is full for the moment: who reads it may be slow. */
function writeAll(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(stdout, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
