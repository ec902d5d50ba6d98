/**
 * Who may send now: calls wait here for a slot and for room in the server's window, the most urgent first. Nothing
 * leaves that would be refused, and nobody waits longer than their own deadline, or than the client lets anybody wait.
 */
import type { Awaitable, Clock } from "../base/index.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import { Comeback } from "./policy/comeback.ts";
import type { Pacer } from "./policy/pacer.ts";
import type { Queue, RunOutcome, Ticket, Waiting } from "./policy/queue.ts";
import type { Timer, Wheel } from "./policy/wheel.ts";
import type { Turn, Turned } from "./turn.ts";
import { Waiter } from "./waiter.ts";

/** What decides who may go. */
export interface Traffic {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly pacer: Pacer | undefined;
  readonly wheel: Wheel;
}

export class Lane {
  readonly #client: Traffic;
  readonly #waiting = new Map<Ticket, Waiter>();
  readonly #comeback = new Comeback();
  #timer: Timer | undefined;
  #closed = false;

  constructor(client: Traffic) {
    this.#client = client;
  }

  /** At once where nobody has to wait; rejects with the caller's reason when they leave. */
  enter(call: LogicalCall, nowMs: number, deadlineMs: number): Awaitable<Turn | Turned> {
    if (this.#closed) throw closedError();
    const { queue, pacer } = this.#client;
    const { operation = "", priority, signal } = call;
    const pacedMs = pacer?.waitMs(nowMs, operation) ?? 0;
    const latestMs = Math.min(deadlineMs, nowMs + queue.waitMaxMs);
    // Every call before this one leaves before it, so it cannot come sooner.
    if (nowMs + pacedMs >= latestMs) return { kind: "late", waitMs: pacedMs };
    const place = { operation, priority, enteredMs: nowMs, deadlineMs: latestMs };
    if (pacedMs === 0 && !signal?.aborted) {
      const ticket = queue.pass(place, this.#comeback.isOn);
      if (ticket !== undefined) return this.#turnOf(ticket, nowMs, undefined);
    }
    const ticket = queue.enter(place);
    if (ticket === "refused") return { kind: "full", waitMs: pacedMs };
    return this.#wait(ticket, pacedMs > 0, signal);
  }

  #wait(ticket: Ticket, isPaced: boolean, signal: AbortSignal | undefined): Promise<Turn | Turned> {
    const waiter = new Waiter({ ticket, isPaced, signal }, this.#client.wheel, this);
    this.#waiting.set(ticket, waiter);
    if (signal?.aborted) waiter.handleEvent();
    else this.pump();
    return waiter.turn;
  }

  /** What whoever waits hears at the deadline. */
  lateOf({ call }: Ticket): Turned {
    const { clock, pacer } = this.#client;
    return { kind: "late", waitMs: pacer?.waitMs(clock.monotonicMs(), call.operation) ?? 0 };
  }

  /** Whoever has a turn already keeps it. */
  forget(ticket: Ticket): void {
    if (this.#waiting.delete(ticket)) this.#client.queue.remove(ticket);
  }

  /** @param isAnswered whether the server was heard; undefined where nobody waited for that any more. */
  leave({ ticket }: Turn, how: RunOutcome, nowMs: number, isAnswered: boolean | undefined): void {
    this.#client.queue.leave(ticket, how, nowMs);
    const oldest = this.#oldest?.enteredMs ?? nowMs;
    const pile = { waiting: this.#waiting.size, sinceMs: oldest };
    if (isAnswered !== undefined) this.#comeback.ended(isAnswered, nowMs, pile);
    if (this.#waiting.size > 0) this.pump();
  }

  /** Calls enter in the order of time. */
  get #oldest(): Waiting | undefined {
    for (const { call } of this.#waiting.keys()) return call;
    return undefined;
  }

  /** Lets go whoever may go now, and looks again when the window has room. */
  pump(): void {
    const { clock, queue, pacer, wheel } = this.#client;
    this.#timer?.cancel();
    this.#timer = undefined;
    while (this.#waiting.size > 0) {
      const nowMs = clock.monotonicMs();
      const deadlineMs = this.#oldest?.deadlineMs ?? nowMs;
      let waitMs = Math.max(pacer?.waitMs(nowMs) ?? 0, this.#comeback.waitMs(nowMs, deadlineMs));
      const isHeld = pacer?.apart.length
        ? (operation: string) => {
            const ownMs = pacer.waitMs(nowMs, operation);
            if (ownMs > 0) waitMs = Math.min(waitMs || ownMs, ownMs);
            return ownMs > 0;
          }
        : undefined;
      const ticket = queue.next(nowMs, waitMs === 0, isHeld);
      if (ticket === undefined) {
        if (waitMs > 0) this.#timer = wheel.after(waitMs, () => this.pump(), true);
        return;
      }
      const waiter = this.#waiting.get(ticket);
      if (waiter === undefined) continue;
      this.#waiting.delete(ticket);
      this.#comeback.left(nowMs, this.#waiting.size);
      const isLate = nowMs > ticket.call.enteredMs;
      const heldBy = waiter.isPaced ? "rate" : "concurrency";
      waiter.end(this.#turnOf(ticket, nowMs, isLate ? heldBy : undefined));
    }
  }

  /** Nobody enters any more, and whoever waits is told so; what is on its way is left to come to its end. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    for (const waiter of [...this.#waiting.values()]) waiter.fail(closedError());
  }

  /** Its place went to a call that matters more. */
  shed(ticket: Ticket): void {
    this.#waiting.get(ticket)?.end({ kind: "full", waitMs: 0 });
  }

  #turnOf(ticket: Ticket, nowMs: number, heldBy: Turn["heldBy"]): Turn {
    const { enteredMs, operation } = ticket.call;
    const flight = this.#client.pacer?.sent(nowMs, operation);
    return { kind: "turn", ticket, flight, waitedMs: nowMs - enteredMs, heldBy };
  }
}

function closedError(): Error {
  return new Error("the client is closed");
}
