// Whether rate windows let more pass than they may: their limit, and what a kill made them forget, which is what
// the log had not written.

import { uuidTimeMs } from "sluice/base";
import type { Attempt } from "./attempts.ts";
import type { Payer } from "./home.ts";

const minuteMs = 60_000;

export interface Fullest {
  readonly payer: Payer;
  /** Requests within one window that were let in, and how many of them the log forgot. */
  readonly admitted: number;
  readonly forgotten: number;
}

/** A request that was let in: somewhere between its id and its answer. */
export interface Stay {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isForgotten: boolean;
}

/** The window of each payer that went furthest beyond its limit, or came nearest to it. */
export function fullestWindows(
  payers: readonly Payer[],
  attempts: readonly Attempt[],
  lost: ReadonlySet<string>,
): readonly Fullest[] {
  return payers.map((payer) => ({
    payer,
    ...fullestOf(
      staysOf(
        attempts.filter((one) => one.payer === payer && wasLetIn(one)),
        lost,
      ),
    ),
  }));
}

/** Who was told to come back later was not: by a window that is full, or by limits that fail closed. */
export function wasLetIn({ heard }: Attempt): boolean {
  return heard !== undefined && heard.status !== 429 && heard.status !== 503;
}

/** By their ends. */
export function staysOf(
  attempts: readonly Attempt[],
  lost: ReadonlySet<string> = new Set(),
): readonly Stay[] {
  return attempts
    .flatMap(({ heard }) => {
      if (heard === undefined) return [];
      const fromMs = uuidTimeMs(heard.requestId) ?? Number.NaN;
      const isForgotten = lost.has(heard.requestId);
      return [{ fromMs, toMs: heard.answeredAtMs, isForgotten }];
    })
    .sort((a, b) => a.toMs - b.toMs);
}

/** Stays that lie in one window from end to end, wherever in them the place was taken. */
export function fullestOf(
  stays: readonly Stay[],
  windowMs = minuteMs,
): Pick<Fullest, "admitted" | "forgotten"> {
  // What was forgotten counts a little, so that of windows that are as full the longest story is told.
  const fullness = (one: typeof fullest) => one.admitted - one.forgotten * 0.999;
  let fullest = { admitted: 0, forgotten: 0 };
  let first = 0;
  stays.forEach(({ toMs }, last) => {
    while ((stays[first]?.toMs ?? toMs) <= toMs - windowMs) first++;
    const inside = stays.slice(first, last + 1).filter(({ fromMs }) => fromMs > toMs - windowMs);
    const forgotten = inside.filter(({ isForgotten }) => isForgotten).length;
    const here = { admitted: inside.length, forgotten };
    if (fullness(here) > fullness(fullest)) fullest = here;
  });
  return fullest;
}

export function judgeWindows(windows: readonly Fullest[]): readonly string[] {
  return windows
    .filter(({ payer, admitted, forgotten }) => admitted - forgotten > payer.limit)
    .map(
      ({ payer, admitted, forgotten }) =>
        `${payer.account.id} was let in ${admitted} times in a minute, ${payer.limit} are its ` +
        `limit and ${forgotten} were forgotten`,
    );
}
