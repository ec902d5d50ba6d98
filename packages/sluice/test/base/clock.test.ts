// The system clock: the one test that spends real time, a few milliseconds of it. Long delays are
// watched through fake timers, since they take weeks.

import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../src/base/index.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the system clock", () => {
  it("tells the wall time in whole milliseconds and a monotonic time that never goes back", () => {
    expect(Number.isInteger(systemClock.wallMs())).toBe(true);
    const first = systemClock.monotonicMs();
    expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(first);
  });

  it("never wakes a sleeper or calls back early", async () => {
    const startMs = systemClock.monotonicMs();
    await systemClock.sleep(3.5);
    const calledMs = await new Promise<number>((resolve) => {
      systemClock.after(2, () => resolve(systemClock.monotonicMs()));
    });
    expect(calledMs - startMs).toBeGreaterThanOrEqual(5.5);
  });

  it("ends a sleep with the signal's reason when it aborts", async () => {
    const abort = new AbortController();
    const sleep = systemClock.sleep(60_000, abort.signal);
    abort.abort("enough");
    await expect(sleep).rejects.toBe("enough");
  });

  it("does not start a sleep whose signal has aborted already", async () => {
    await expect(systemClock.sleep(0, AbortSignal.abort("before"))).rejects.toBe("before");
  });

  it("keeps the process alive for a sleep, not for a call back", () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const cancel = systemClock.after(60_000, () => {});
    void systemClock.sleep(1);
    const [after, sleep] = timers.mock.results.map(({ value }) => value as NodeJS.Timeout);
    expect([after?.hasRef(), sleep?.hasRef()]).toEqual([false, true]);
    cancel();
  });

  it("refuses a delay that is not a number", async () => {
    expect(() => systemClock.after(Number.NaN, () => {})).toThrow("must be a number");
    await expect(systemClock.sleep(Number.NaN)).rejects.toThrow("must be a number");
  });
});

describe("the system clock over long delays", () => {
  const monthMs = 31 * 24 * 60 * 60 * 1000; // above 2^31 ms, which plain timers turn into 1 ms

  it("waits for all of them", async () => {
    vi.useFakeTimers();
    let called = 0;
    systemClock.after(monthMs, () => called++);
    await vi.advanceTimersByTimeAsync(monthMs - 1);
    expect(called).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(called).toBe(1);
  });

  it("can cancel them in any part, and again", async () => {
    vi.useFakeTimers();
    let called = 0;
    const cancel = systemClock.after(monthMs, () => called++);
    await vi.advanceTimersByTimeAsync(monthMs - 1000);
    cancel();
    cancel();
    await vi.advanceTimersByTimeAsync(monthMs);
    expect(called).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("calls back at once for a delay of nothing or less, but not before after() returns", async () => {
    vi.useFakeTimers();
    let called = 0;
    systemClock.after(-5, () => called++);
    expect(called).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(called).toBe(1);
  });

  it("leaves no timer behind a sleep that was aborted, and no listener behind one that ended", async () => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const removed = vi.spyOn(abort.signal, "removeEventListener");
    const ended = systemClock.sleep(5, abort.signal);
    await vi.advanceTimersByTimeAsync(6);
    await ended;
    expect(removed).toHaveBeenCalledTimes(1);
    const aborted = systemClock.sleep(monthMs, abort.signal);
    abort.abort();
    await expect(aborted).rejects.toThrow("aborted");
    expect(vi.getTimerCount()).toBe(0);
  });
});
