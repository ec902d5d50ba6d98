// The queue: who goes, who waits, who is refused, and that nobody is forgotten.

import { describe, expect, it } from "vitest";
import {
  createQueue,
  type Priority,
  type Queue,
  type Ticket,
} from "../../src/client/policy/queue.ts";

function enter(queue: Queue, priority: Priority, enteredMs: number, operation = "any"): Ticket {
  const call = { operation, priority, enteredMs, deadlineMs: Number.POSITIVE_INFINITY };
  const ticket = queue.enter(call);
  if (ticket === "refused") throw new Error("refused");
  return ticket;
}

function drain(queue: Queue, nowMs: number): Ticket[] {
  const went: Ticket[] = [];
  for (let ticket = queue.next(nowMs, true); ticket; ticket = queue.next(nowMs, true)) {
    went.push(ticket);
  }
  return went;
}

/** One after the other. */
function order(queue: Queue, nowMs: number): Ticket[] {
  const went: Ticket[] = [];
  for (let ticket = queue.next(nowMs, true); ticket; ticket = queue.next(nowMs, true)) {
    queue.leave(ticket, "ignored", nowMs);
    went.push(ticket);
  }
  return went;
}

describe("the order", () => {
  it("is by class, then by arrival", () => {
    const queue = createQueue();
    const low = enter(queue, "low", 0);
    const first = enter(queue, "normal", 1);
    const second = enter(queue, "normal", 2);
    const high = enter(queue, "high", 3);
    expect(order(queue, 4)).toEqual([high, first, second, low]);
  });

  it("lets ten seconds of waiting make up for a class", () => {
    const queue = createQueue();
    const low = enter(queue, "low", 0);
    const before = enter(queue, "normal", 9_999);
    const after = enter(queue, "normal", 10_001);
    const high = enter(queue, "high", 20_001);
    expect(order(queue, 20_001)).toEqual([before, low, after, high]);
  });

  it("lets nobody go while nothing may be sent", () => {
    const queue = createQueue();
    enter(queue, "high", 0);
    expect(queue.next(0, false)).toBeUndefined();
    expect(queue.next(0, true)).toBeDefined();
  });

  it("passes over whoever would come too late, and whoever has left", () => {
    const queue = createQueue();
    queue.enter({ operation: "any", priority: "high", enteredMs: 0, deadlineMs: 10 });
    const gone = enter(queue, "high", 0);
    const last = enter(queue, "low", 0);
    queue.remove(gone);
    queue.remove(gone);
    expect(order(queue, 10)).toEqual([last]);
    expect(queue.waiting).toBe(0);
  });
});

describe("slots", () => {
  it("bound their own operations, and hold up nobody else", () => {
    const queue = createQueue({ slots: [{ name: "videos", limit: 1, operations: ["render"] }] });
    const [first, second] = [enter(queue, "high", 0, "render"), enter(queue, "high", 0, "render")];
    const other = enter(queue, "low", 0, "list");
    expect(drain(queue, 0)).toEqual([first, other]);
    queue.leave(first, "success", 1);
    expect(drain(queue, 1)).toEqual([second]);
  });

  it("are in the end kept for a call that needs several of them at once", () => {
    const queue = createQueue({
      slots: [
        { name: "a", limit: 1, operations: ["a", "both"] },
        { name: "b", limit: 1, operations: ["b", "both"] },
      ],
    });
    const both = enter(queue, "low", 0, "both");
    let running: { readonly ticket: Ticket; readonly untilMs: number }[] = [];
    let wentMs = Number.NaN;
    // One of the two slots is always taken: each call runs for a second, and they begin half a second apart.
    for (let nowMs = 0; nowMs < 60_000 && Number.isNaN(wentMs); nowMs += 500) {
      enter(queue, "high", nowMs, nowMs % 1_000 === 0 ? "a" : "b");
      for (const { ticket } of running.filter(({ untilMs }) => untilMs <= nowMs)) {
        queue.leave(ticket, "success", nowMs);
      }
      const went = drain(queue, nowMs).map((ticket) => ({ ticket, untilMs: nowMs + 1_000 }));
      running = [...running.filter(({ untilMs }) => untilMs > nowMs), ...went];
      if (went.some(({ ticket }) => ticket === both)) wentMs = nowMs;
    }
    expect(wentMs).toBeGreaterThan(20_000);
    expect(wentMs).toBeLessThan(32_000);
  });
});

