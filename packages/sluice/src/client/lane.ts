/**
 * Who may send now: calls wait here for a slot and for room in the server's window, the most urgent first. Nothing
 * leaves that would be refused, and nobody waits longer than their own deadline.
 */
import type { Clock } from "../base/index.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import type { Flight, Pacer } from "./policy/pacer.ts";
import type { Queue, RunOutcome, Ticket } from "./policy/queue.ts";
import type { SleepingWheel } from "./policy/sleep.ts";

/** The right to send once. */
export interface Turn {
  readonly kind: "turn";
  readonly ticket: Ticket;
  readonly flight: Flight | undefined;
  /** In the lane. */
  readonly waitedMs: number;
  /** What held it up when it came. */
  readonly heldBy: "rate" | "concurrency" | undefined;
}

/** Nothing was sent: the queue is full, or its turn would come after its deadline. */
export interface Turned {
  readonly kind: "full" | "late";
  /** Until it could have left. */
  readonly waitMs: number;
}

interface Waiting {
  readonly isPaced: boolean;
  readonly resolve: (turn: Turn | Turned) => void;
  readonly reject: (reason: unknown) => void;
  readonly stop: () => void;
}

/** What decides who may go. */
export interface Traffic {
  readonly clock: Clock;
  readonly queue: Queue;
  readonly pacer: Pacer | undefined;
  readonly wheel: SleepingWheel;
}

export class Lane {
  readonly #client: Traffic;
  readonly #waiting = new Map<Ticket, Waiting>();
  #cancelTimer: (() => void) | undefined;
  #closed = false;

  constructor(client: Traffic) {
    this.#client = client;
  }

  /** Rejects with the caller's reason when they leave. */
  enter(call: LogicalCall, deadlineMs: number): Promise<Turn | Turned> {
    if (this.#closed) return Promise.reject(closedError());
    const { clock, queue, pacer, wheel } = this.#client;
    const nowMs = clock.monotonicMs();
    const { operation = "", priority, signal } = call;
    const pacedMs = pacer?.waitMs(nowMs, operation) ?? 0;
    // Every call before this one leaves before it, so it cannot come sooner.
    if (nowMs + pacedMs >= deadlineMs) return Promise.resolve({ kind: "late", waitMs: pacedMs });
    const place = { operation, priority, enteredMs: nowMs, deadlineMs };
    const ticket = queue.enter(place);
    if (ticket === "refused") return Promise.resolve({ kind: "full", waitMs: pacedMs });
    return new Promise((resolve, reject) => {
      const cancelTimer = wheel.after(deadlineMs - nowMs, () => {
        this.#drop(ticket);
        const waitMs = pacer?.waitMs(clock.monotonicMs(), operation) ?? 0;
        resolve({ kind: "late", waitMs });
      });
      const onAbort = () => {
        this.#drop(ticket);
        reject(signal?.reason);
      };
      const stop = () => {
        cancelTimer();
        signal?.removeEventListener("abort", onAbort);
      };
      this.#waiting.set(ticket, { isPaced: pacedMs > 0, resolve, reject, stop });
      if (signal?.aborted) onAbort();
      else {
        signal?.addEventListener("abort", onAbort, { once: true });
        this.pump();
      }
    });
  }

  leave({ ticket }: Turn, how: RunOutcome): void {
    this.#client.queue.leave(ticket, how, this.#client.clock.monotonicMs());
    this.pump();
  }

  /** Lets go whoever may go now, and looks again when the window has room. */
  pump(): void {
    const { clock, queue, pacer, wheel } = this.#client;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    while (this.#waiting.size > 0) {
      const nowMs = clock.monotonicMs();
      let waitMs = pacer?.waitMs(nowMs) ?? 0;
      const isHeld = pacer?.apart.length
        ? (operation: string) => {
            const ownMs = pacer.waitMs(nowMs, operation);
            if (ownMs > 0) waitMs = Math.min(waitMs || ownMs, ownMs);
            return ownMs > 0;
          }
        : undefined;
      const ticket = queue.next(nowMs, waitMs === 0, isHeld);
      if (ticket === undefined) {
        if (waitMs > 0) this.#cancelTimer = wheel.after(waitMs, () => this.pump());
        return;
      }
      const waiting = this.#waiting.get(ticket);
      if (waiting === undefined) continue;
      this.#waiting.delete(ticket);
      waiting.stop();
      const waitedMs = nowMs - ticket.call.enteredMs;
      const heldBy = waitedMs === 0 ? undefined : waiting.isPaced ? "rate" : "concurrency";
      const flight = pacer?.sent(nowMs, ticket.call.operation);
      waiting.resolve({ kind: "turn", ticket, flight, waitedMs, heldBy });
    }
  }

  /** Nobody enters any more, and whoever waits is told so; what is on its way is left to come to its end. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    for (const [ticket, { stop, reject }] of this.#waiting) {
      stop();
      this.#client.queue.remove(ticket);
      reject(closedError());
    }
    this.#waiting.clear();
  }

  /** Its place went to a call that matters more. */
  shed(ticket: Ticket): void {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    waiting?.stop();
    waiting?.resolve({ kind: "full", waitMs: 0 });
  }

  #drop(ticket: Ticket): void {
    this.#waiting.get(ticket)?.stop();
    this.#waiting.delete(ticket);
    this.#client.queue.remove(ticket);
  }
}

function closedError(): Error {
  return new Error("the client is closed");
}
