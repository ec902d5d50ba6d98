// Virtual time: order, promises between timers, clock steps, and that it costs no real time.

import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { atEndOfTurn, VirtualClock } from "../../src/base/index.ts";

const startMs = Date.UTC(2026, 6, 1);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe("a virtual clock", () => {
  it("stands still until it is moved", async () => {
    const clock = new VirtualClock(startMs);
    expect([clock.wallMs(), clock.monotonicMs()]).toEqual([startMs, 0]);
    await clock.advance(1500);
    expect([clock.wallMs(), clock.monotonicMs()]).toEqual([startMs + 1500, 1500]);
  });

  it("runs timers in order of time, then of creation, each at its own time", async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(delays, async (all) => {
        const clock = new VirtualClock();
        const ran: [number, number][] = [];
        for (const [index, ms] of all.entries()) {
          clock.after(ms, () => ran.push([clock.monotonicMs(), index]));
        }
        await clock.advance(20);
        const expected = all.map((ms, index): [number, number] => [ms, index]);
        expect(ran).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
        expect(clock.pendingTimers).toBe(0);
      }),
    );
  });

  it("runs what a timer leaves to the end of its turn at the timer's time", async () => {
    const clock = new VirtualClock();
    const ran: [string, number][] = [];
    const leave = async (name: string) => {
      await undefined;
      atEndOfTurn(() => {
        ran.push([name, clock.monotonicMs()]);
        if (name === "first") void leave("second");
      });
    };
    clock.after(1, () => void leave("first"));
    clock.after(2, () => ran.push(["next timer", clock.monotonicMs()]));
    await clock.advance(2);
    expect(ran).toEqual([
      ["first", 1],
      ["second", 1],
      ["next timer", 2],
    ]);
  });

  it("runs neither what is cancelled nor what is not due yet", async () => {
    const timers = fc.array(fc.record({ ms: fc.nat(30), cancelled: fc.boolean() }));
    await fc.assert(
      fc.asyncProperty(timers, fc.nat(30), async (all, untilMs) => {
        const clock = new VirtualClock();
        const ran = new Set<number>();
        const cancels = all.map(({ ms }, index) => clock.after(ms, () => ran.add(index)));
        for (const [index, { cancelled }] of all.entries()) if (cancelled) cancels[index]?.();
        await clock.advance(untilMs);
        for (const [index, { ms, cancelled }] of all.entries()) {
          expect(ran.has(index)).toBe(!cancelled && ms <= untilMs);
        }
        expect(clock.pendingTimers).toBe(
          all.filter(({ ms, cancelled }) => !cancelled && ms > untilMs).length,
        );
      }),
    );
  });

  it("counts a cancel once, and none after the timer ran", async () => {
    const clock = new VirtualClock();
    const cancelled = clock.after(5, () => {});
    const ran = clock.after(1, () => {});
    clock.after(9, () => {});
    cancelled();
    cancelled();
    await clock.advance(2);
    ran();
    expect(clock.pendingTimers).toBe(1);
  });

  it("lets all promises that a timer sets off happen before the next timer", async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.after(1, async () => {
      for (let step = 0; step < 50; step++) await Promise.resolve();
      seen.push("promises of the first");
    });
    clock.after(1, () => seen.push("second"));
    await clock.advance(1);
    expect(seen).toEqual(["promises of the first", "second"]);
  });

  it("runs timers that are set on the way, when they fall due on the way", async () => {
    const clock = new VirtualClock();
    const wokenMs: number[] = [];
    const task = async () => {
      for (let turn = 0; turn < 3; turn++) {
        await clock.sleep(10);
        wokenMs.push(clock.monotonicMs());
      }
    };
    const finished = task();
    await clock.advance(25);
    expect(wokenMs).toEqual([10, 20]);
    await clock.advance(5);
    expect(wokenMs).toEqual([10, 20, 30]);
    await finished;
  });

  it("ends a sleep with the signal's reason, also when it had aborted before", async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const sleep = clock.sleep(100, abort.signal);
    abort.abort("enough");
    await expect(sleep).rejects.toBe("enough");
    await expect(clock.sleep(0, abort.signal)).rejects.toBe("enough");
    expect(clock.pendingTimers).toBe(0);
  });

  it("can step the wall clock either way, which moves no timer", async () => {
    const clock = new VirtualClock(startMs);
    let called = 0;
    clock.after(10, () => called++);
    clock.stepWall(3_600_000);
    await clock.advance(9);
    expect([clock.wallMs(), clock.monotonicMs(), called]).toEqual([startMs + 3_600_009, 9, 0]);
    clock.stepWall(-7_200_000);
    await clock.advance(1);
    expect([clock.wallMs(), called]).toEqual([startMs - 3_599_990, 1]);
  });

  it("tells the wall time in whole milliseconds, like the machine's", async () => {
    const clock = new VirtualClock(startMs);
    await clock.advance(0.75);
    expect([clock.wallMs(), clock.monotonicMs()]).toEqual([startMs, 0.75]);
  });

  it("runs until nothing is left, over any stretch of time", async () => {
    const clock = new VirtualClock();
    const yearMs = 365 * 24 * 60 * 60 * 1000;
    let called = 0;
    clock.after(yearMs, () => called++);
    await clock.runUntilIdle(yearMs);
    expect([called, clock.monotonicMs()]).toEqual([1, yearMs]);
  });

  it("says what is left when it does not become idle, instead of running for ever", async () => {
    const clock = new VirtualClock();
    const tick = (): unknown => clock.after(1000, tick);
    tick();
    await expect(clock.runUntilIdle(60_000)).rejects.toThrow("60000 ms of virtual time: 1 timer");
  });

  it("runs one timer at a time when asked to", async () => {
    const clock = new VirtualClock();
    clock.after(5, () => {});
    clock.after(5, () => {});
    expect(await clock.runNext(4)).toBe(false);
    expect([await clock.runNext(), clock.pendingTimers, clock.monotonicMs()]).toEqual([true, 1, 5]);
  });

  it("passes on what a timer throws, and works on", async () => {
    const clock = new VirtualClock();
    clock.after(1, () => {
      throw new Error("in a timer");
    });
    await expect(clock.advance(1)).rejects.toThrow("in a timer");
    await clock.advance(1);
    expect(clock.monotonicMs()).toBe(2);
  });

  it("refuses to go back, to be moved by two at once, and delays that are no number", async () => {
    const clock = new VirtualClock();
    await expect(clock.advance(-1)).rejects.toThrow("forward only");
    const first = clock.advance(1);
    await expect(clock.advance(1)).rejects.toThrow("being moved already");
    await first;
    expect(() => clock.after(Number.NaN, () => {})).toThrow("must be a number");
  });

  it("never calls back what is due never", async () => {
    const clock = new VirtualClock();
    clock.after(Number.POSITIVE_INFINITY, () => expect.unreachable());
    await clock.advance(1e15);
    expect([await clock.runNext(), clock.pendingTimers]).toEqual([false, 1]);
  });

  it("works alike where there is no setImmediate, as in a browser", async () => {
    vi.stubGlobal("setImmediate", undefined);
    vi.resetModules();
    const browser = await import("../../src/base/index.ts");
    const clock = new browser.VirtualClock();
    const seen: string[] = [];
    clock.after(1, () => void Promise.resolve().then(() => seen.push("promise of the first")));
    clock.after(1, () => seen.push("second"));
    await clock.advance(1);
    expect(seen).toEqual(["promise of the first", "second"]);
  });

  it("runs 20 000 timers in well under a second", async () => {
    const clock = new VirtualClock();
    let called = 0;
    for (let index = 0; index < 20_000; index++) clock.after(index % 997, () => called++);
    const before = performance.now();
    await clock.advance(1000);
    expect(called).toBe(20_000);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it("stands still for real work, whichever way that ends, and for what its end sets off", async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    clock.after(1, () => {
      const work = new Promise<void>((done) => void setTimeout(done, 2));
      clock.standStillFor(work);
      clock.standStillFor(promise);
      work.then(() => seen.push("work")).then(() => reject(new Error("down")));
      promise.catch(() => clock.after(0, () => seen.push(`behind it, at ${clock.monotonicMs()}`)));
    });
    clock.after(1.5, () => seen.push("later"));
    await clock.advance(2);
    expect(seen).toEqual(["work", "behind it, at 1", "later"]);
    resolve();
  });
});
