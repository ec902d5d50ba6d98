// Our own client comes back no sooner than it was told, and never where nothing has changed.

import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt, Watcher } from "../run/watcher.ts";
import { headerOf } from "../traffic/sim-transport.ts";

const NOT_SOONER = "our client comes back no sooner than it was told";
const NOT_IN_VAIN = "our client does not repeat what cannot succeed";

/** Refusals that end by nothing that a client can wait for. */
const HOPELESS = new Set([400, 401, 402, 403, 404, 405, 422]);

export class OurClient implements Watcher {
  readonly #world: SimWorld;
  /** By call, the last answer to it that was no success. */
  readonly #last = new Map<string, { readonly untilMs: number; readonly status: number }>();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  ended({ isOwnClient, nonce, sentMs, answeredMs, answer }: Attempt): void {
    if (!isOwnClient) return;
    const last = this.#last.get(nonce);
    if (last !== undefined && sentMs < last.untilMs) {
      const earlyMs = last.untilMs - sentMs;
      this.#world.broken(NOT_SOONER, `${nonce} was sent ${earlyMs} ms before it was to come back`);
    }
    if (last !== undefined && HOPELESS.has(last.status)) {
      this.#world.broken(NOT_IN_VAIN, `${nonce} was sent again after ${last.status}`);
    }
    if (answer === undefined || answer.status < 400) this.#last.delete(nonce);
    else {
      const waitMs = Number(headerOf(answer, "retry-after") ?? 0) * 1_000;
      this.#last.set(nonce, { untilMs: answeredMs + waitMs, status: answer.status });
    }
  }
}