describe("concurrency", () => {
  const busy = (queue: Queue, nowMs: number) => {
    while (queue.waiting < 100) enter(queue, "high", nowMs);
    return drain(queue, nowMs);
  };

  it("starts at eight and grows by one each round trip while it is used", () => {
    const queue = createQueue();
    let running = busy(queue, 0);
    expect(running).toHaveLength(8);
    for (let trip = 1; trip <= 100; trip++) {
      for (const ticket of running) queue.leave(ticket, "success", trip);
      expect(queue.concurrency).toBeGreaterThanOrEqual(Math.min(64, 8 + Math.floor(trip * 0.6)));
      expect(queue.concurrency).toBeLessThanOrEqual(8 + trip);
      running = busy(queue, trip);
    }
    expect(queue.concurrency).toBe(64);
  });

  it("does not grow while less than half of it is used", () => {
    const queue = createQueue();
    for (let call = 0; call < 1_000; call++) {
      queue.leave(enter(queue, "high", call), "success", call);
      const [ticket] = drain(queue, call);
      if (ticket !== undefined) queue.leave(ticket, "success", call);
    }
    expect(queue.concurrency).toBe(8);
  });

  it("shrinks by a tenth for one overload, however many calls it hit, and never below one", () => {
    const queue = createQueue({ concurrencyStart: 40 });
    for (const ticket of busy(queue, 0)) queue.leave(ticket, "overloaded", 10);
    expect(queue.concurrency).toBe(36);
    for (let nowMs = 11; nowMs < 200; nowMs++) {
      for (const ticket of busy(queue, nowMs)) queue.leave(ticket, "overloaded", nowMs);
    }
    expect(queue.concurrency).toBe(1);
  });

  it("keeps a tenth for calls of high priority", () => {
    const queue = createQueue({ concurrencyStart: 20 });
    for (let call = 0; call < 30; call++) enter(queue, "normal", 0);
    expect(drain(queue, 0)).toHaveLength(18);
    enter(queue, "high", 0);
    enter(queue, "high", 0);
    enter(queue, "high", 0);
    expect(drain(queue, 0)).toHaveLength(2);
  });

  it("gives back what it holds once, whoever says so and how often", () => {
    const queue = createQueue();
    const ticket = enter(queue, "high", 0);
    queue.leave(ticket, "success", 0);
    expect(queue.waiting).toBe(1);
    drain(queue, 0);
    queue.remove(ticket);
    queue.leave(ticket, "success", 1);
    queue.remove(ticket);
    expect([queue.waiting, queue.running]).toEqual([0, 0]);
  });
});

describe("a full queue", () => {
  it("refuses the newest of the lowest class, be it the one that comes or one that waits", () => {
    const shed: Ticket[] = [];
    const queue = createQueue({ onShed: (ticket) => shed.push(ticket) });
    const low = Array.from({ length: 1_000 }, (_, nowMs) => enter(queue, "low", nowMs));
    const call = { operation: "any", enteredMs: 1_000, deadlineMs: 60_000 };
    expect(queue.enter({ ...call, priority: "low" })).toBe("refused");
    const high = enter(queue, "high", 1_000);
    expect(shed).toEqual([low.at(-1)]);
    expect(queue.waiting).toBe(1_000);
    expect(queue.next(1_000, true)).toBe(high);
  });
});

describe("its settings", () => {
  it("may name one bound of the concurrency only", () => {
    expect(createQueue({ concurrencyMax: 4 }).concurrency).toBe(4);
    expect(createQueue({ concurrencyMin: 10 }).concurrency).toBe(10);
  });

  it.each([
    [{ concurrencyMin: 5, concurrencyMax: 4 }, "concurrencyMin"],
    [{ concurrencyMin: 0.5 }, "concurrencyMin"],
    [{ reserve: 1 }, "reserve"],
    [{ waitingMax: 0 }, "waitingMax"],
    [{ slots: [{ name: "videos", limit: 0, operations: ["render"] }] }, "videos"],
    [{ maxWaiting: 5 } as object, "there is no such setting"],
  ])("that cannot work are refused: %j", (options, words) => {
    expect(() => createQueue(options)).toThrow(words);
  });
});
