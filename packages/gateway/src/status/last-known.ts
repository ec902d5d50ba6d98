// What was read last from a store, for when it cannot be read: a page about outages must outlive them.

import type { Clock } from "sluice/base";

export interface Known<Value> {
  readonly value: Value;
  /** When it was read. */
  readonly atMs: number;
  /** Whether the store could not be read since. */
  readonly isStale: boolean;
}

export interface LastKnownOptions<Value> {
  readonly read: () => Promise<Value>;
  readonly clock: Clock;
  /** How long somebody waits for a store before they get what was known. */
  readonly deadlineMs: number;
  /** Told once when it begins to fail, and with undefined once it is back. */
  readonly onTrouble: (error: Error | undefined) => void;
}

/** One reading at a time, however long it takes. */
export class LastKnown<Value> {
  readonly #options: LastKnownOptions<Value>;
  #known: Omit<Known<Value>, "isStale"> | undefined;
  #isFailing = false;
  #isReading = false;
  /** Resolves with the end of the reading or at its deadline, whichever comes first. */
  #waited: Promise<void> = Promise.resolve();

  constructor(options: LastKnownOptions<Value>) {
    this.#options = options;
  }

  /** Reads anew, or joins who does. Undefined while nothing was ever read. Never rejects. */
  async look(): Promise<Known<Value> | undefined> {
    if (!this.#isReading) this.#begin();
    await this.#waited;
    return this.#known && { ...this.#known, isStale: this.#isFailing };
  }

  #begin(): void {
    const { clock, deadlineMs } = this.#options;
    this.#isReading = true;
    const reading = this.#read();
    this.#waited = new Promise((resolve) => {
      const cancel = clock.after(deadlineMs, () => {
        this.#fails(new Error(`no answer within ${deadlineMs} ms`));
        resolve();
      });
      void reading.then(() => {
        cancel();
        this.#isReading = false;
        resolve();
      });
    });
  }

  async #read(): Promise<void> {
    const { read, clock, onTrouble } = this.#options;
    try {
      const value = await read();
      this.#known = { value, atMs: clock.wallMs() };
      if (this.#isFailing) onTrouble(undefined);
      this.#isFailing = false;
    } catch (error) {
      this.#fails(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fails(error: Error): void {
    if (!this.#isFailing) this.#options.onTrouble(error);
    this.#isFailing = true;
  }
}
