// What reached the plain API behind the gate, and a way to wait until so much has.

import type { EmbeddedCaller } from "sluice/gate";

export interface Arrival {
  readonly request: Request;
  readonly caller: EmbeddedCaller;
}

export class Arrivals {
  readonly all: Arrival[] = [];
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  note(request: Request, caller: EmbeddedCaller): void {
    this.all.push({ request: request.clone(), caller });
    for (const { count, resolve } of this.#waiting) if (this.all.length >= count) resolve();
  }

  /** Resolves when so many requests have arrived. */
  reached(count: number): Promise<void> {
    if (this.all.length >= count) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ count, resolve });
    return promise;
  }

  /** How often the method and path were asked for. */
  countOf(what: string): number {
    return this.all.filter(({ request: { method, url } }) => {
      return `${method} ${new URL(url).pathname}` === what;
    }).length;
  }
}
