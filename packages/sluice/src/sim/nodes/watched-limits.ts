// The limits as the gate of a node has them, with a ticket on each question, so that a law can follow it to the server and back.

import type { Awaitable } from "../../base/index.ts";
import { isPromise } from "../../base/index.ts";
import type { Admission, Limits, SlotClaim } from "../../gate/stores.ts";
import type { DistantLimits } from "../../store/redis/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict } from "../run/watcher.ts";

export class WatchedLimits implements Limits {
  readonly #limits: DistantLimits;
  readonly #world: SimWorld;
  readonly #host: Process;
  readonly #nextTicket: () => number;

  constructor(limits: DistantLimits, world: SimWorld, host: Process, nextTicket: () => number) {
    this.#limits = limits;
    this.#world = world;
    this.#host = host;
    this.#nextTicket = nextTicket;
  }

  get jobLeaseMs(): number {
    return this.#limits.jobLeaseMs;
  }

  get partlyDown(): boolean {
    return this.#limits.partlyDown === true;
  }

  admit(admission: Admission, nowMs: number): Awaitable<Verdict> {
    const ticketed: Ticketed = { ...admission, ticket: this.#nextTicket() };
    this.#world.moments.asked(this.#host, ticketed);
    try {
      const decided = this.#limits.admit(ticketed, nowMs);
      if (!isPromise(decided)) return this.#tell(ticketed, decided);
      return decided.then(
        (verdict) => this.#tell(ticketed, verdict),
        (error: unknown) => {
          this.#world.moments.told(this.#host, ticketed, undefined);
          throw error;
        },
      );
    } catch (error) {
      this.#world.moments.told(this.#host, ticketed, undefined);
      throw error;
    }
  }

  release(slots: readonly SlotClaim[], owner?: string): Awaitable<void> {
    for (const claim of slots) this.#world.moments.released(this.#host, claim);
    return this.#limits.release(slots, owner);
  }

  #tell(ticketed: Ticketed, verdict: Verdict): Verdict {
    const what = verdict.local === undefined ? "decided" : "decided alone";
    this.#world.note(what, this.#host.name, verdict.admitted ? "yes" : verdict.retryAfterMs);
    this.#world.moments.told(this.#host, ticketed, verdict);
    return verdict;
  }
}
