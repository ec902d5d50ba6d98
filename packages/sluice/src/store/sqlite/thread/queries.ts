// The thread that only reads, as seen from the main one: started when somebody first asks, and anew
// after it died, since nothing depends on it.

import { BatchError } from "../../batch/index.ts";
import type { Reader } from "./reader.ts";
import type { Thread } from "./thread.ts";

type ReaderThread = Thread<Reader>;

/** Questions that may wait; people ask them. */
const waitingMax = 1_000;

export class Queries {
  readonly #start: () => Promise<ReaderThread>;
  #thread: Promise<ReaderThread> | undefined;
  #waiting = 0;
  #closed = false;

  constructor(start: () => Promise<ReaderThread>) {
    this.#start = start;
  }

  ask: ReaderThread["ask"] = async (name, ...told) => {
    if (this.#closed) throw new BatchError("closed", "The store is closed");
    if (this.#waiting >= waitingMax) {
      throw new BatchError("overloaded", `The store is overloaded: ${waitingMax} queries wait`);
    }
    this.#waiting++;
    try {
      const thread = await this.#running();
      return await thread.ask(name, ...told);
    } finally {
      this.#waiting--;
    }
  };

  async close(): Promise<void> {
    this.#closed = true;
    const thread = await this.#thread?.catch(() => undefined);
    await thread?.close();
  }

  async #running(): Promise<ReaderThread> {
    for (;;) {
      this.#thread ??= this.#start();
      const starting = this.#thread;
      const thread = await starting.catch((error: unknown) => {
        this.#forget(starting);
        throw error;
      });
      if (thread.down === undefined) return thread;
      this.#forget(starting);
      if (this.#closed) throw thread.down;
    }
  }

  #forget(thread: Promise<ReaderThread>): void {
    if (this.#thread === thread) this.#thread = undefined;
  }
}
