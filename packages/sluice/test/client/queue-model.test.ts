// The queue against a list that is searched, and its promise that nobody starves.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createQueue,
  type RunOutcome,
  type Ticket,
  type Waiting,
} from "../../src/client/policy/queue.ts";

const PRIORITIES = ["high", "normal", "low"] as const;
const SLOTS = [
  { name: "a", limit: 1, operations: ["a", "both"] },
  { name: "b", limit: 2, operations: ["b", "both"] },
];
const SETTINGS = { waitingMax: 6, concurrencyStart: 4, concurrencyMax: 8, reserve: 0.3 };

interface Known {
  readonly call: Waiting;
  readonly rank: number;
  readonly key: number;
  startedMs: number;
}

/** Two lists, searched from end to end. */
class ListedQueue {
  waiting: Known[] = [];
  running: Known[] = [];
  #limit = 4;
  #cutMs = Number.NEGATIVE_INFINITY;

  /** Who is refused for it: itself, another, or nobody. */
  enter(call: Waiting): { readonly known: Known; readonly refused: Known | undefined } {
    const rank = PRIORITIES.indexOf(call.priority);
    const known = { call, rank, key: call.enteredMs + rank * 10_000, startedMs: 0 };
    this.waiting.push(known);
    if (this.waiting.length <= SETTINGS.waitingMax) return { known, refused: undefined };
    const last = Math.max(...this.waiting.map(({ key }) => key));
    const refused = this.waiting.findLast(({ key }) => key === last);
    this.waiting = this.waiting.filter((one) => one !== refused);
    return { known, refused };
  }

  #uses(name: string): number {
    const operations = SLOTS.find((slots) => slots.name === name)?.operations ?? [];
    return this.running.filter(({ call }) => operations.includes(call.operation ?? "")).length;
  }

  /** Whoever passes enters and goes at once, or has never been there. */
  pass(call: Waiting): Known | undefined {
    if (this.waiting.length > 0) return undefined;
    const { known } = this.enter(call);
    const gone = this.next(call.enteredMs);
    if (gone === undefined) this.remove(known);
    return gone;
  }

  next(nowMs: number): Known | undefined {
    const room = Math.floor(this.#limit);
    if (this.running.length >= room) return undefined;
    const others = this.running.filter(({ rank }) => rank > 0).length;
    const kept = new Set<string>();
    for (const one of this.waiting.toSorted((a, b) => a.key - b.key)) {
      if (one.call.deadlineMs <= nowMs) continue;
      if (one.rank > 0 && others >= room - Math.round(room * SETTINGS.reserve)) continue;
      const needs = SLOTS.filter(({ operations }) => operations.includes(one.call.operation ?? ""));
      if (needs.every(({ name, limit }) => this.#uses(name) < limit && !kept.has(name))) {
        this.waiting = this.waiting.filter((other) => other !== one);
        this.running.push(one);
        one.startedMs = nowMs;
        return one;
      }
      if (nowMs - one.call.enteredMs >= 30_000) for (const { name } of needs) kept.add(name);
    }
    return undefined;
  }

  leave(known: Known, outcome: RunOutcome, nowMs: number): void {
    if (!this.running.includes(known)) return;
    if (outcome === "success" && this.running.length >= this.#limit / 2) {
      this.#limit = Math.min(8, this.#limit + 1 / this.running.length);
    }
    if (outcome === "overloaded" && known.startedMs > this.#cutMs) {
      this.#limit = Math.max(1, this.#limit * 0.9);
      this.#cutMs = nowMs;
    }
    this.remove(known);
  }

  remove(known: Known): void {
    this.waiting = this.waiting.filter((one) => one !== known);
    this.running = this.running.filter((one) => one !== known);
  }
}

const enters = fc.record({
  kind: fc.constantFrom("enter" as const, "enter" as const, "pass" as const),
  operation: fc.constantFrom("a", "b", "both", "free", undefined),
  priority: fc.constantFrom(...PRIORITIES),
});
const ends = fc.record({
  kind: fc.constant("end" as const),
  how: fc.constantFrom("leave" as const, "remove" as const),
  which: fc.nat({ max: 20 }),
  outcome: fc.constantFrom("success" as const, "overloaded" as const, "ignored" as const),
});
const others = fc.record({
  kind: fc.constantFrom("next" as const, "next" as const, "pause" as const),
  ms: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 20_000 })),
});
const traces = fc.array(fc.oneof(enters, ends, others), { maxLength: 200, size: "max" });

