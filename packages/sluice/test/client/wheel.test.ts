// The wheel: many that wait, one timer.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/base/index.ts";
import { createWheel, type Timer } from "../../src/client/policy/wheel.ts";

describe("wheel", () => {
  it("costs one timer for 10,000 that wait, and sets no other while they leave", async () => {
    const clock = new VirtualClock();
    const wheel = createWheel(clock);
    const cancels = Array.from({ length: 10_000 }, (_, index) =>
      wheel.after(10_000 - index, () => expect.unreachable()),
    );
    expect(clock.pendingTimers).toBe(1);
    expect(wheel.waiting).toBe(10_000);
    for (const timer of cancels) timer.cancel();
    expect(wheel.waiting).toBe(0);
    expect(clock.pendingTimers).toBe(1);
    expect(await clock.runNext(1)).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it("calls each back in its own millisecond, in order, and never one that was cancelled", async () => {
    const wait = fc.record({ ms: fc.nat({ max: 50 }), cancelMs: fc.option(fc.nat({ max: 50 })) });
    await fc.assert(
      fc.asyncProperty(fc.array(wait, { maxLength: 30 }), async (waits) => {
        const clock = new VirtualClock();
        const wheel = createWheel(clock);
        const heard: string[] = [];
        for (const [index, { ms, cancelMs }] of waits.entries()) {
          const timer = wheel.after(ms, () => heard.push(`${clock.monotonicMs()}: ${index}`));
          if (cancelMs !== null && cancelMs !== ms) clock.after(cancelMs, () => timer.cancel());
        }
        await clock.runUntilIdle();
        const due = waits
          .map((one, index) => ({ ...one, index }))
          .filter(({ ms, cancelMs }) => cancelMs === null || cancelMs >= ms)
          .sort((a, b) => a.ms - b.ms || a.index - b.index);
        expect(heard).toEqual(due.map(({ ms, index }) => `${ms}: ${index}`));
        expect(wheel.waiting).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it("lets one set the next from within, at the same moment too", async () => {
    const clock = new VirtualClock();
    const wheel = createWheel(clock);
    const heard: string[] = [];
    wheel.after(5, () => {
      wheel.after(0, () => heard.push(`next at ${clock.monotonicMs()}`));
      wheel.after(3, () => heard.push(`third at ${clock.monotonicMs()}`));
    });
    wheel.after(5, () => heard.push("second"));
    await clock.runUntilIdle();
    expect(heard).toEqual(["second", "next at 5", "third at 8"]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("does not let one that always sets the next at once hold up the rest", async () => {
    const clock = new VirtualClock();
    const wheel = createWheel(clock);
    let turns = 0;
    const again = () => {
      if (++turns < 1_000) wheel.after(0, again);
    };
    wheel.after(5, again);
    clock.after(5, () => expect(turns).toBe(1));
    await clock.runUntilIdle();
    expect(turns).toBe(1_000);
  });

  it("lets one cancel another that is due at the same moment", async () => {
    const clock = new VirtualClock();
    const wheel = createWheel(clock);
    const cancels: Timer[] = [];
    wheel.after(5, () => cancels[0]?.cancel());
    cancels.push(wheel.after(5, () => expect.unreachable()));
    await clock.runUntilIdle();
    expect(wheel.waiting).toBe(0);
  });

  it("keeps the process alive for a pause, as long as it lasts, and for no deadline", async () => {
    const clock = new VirtualClock();
    const wheel = createWheel(clock);
    wheel.after(3, () => {});
    expect(clock.keepingAlive).toBe(0);
    const pause = wheel.after(5, () => {}, true);
    expect(clock.keepingAlive).toBe(1);
    expect(clock.pendingTimers).toBe(1);
    pause.cancel();
    expect(clock.keepingAlive).toBe(0);
    wheel.after(4, () => {}, true);
    await clock.advance(3);
    expect(clock.keepingAlive).toBe(1);
    await clock.advance(1);
    expect(clock.keepingAlive).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it("does not wake for what never comes, and takes what is past for now", async () => {
    const clock = new VirtualClock();
    const wheel = createWheel(clock);
    let heard = 0;
    wheel.after(Number.POSITIVE_INFINITY, () => expect.unreachable());
    expect(clock.pendingTimers).toBe(0);
    wheel.after(-5, () => heard++);
    await clock.runUntilIdle();
    expect(heard).toBe(1);
    expect(() => wheel.after(Number.NaN, () => {})).toThrow("NaN");
  });
});
