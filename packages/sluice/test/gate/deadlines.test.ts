import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/base/index.ts";
import { Deadlines, type Due } from "../../src/gate/upstream/deadlines.ts";

const LENGTH_MS = 100;

function call(onDue: () => void): Due {
  return { dueMs: 0, before: undefined, after: undefined, onDue };
}

describe("the deadlines of an operation", () => {
  it("pass for each call that lasts as long after its own beginning, and for no other", async () => {
    const lives = fc.array(fc.record({ waitMs: fc.nat(60), lastsMs: fc.nat(200) }));
    const property = fc.asyncProperty(lives, async (calls) => {
      const clock = new VirtualClock();
      const deadlines = new Deadlines(clock, LENGTH_MS);
      const lasted = new Map<number, number>();
      let beginMs = 0;
      for (const [index, { waitMs, lastsMs }] of calls.entries()) {
        beginMs += waitMs;
        const began = beginMs;
        clock.after(began, () => {
          const due = call(() => lasted.set(index, clock.monotonicMs() - startMs));
          const startMs = clock.monotonicMs();
          deadlines.start(due);
          clock.after(lastsMs, () => lasted.has(index) || deadlines.stop(due));
        });
      }
      await clock.advance(100_000);
      // At the same instant either may come first.
      const certain = calls.flatMap(({ lastsMs }, index) => (lastsMs > LENGTH_MS ? [index] : []));
      for (const index of certain) expect(lasted.get(index)).toBe(LENGTH_MS);
      for (const index of lasted.keys()) {
        expect(calls[index]?.lastsMs).toBeGreaterThanOrEqual(LENGTH_MS);
      }
      expect(clock.pendingTimers).toBe(0);
    });
    await fc.assert(property);
  });

  it("keep no timer once nobody waits", () => {
    const clock = new VirtualClock();
    const deadlines = new Deadlines(clock, LENGTH_MS);
    const [first, second] = [call(() => undefined), call(() => undefined)];
    deadlines.start(first);
    deadlines.start(second);
    expect(clock.pendingTimers).toBe(1);
    deadlines.stop(first);
    expect(clock.pendingTimers).toBe(1);
    deadlines.stop(second);
    expect(clock.pendingTimers).toBe(0);
  });
});
