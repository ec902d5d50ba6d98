// The callers who left before they had their answer: tests wait until the gate could know of it.

import type { Answer, Call } from "sluice/gate";

export class Departures {
  #count = 0;
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** Resolves once so many have left. */
  reached(count: number): Promise<void> {
    if (this.#count >= count) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ count, resolve });
    return promise;
  }

  watching(handle: (call: Call) => Promise<Answer>): (call: Call) => Promise<Answer> {
    return (call) => {
      call.onAbort(() => this.#note());
      return handle(call);
    };
  }

  #note(): void {
    this.#count++;
    for (const { count, resolve } of this.#waiting) if (this.#count >= count) resolve();
  }
}
