// What a run comes to: when callers were back, how much of the normal load the API got, and what became of the calls.

import { BIN_MS, type Observed, type SeenCall, type Times } from "./observed.ts";

export interface Measured {
  /** Calls that began and ended before anything was out. */
  readonly before: Fates;
  /** Calls that began while it was out. */
  readonly during: Fates;
  /** Those that began after it. */
  readonly after: Fates;
  /** After its end; undefined where they were not back as long as one looked on. 0 where they never were away. */
  readonly backMs: number | undefined;
  /** Whether callers noticed anything. */
  readonly isNoticed: boolean;
  /** The largest load, as a multiple of the normal one, from the beginning of the outage on. */
  readonly peakLoad: number;
  /** How long the load was above `STORM`. */
  readonly stormMs: number;
  /** By `BIN_MS`, smoothed. */
  readonly load: readonly number[];
  /** Of the calls that began then, the part that was done in the end, in percent; by `BIN_MS`, smoothed. */
  readonly donePercent: readonly number[];
  /** Of those that were done. */
  readonly longestMs: number;
  /** How long it took until 95 of 100 of those that were not done were told so. */
  readonly toldMs: number;
  readonly requestsPerSecond: number;
  readonly credits: number;
  readonly wrongCharges: number;
  readonly chargedTwice: number;
}

export interface Fates {
  readonly calls: number;
  /** As quickly as usual. */
  readonly atOnce: number;
  /** Later than usual. */
  readonly late: number;
  readonly failed: number;
}

/** From so many times the normal load on we speak of a storm. */
export const STORM = 1.5;
/** The first calls set things up. */
const WARM_MS = 2_000;
/** Loads are those of so long: shorter ones show chance. */
const SMOOTH_MS = 5_000;
const SHARE_MS = 2_000;
/** Callers are back when so many of a hundred new calls are done as quickly as usual. */
const BACK_SHARE = 0.95;
const STEP_MS = 100;
/** What is not quick yet at the beginning of that while belongs to the time before it. */
const SOON_MS = 500;

export function measure(seen: Observed, times: Times): Measured {
  const { fromMs, endMs, stopMs } = times;
  const normal = averageOf(seen.sent, Math.min(WARM_MS, fromMs / 2), fromMs);
  const calls = seen.calls
    .filter(({ begunMs }) => begunMs < stopMs)
    .toSorted((a, b) => a.begunMs - b.begunMs);
  const before = calls.filter(
    ({ begunMs, endedMs }) => begunMs >= WARM_MS / 2 && endedMs <= fromMs,
  );
  const usualMs = slowest(before);
  const isQuick = (call: SeenCall) => call.isDone && call.endedMs - call.begunMs <= usualMs;
  const load = smoothed(seen.sent, SMOOTH_MS).map((perBin) => perBin / (normal || 1));
  const fromBin = Math.floor(fromMs / BIN_MS);
  const sinceLoad = load.slice(fromBin);
  // Of the last calls nobody knows what would have become of them.
  const over = calls.filter(({ begunMs, endedMs }) => begunMs < endMs || endedMs < stopMs);
  const within = (from: number, to: number) =>
    fatesOf(
      over.filter(({ begunMs }) => begunMs >= from && begunMs < to),
      isQuick,
    );
  const during = within(fromMs, endMs);
  const backMs = backAfter(calls, isQuick, times);
  return {
    before: fatesOf(before, isQuick),
    during,
    after: within(endMs, stopMs),
    backMs,
    isNoticed: during.failed > 0 || during.late > during.calls * (1 - BACK_SHARE),
    peakLoad: Math.max(0, ...sinceLoad),
    stormMs: sinceLoad.filter((one) => one > STORM).length * BIN_MS,
    load,
    donePercent: shareDone(over, load.length),
    longestMs: over.reduce((most, one) => (one.isDone ? Math.max(most, lasted(one)) : most), 0),
    toldMs: toldAfter(over.filter(({ isDone }) => !isDone)),
    requestsPerSecond: (normal * 1_000) / BIN_MS,
    credits: seen.credits,
    wrongCharges: seen.wrongCharges,
    chargedTwice: seen.chargedTwice,
  };
}

/** Whoever takes longer than nearly all of them did, and a quarter of a second more, is late. */
function slowest(before: readonly SeenCall[]): number {
  const sorted = before.map(lasted).toSorted((a, b) => a - b);
  return 2 * (sorted[Math.floor(sorted.length * 0.98)] ?? 500) + 250;
}

function toldAfter(failed: readonly SeenCall[]): number {
  const sorted = failed.map(lasted).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

function lasted({ begunMs, endedMs }: SeenCall): number {
  return endedMs - begunMs;
}

function averageOf(bins: readonly number[], fromMs: number, toMs: number): number {
  const some = bins.slice(Math.floor(fromMs / BIN_MS), Math.floor(toMs / BIN_MS));
  return some.reduce((sum, one) => sum + one, 0) / Math.max(1, some.length);
}

/** Each the average of those around it. */
function smoothed(bins: readonly number[], overMs: number): number[] {
  const side = Math.floor(overMs / BIN_MS / 2);
  return bins.map((_, at) => {
    const some = bins.slice(Math.max(0, at - side), at + side + 1);
    return some.reduce((sum, one) => sum + one, 0) / some.length;
  });
}

function fatesOf(calls: readonly SeenCall[], isQuick: (call: SeenCall) => boolean): Fates {
  const atOnce = calls.filter(isQuick).length;
  const failed = calls.filter(({ isDone }) => !isDone).length;
  return { calls: calls.length, atOnce, failed, late: calls.length - atOnce - failed };
}

/** The first moment from which on, for a while, nearly all new calls are done as quickly as usual. */
function backAfter(
  calls: readonly SeenCall[],
  isQuick: (call: SeenCall) => boolean,
  { endMs, stopMs }: Times,
): number | undefined {
  const since = calls.filter(({ begunMs }) => begunMs >= endMs);
  let [first, behind, quick] = [0, 0, 0];
  // Towards the end there is too little left to see.
  for (let atMs = endMs; atMs + SMOOTH_MS <= stopMs; atMs += STEP_MS) {
    for (; behind < since.length && begunAt(since, behind) < atMs + SMOOTH_MS; behind++) {
      if (isQuick(since[behind] as SeenCall)) quick++;
    }
    for (; first < behind && begunAt(since, first) < atMs; first++) {
      if (isQuick(since[first] as SeenCall)) quick--;
    }
    if (quick < (behind - first) * BACK_SHARE) continue;
    const soon = since.slice(first, behind).filter(({ begunMs }) => begunMs < atMs + SOON_MS);
    const last = soon.findLast((call) => !isQuick(call));
    return (last?.begunMs ?? atMs) - endMs;
  }
  return undefined;
}

function begunAt(calls: readonly SeenCall[], at: number): number {
  return (calls[at] as SeenCall).begunMs;
}

function shareDone(calls: readonly SeenCall[], bins: number): number[] {
  const zeros = () => Array.from({ length: bins }, () => 0);
  const [begun, done] = [zeros(), zeros()];
  for (const { begunMs, isDone } of calls) {
    const bin = Math.min(bins - 1, Math.floor(begunMs / BIN_MS));
    begun[bin] = (begun[bin] ?? 0) + 1;
    if (isDone) done[bin] = (done[bin] ?? 0) + 1;
  }
  const [all, some] = [smoothed(begun, SHARE_MS), smoothed(done, SHARE_MS)];
  return all.map((one, at) => (one === 0 ? 100 : (100 * (some[at] ?? 0)) / one));
}
