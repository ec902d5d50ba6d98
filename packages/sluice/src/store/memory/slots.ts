// Concurrency slots: who holds one and until when. A lease that ran out counts for nothing, so a
// holder that died gives its slot back by itself.

import type { SlotClaim } from "../../gate/stores.ts";
import { Hand } from "./hand.ts";

/** A slot may be given back at any moment, so nobody is told to wait longer than this. */
const longestWaitMs = 1_000;

/** Members of each slot id with the ends of their leases. */
export class Slots {
  readonly #leases = new Map<string, Map<string, number>>();
  readonly #hand = new Hand(this.#leases, (held, nowMs) => dropExpired(held, nowMs) === undefined);

  /** 0 when there is a slot for this claim; else how long to wait before asking again. */
  waitMs(claim: SlotClaim, clockMs: number, nowMs: number): number {
    const held = this.#leases.get(claim.id);
    if (held === undefined) return claim.limit > 0 ? 0 : longestWaitMs;
    if (held.size < claim.limit) return 0;
    if ((held.get(claim.member) ?? clockMs) > clockMs) return 0;
    const earliestMs = dropExpired(held, clockMs);
    if (earliestMs === undefined) this.#leases.delete(claim.id);
    if (held.size < claim.limit) return 0;
    return Math.max(1, Math.min((earliestMs ?? Number.POSITIVE_INFINITY) - nowMs, longestWaitMs));
  }

  /** Takes the slot, or renews the lease of a member that has it, which gets no shorter. */
  take(claim: SlotClaim, clockMs: number): void {
    let held = this.#leases.get(claim.id);
    if (held === undefined) {
      held = new Map();
      this.#hand.sweep(clockMs);
      this.#leases.set(claim.id, held);
    }
    held.set(claim.member, Math.max(held.get(claim.member) ?? 0, clockMs + claim.leaseMs));
  }

  release(claim: SlotClaim): void {
    const held = this.#leases.get(claim.id);
    if (held?.delete(claim.member) && held.size === 0) this.#leases.delete(claim.id);
  }

  /** How many leases of this id run. */
  inUse(id: string, clockMs: number): number {
    let count = 0;
    for (const endMs of this.#leases.get(id)?.values() ?? []) if (endMs > clockMs) count++;
    return count;
  }

  /** How many ids are kept in memory. */
  get idsHeld(): number {
    return this.#leases.size;
  }
}

/** Drops the leases that ran out; the earliest end of the others, undefined when none is left. */
function dropExpired(held: Map<string, number>, nowMs: number): number | undefined {
  let earliestMs: number | undefined;
  for (const [member, endMs] of held) {
    if (endMs <= nowMs) held.delete(member);
    else if (earliestMs === undefined || endMs < earliestMs) earliestMs = endMs;
  }
  return earliestMs;
}
