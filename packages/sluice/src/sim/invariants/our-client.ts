// Our own client comes back no sooner than it was told, and never where nothing has changed.

import { headerIn } from "../../contract/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Attempt, Watcher } from "../run/watcher.ts";

const NOT_SOONER = "our client comes back no sooner than it was told";
const NOT_IN_VAIN = "our client does not repeat what cannot succeed";

/** Refusals that end by nothing that a client can wait for, where the contract does not know them. */
const HOPELESS = new Set([400, 401, 402, 403, 404, 405, 422]);

export class OurClient implements Watcher {
  readonly #world: SimWorld;
  /** By call, the last answer to it that was no success. */
  readonly #last = new Map<
    string,
    { readonly untilMs: number; readonly isHopeless: boolean; readonly status: number }
  >();

  constructor(world: SimWorld) {
    this.#world = world;
  }

  ended({ isOwnClient, nonce, sentMs, answeredMs, answer, code = "" }: Attempt): void {
    if (!isOwnClient) return;
    const last = this.#last.get(nonce);
    if (last !== undefined && sentMs < last.untilMs) {
      const earlyMs = last.untilMs - sentMs;
      this.#world.broken(NOT_SOONER, `${nonce} was sent ${earlyMs} ms before it was to come back`);
    }
    if (last?.isHopeless) {
      this.#world.broken(NOT_IN_VAIN, `${nonce} was sent again after ${last.status}`);
    }
    if (answer === undefined || answer.status < 400) this.#last.delete(nonce);
    else {
      const waitMs = Number(headerIn(answer.headers, "retry-after") ?? 0) * 1_000;
      const { status } = answer;
      const { retry } = this.#world.subject.api.wire.codes[code] ?? {};
      const isHopeless = retry === undefined ? HOPELESS.has(status) : retry === "never";
      this.#last.set(nonce, { untilMs: answeredMs + waitMs, isHopeless, status });
    }
  }
}
