// A request's body on its way through, as undici takes one: read only as fast as the upstream's socket takes it.

import type { PassedBody } from "sluice/gate";

export class RequestBody implements AsyncIterableIterator<Uint8Array> {
  readonly #body: PassedBody;
  /** What the body itself broke off with: not the upstream's failure. */
  failure: unknown;
  /** Whether the upstream would take more and waits for the caller, so that its silence is not its own. */
  isAsked = false;

  constructor(body: PassedBody) {
    this.#body = body;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.isAsked = true;
    try {
      const value = await this.#body.next();
      return value === undefined ? { done: true, value } : { done: false, value };
    } catch (error) {
      this.failure ??= error;
      throw error;
    } finally {
      this.isAsked = false;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.stop();
    return { done: true, value: undefined };
  }

  /** The exchange is over: nobody wants the rest. */
  stop(): void {
    this.#body.cancel();
  }
}
