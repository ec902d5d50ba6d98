/** A call that waits in the lane: for its turn, for its deadline, or for its caller to leave, whichever comes first. */
import type { Ticket } from "./policy/queue.ts";
import type { Timer, Wheel } from "./policy/wheel.ts";
import type { Turn, Turned } from "./turn.ts";

/** Where it waits. */
export interface Waitroom {
  /** What it hears at its deadline. */
  lateOf(ticket: Ticket): Turned;
  /** It waits no more. */
  forget(ticket: Ticket): void;
}

export interface Who {
  readonly ticket: Ticket;
  /** Whether the server's window held it up when it came. */
  readonly isPaced: boolean;
  readonly signal: AbortSignal | undefined;
}

export class Waiter {
  readonly isPaced: boolean;
  readonly turn: Promise<Turn | Turned>;
  readonly #ticket: Ticket;
  readonly #signal: AbortSignal | undefined;
  readonly #room: Waitroom;
  readonly #timer: Timer;
  #resolve: (turn: Turn | Turned) => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  constructor({ ticket, isPaced, signal }: Who, wheel: Wheel, room: Waitroom) {
    this.isPaced = isPaced;
    this.#ticket = ticket;
    this.#signal = signal;
    this.#room = room;
    this.turn = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { enteredMs, deadlineMs } = ticket.call;
    this.#timer = wheel.after(deadlineMs - enteredMs, () => this.end(room.lateOf(ticket)));
    signal?.addEventListener("abort", this, { once: true });
  }

  /** The caller leaves: by this name, since a listener may be an object. */
  handleEvent(): void {
    this.fail(this.#signal?.reason);
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
    this.#signal?.removeEventListener("abort", this);
    this.#room.forget(this.#ticket);
  }
}
