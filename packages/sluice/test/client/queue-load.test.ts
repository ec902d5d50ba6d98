// The number of calls at once, under load in virtual time: it finds what the server can take, and follows it.

import { describe, expect, it } from "vitest";
import { createQueue, type QueueOptions, type Ticket } from "../../src/client/policy/queue.ts";

const SERVED_MS = 100;
const FULL_MS = 10;
/** One more each round trip: so long until even fifty are reached. */
const WARM_MS = 8_000;

interface Running {
  readonly ticket: Ticket;
  readonly endMs: number;
  readonly isFull: boolean;
}

/** Always more to do than may run; what comes while the server is full is refused at once. */
function run(capacityAt: (ms: number) => number, endMs: number, options: QueueOptions = {}) {
  const queue = createQueue(options);
  const limits: number[] = [];
  let running: Running[] = [];
  const counts = { served: 0, refused: 0 };
  for (let nowMs = 0; nowMs < endMs; nowMs++) {
    for (const { ticket, endMs: atMs, isFull } of running) {
      if (atMs > nowMs) continue;
      if (nowMs >= WARM_MS) counts[isFull ? "refused" : "served"]++;
      queue.leave(ticket, isFull ? "overloaded" : "success", nowMs);
    }
    running = running.filter(({ endMs: atMs }) => atMs > nowMs);
    const place = {
      operation: "",
      priority: "high",
      enteredMs: nowMs,
      deadlineMs: Infinity,
    } as const;
    while (queue.waiting < 100) queue.enter(place);
    for (let ticket = queue.next(nowMs, true); ticket; ticket = queue.next(nowMs, true)) {
      const isFull = running.filter((one) => !one.isFull).length >= capacityAt(nowMs);
      running.push({ ticket, isFull, endMs: nowMs + (isFull ? FULL_MS : SERVED_MS) });
    }
    limits.push(queue.concurrency);
  }
  const most = (fromMs: number, toMs = endMs) => Math.max(...limits.slice(fromMs, toMs));
  const least = (fromMs: number, toMs = endMs) => Math.min(...limits.slice(fromMs, toMs));
  return { ...counts, most, least };
}

describe("the number of calls at once", () => {
  it.each([3, 20, 50])("stays about what the server can take, which is %i", (capacity) => {
    const { most, least, served, refused } = run(() => capacity, 20_000);
    const share = served / ((capacity * (20_000 - WARM_MS)) / SERVED_MS);
    console.info(
      `${capacity}: ${least(WARM_MS)} to ${most(WARM_MS)}, ${share.toFixed(3)} of the best`,
    );
    console.info(`${refused} refused, ${served} served`);
    expect(most(WARM_MS)).toBeLessThanOrEqual(capacity + 1);
    expect(least(WARM_MS)).toBeGreaterThanOrEqual(Math.floor(0.8 * capacity));
    expect(share).toBeGreaterThan(0.93);
    // Each try for one more costs one or two, and comes after as many round trips as a tenth of the calls at once.
    expect(refused / served).toBeLessThan(capacity < 10 ? 0.7 : 0.02);
  });

  it("falls to what is left within a second when the server loses most of what it has, and comes back", () => {
    const capacityAt = (ms: number) => (ms >= 10_000 && ms < 20_000 ? 5 : 40);
    const { most, least } = run(capacityAt, 40_000);
    console.info(`${most(12_000, 20_000)} at most with 5, ${least(30_000)} at least with 40 again`);
    expect(most(12_000, 20_000)).toBeLessThanOrEqual(6);
    expect(least(30_000)).toBeGreaterThanOrEqual(32);
  });

  it("never leaves its bounds, however little or much the server takes", () => {
    const bounds = { concurrencyMin: 2, concurrencyStart: 4, concurrencyMax: 10 };
    const idle = run(() => 1_000, 5_000, bounds);
    expect([idle.least(0), idle.most(0)]).toEqual([4, 10]);
    const full = run(() => 0, 5_000, bounds);
    expect([full.least(0), full.most(1_000)]).toEqual([2, 2]);
  });
});
