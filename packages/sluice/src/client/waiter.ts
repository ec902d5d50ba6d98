/** A call that waits in the lane: for its turn, for its deadline, or for its caller to leave, whichever comes first. */

import type { Ticket } from "./policy/queue.ts";
import type { Timer, Wheel } from "./policy/wheel.ts";
import type { Turn, Turned } from "./turn.ts";

/** Told of whoever stops waiting without a turn. */
export type Leave = (waiter: Waiter) => void;

export class Waiter {
  readonly ticket: Ticket;
  readonly signal: AbortSignal | undefined;
  readonly #leave: Leave;
  readonly turn: Promise<Turn | Turned>;
  #resolve: (turn: Turn | Turned) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  readonly #timer: Timer;

  /** @param late what to answer at the deadline. */
  constructor(
    ticket: Ticket,
    signal: AbortSignal | undefined,
    wheel: Wheel,
    late: () => Turned,
    leave: Leave,
  ) {
    this.ticket = ticket;
    this.signal = signal;
    this.#leave = leave;
    this.turn = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { enteredMs, deadlineMs } = ticket.call;
    this.#timer = wheel.after(deadlineMs - enteredMs, () => this.end(late()));
    signal?.addEventListener("abort", this, { once: true });
  }

  /** The caller leaves: by name, since a listener may be an object. */
  handleEvent(): void {
    this.fail(this.signal?.reason);
  }

  end(turn: Turn | Turned): void {
    this.#stop();
    this.#resolve(turn);
  }

  fail(reason: unknown): void {
    this.#stop();
    this.#reject(reason);
  }

  #stop(): void {
    this.#timer.cancel();
    this.signal?.removeEventListener("abort", this);
    this.#leave(this);
  }
}
