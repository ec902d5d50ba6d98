// Lets the events of a stream through one at a time, when a test says so: then nobody is ahead of anybody.

import type { FetchHandler } from "sluice/gate";

export class Turnstile {
  #permits = 0;
  #waiting: (() => void) | undefined;

  /** So many more events may leave the plain API. */
  letPass(events: number): void {
    this.#permits += events;
    this.#waiting?.();
  }

  readonly wrap =
    (fetch: FetchHandler): FetchHandler =>
    async (request, caller) => {
      const response = await fetch(request, caller);
      const isStream = response.headers.get("Content-Type") === "text/event-stream";
      if (response.body === null || !isStream) return response;
      // Whoever left before takes no permits along.
      this.#permits = 0;
      return new Response(this.#oneByOne(response.body), response);
    };

  #oneByOne(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await this.#permit();
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  async #permit(): Promise<void> {
    while (this.#permits === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting = resolve;
      await promise;
    }
    this.#permits -= 1;
  }
}