function callOf({ operation, priority }: Omit<Waiting, "enteredMs" | "deadlineMs">, nowMs: number) {
  return { operation, priority, enteredMs: nowMs, deadlineMs: Number.POSITIVE_INFINITY };
}

function shareSlots(operation: string, call: Waiting): boolean {
  const among = (name: string | undefined, { operations }: (typeof SLOTS)[number]) =>
    name !== undefined && operations.includes(name);
  return SLOTS.some((slots) => among(operation, slots) && among(call.operation, slots));
}

describe("the queue", () => {
  it("decides like a list that is searched", () => {
    fc.assert(
      fc.property(traces, (steps) => {
        const shed: Ticket[] = [];
        const queue = createQueue({ ...SETTINGS, slots: SLOTS, onShed: (one) => shed.push(one) });
        const model = new ListedQueue();
        const pairs: { readonly ticket: Ticket; readonly known: Known }[] = [];
        let nowMs = 0;
        for (const one of steps) {
          if (one.kind === "pause") nowMs += one.ms;
          else if (one.kind === "next") {
            const ticket = queue.next(nowMs, true);
            expect(ticket?.call).toBe(model.next(nowMs)?.call);
          } else if (one.kind === "pass") {
            const call = callOf(one, nowMs);
            const ticket = queue.pass(call);
            const known = model.pass(call);
            expect(ticket?.call).toBe(known?.call);
            if (ticket !== undefined && known !== undefined) pairs.push({ ticket, known });
          } else if (one.kind === "enter") {
            const call = callOf(one, nowMs);
            const ticket = queue.enter(call);
            const { known, refused } = model.enter(call);
            expect(ticket === "refused" ? call : shed.shift()?.call).toBe(refused?.call);
            if (ticket !== "refused") pairs.push({ ticket, known });
          } else if (one.kind === "end") {
            const pair = pairs[one.which % Math.max(1, pairs.length)];
            if (pair === undefined) continue;
            queue[one.how](pair.ticket, one.outcome, nowMs);
            model[one.how](pair.known, one.outcome, nowMs);
          }
          expect(queue.waiting).toBe(model.waiting.length);
          expect(queue.running).toBe(model.running.length);
        }
        for (const { ticket } of pairs) queue.remove(ticket);
        expect([queue.waiting, queue.running]).toEqual([0, 0]);
      }),
      { numRuns: 500 },
    );
  });

  it("starves nobody, whatever crowd of better calls keeps coming", () => {
    const crowd = fc.record({
      priority: fc.constantFrom(...PRIORITIES),
      operation: fc.constantFrom("a", "b", "both", "free"),
      crowd: fc.array(fc.constantFrom("a", "b", "both", "free"), { minLength: 2, maxLength: 6 }),
      runMs: fc.integer({ min: 100, max: 1_000 }),
    });
    fc.assert(
      fc.property(crowd, ({ priority, operation, crowd, runMs }) => {
        const queue = createQueue({ slots: SLOTS, concurrencyMax: 2 });
        const deadlineMs = Number.POSITIVE_INFINITY;
        const ours = queue.enter({ operation, priority, enteredMs: 0, deadlineMs });
        const running: { readonly ticket: Ticket; readonly untilMs: number }[] = [];
        for (let nowMs = 0; nowMs <= 600_000; nowMs += 100) {
          for (const name of nowMs % runMs < 100 ? crowd : []) {
            queue.enter({ operation: name, priority: "high", enteredMs: nowMs, deadlineMs });
          }
          while (running[0] !== undefined && running[0].untilMs <= nowMs) {
            queue.leave(running.shift()?.ticket as Ticket, "success", nowMs);
          }
          for (let went = queue.next(nowMs, true); went; went = queue.next(nowMs, true)) {
            if (went === ours) return;
            running.push({ ticket: went, untilMs: nowMs + runMs });
            const overtakes = went.call.enteredMs > 30_000 && shareSlots(operation, went.call);
            expect(overtakes).toBe(false);
          }
        }
        expect.unreachable("it never went");
      }),
      { numRuns: 100 },
    );
  });
});
