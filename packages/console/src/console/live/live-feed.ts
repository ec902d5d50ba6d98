// What happens now, second by second: one stream for the whole page while somebody looks at it, opened again whenever it ends,
// and the last minutes in memory.

import type { LiveEnd, LiveSecond } from "@sluice/gateway/admin";

/** `resting`: nobody looks. `not_serving`: this gateway has nothing to tell. */
export type LiveStatus = "resting" | "connecting" | "live" | "reconnecting" | "not_serving";

export interface LiveState {
  readonly status: LiveStatus;
  /** The oldest first; where nobody looked, or nothing came, seconds are missing. */
  readonly seconds: readonly LiveSecond[];
}

interface LiveEvent {
  readonly name: string | undefined;
  readonly data: unknown;
}

export interface LiveFeedOptions {
  watch(signal: AbortSignal): AsyncIterable<LiveEvent>;
  /** Resolves after so long, or once the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1. */
  random(): number;
  /** Whether an error says that there is nothing to watch here. */
  isFinal(error: unknown): boolean;
}

export const keptSeconds = 900;
const waitFirstMs = 1_000;
const waitMostMs = 30_000;

export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #listeners = new Set<() => void>();
  #state: LiveState = { status: "resting", seconds: [] };
  #watching: AbortController | undefined;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  readonly state = (): LiveState => this.#state;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Nothing where it watches already. */
  start(): void {
    if (this.#watching !== undefined) return;
    this.#watching = new AbortController();
    this.#say("connecting");
    void this.#watch(this.#watching.signal);
  }

  rest(): void {
    this.#watching?.abort();
    this.#watching = undefined;
    this.#say("resting");
  }

  async #watch(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (await this.#watchOnce(signal, () => (failures = 0))) continue;
      } catch (error) {
        if (signal.aborted) return;
        if (this.#options.isFinal(error)) return this.#say("not_serving");
      }
      if (signal.aborted) return;
      this.#say("reconnecting");
      const mostMs = Math.min(waitMostMs, waitFirstMs * 2 ** failures++);
      // Many pages that lost the same gateway do not come back at once.
      await this.#options.wait(mostMs * (0.5 + this.#options.random() / 2), signal);
    }
  }

  /** Whether the stream has ended in good order, to be followed by another. */
  async #watchOnce(signal: AbortSignal, onTold: () => void): Promise<boolean> {
    for await (const { name, data } of this.#options.watch(signal)) {
      if (signal.aborted) return false;
      if (name === "end") return (data as LiveEnd).reason === "again";
      if (name !== "second") continue;
      onTold();
      const seconds = [...this.#state.seconds, data as LiveSecond].slice(-keptSeconds);
      this.#set({ status: "live", seconds });
    }
    return false;
  }

  #say(status: LiveStatus): void {
    this.#set({ ...this.#state, status });
  }

  #set(state: LiveState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
