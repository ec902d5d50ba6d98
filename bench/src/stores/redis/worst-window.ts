// How many more than its limit a limiter lets through in one window, when a caller knows where it counts anew: nearly all at
// the end of one of its windows, and as much as it gives from the beginning of the next.

import type { Decide, Rate } from "./deciders.ts";

/** Two seconds: some count in whole ones. */
export const ADVERSARIAL: Rate = { limit: 60, windowMs: 2_000 };
/** As shares of a window after the first request: when the caller sends as much as it can. */
const BURSTS = [0.9, 1.03, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8];
/** A request is counted where it was decided, which is a little after it was sent. */
const TOLERANCE_MS = 50;

/** The most that passed in any stretch of a window's length. */
export async function worstWindow(decide: Decide): Promise<number> {
  const { limit, windowMs } = ADVERSARIAL;
  const passedMs: number[] = [];
  const burst = async (calls: number) => {
    const atMs = performance.now();
    const decided = await Promise.all(Array.from({ length: calls }, () => decide("adversary")));
    for (const passed of decided) if (passed) passedMs.push(atMs);
  };
  // Some count by the clock's windows.
  await sleep(windowMs - (Date.now() % windowMs) + 5);
  const startMs = performance.now();
  await burst(1);
  for (const share of BURSTS) {
    await sleep(startMs + share * windowMs - performance.now());
    await burst(2 * limit);
  }
  const inWindow = (fromMs: number) =>
    passedMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + windowMs - TOLERANCE_MS).length;
  return Math.max(...passedMs.map(inWindow));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
