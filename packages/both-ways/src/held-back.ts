// A plain API whose answers are held back until a test lets them go.

import type { FetchHandler } from "sluice/gate";

export class HeldBack {
  readonly #entered = Promise.withResolvers<void>();
  readonly #released = Promise.withResolvers<void>();

  /** Resolves when the first request has reached the API. */
  get entered(): Promise<void> {
    return this.#entered.promise;
  }

  release(): void {
    this.#released.resolve();
  }

  readonly wrap =
    (fetch: FetchHandler): FetchHandler =>
    async (request, caller) => {
      this.#entered.resolve();
      await this.#released.promise;
      return fetch(request, caller);
    };
}
