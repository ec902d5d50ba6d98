// No more calls at once than there are slots, however long they take; and a slot that was given back is free.

import type { SlotClaim } from "../../gate/stores.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict, Watcher } from "../run/watcher.ts";

const AT_ONCE = "no more calls run at once than there are slots";
const GIVEN_BACK = "a slot that was given back is free";
/** Ample for a command to get there where nothing is wrong. */
const SOON_MS = 1_000;
/** So long after an outage a breaker may be open yet, and more until it is asked again. */
const OPEN_MS = 8_000;

interface Running {
  readonly host: Process;
  readonly sinceMs: number;
}

export class SlotsHeld implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  /** By slot id and member: calls that have one by the server's word. */
  readonly #running = new Map<string, Map<string, Running>>();
  #changedMs = Number.NEGATIVE_INFINITY;

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  told(host: Process, { slots }: Ticketed, verdict: Verdict | undefined): void {
    if (verdict?.admitted !== true || verdict.local !== undefined) return;
    for (const { id, member, limit } of slots) {
      const running = this.#running.get(id) ?? new Map<string, Running>();
      this.#running.set(id, running);
      running.set(member, { host, sinceMs: this.#world.nowMs });
      const certain = [...running.values()].filter((one) => this.#isCertain(one));
      if (certain.length <= limit) continue;
      this.#world.broken(AT_ONCE, `${certain.length} run at once that share ${limit} of ${id}`);
    }
  }

  released(host: Process, { id, member }: SlotClaim): void {
    this.#running.get(id)?.delete(member);
    const sinceMs = this.#world.nowMs;
    this.#world.clock.after(SOON_MS, () => {
      if (!this.#isCertain({ host, sinceMs: sinceMs - OPEN_MS })) return;
      const { limits } = this.#stores;
      if (!limits.counters.holds(id, member, limits.nowMs)) return;
      this.#world.broken(GIVEN_BACK, `${member} still has ${id}, ${SOON_MS} ms afterwards`);
    });
  }

  died(host: Process): void {
    for (const running of this.#running.values()) {
      for (const [member, one] of running) if (one.host === host) running.delete(member);
    }
  }

  serverChanged(): void {
    this.#changedMs = this.#world.nowMs;
  }

  atEnd(): void {
    const { limits } = this.#stores;
    for (const { id, member } of limits.counters.held(limits.nowMs)) {
      this.#world.broken(GIVEN_BACK, `${member} still has ${id} when all is over`);
    }
  }

  /** Whether nothing happened to the way to the server that could have cost it the slot. */
  #isCertain({ host, sinceMs }: Running): boolean {
    if (!host.isAlive || this.#changedMs >= sinceMs) return false;
    return !this.#world.faults.wereAny("limits", host.node, sinceMs);
  }
}
