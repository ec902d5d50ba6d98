// What Limits promises, said as simply as possible: every taking is kept for ever, and each decision
// filters the whole list.

import type {
  Admission,
  Admitted,
  LimitRefused,
  SlotClaim,
  WindowClaim,
} from "../../gate/stores.ts";

/** The oracle. Its clock is the latest time that it was shown. */
export class LimitsModel {
  #clockMs: number = Number.NEGATIVE_INFINITY;
  readonly #taken: { readonly id: string; readonly atMs: number; readonly cost: number }[] = [];
  #leases: { readonly id: string; readonly member: string; readonly endMs: number }[] = [];

  admit({ windows, slots }: Admission, nowMs: number): Admitted | LimitRefused {
    this.#clockMs = Math.max(this.#clockMs, nowMs);
    const waits = [
      ...windows.map((claim) => this.#windowWait(claim, nowMs)),
      ...slots.map((claim) => this.#slotWait(claim, nowMs)),
    ];
    const longest = Math.max(0, ...waits);
    if (longest === 0) {
      for (const { id, cost } of windows) this.#taken.push({ id, atMs: this.#clockMs, cost });
      for (const claim of slots) this.#take(claim);
    }
    const states = windows.map((claim) => {
      const live = this.#live(claim);
      const used = live.reduce((sum, { cost }) => sum + cost, 0);
      const [oldest] = live;
      const resetMs = oldest === undefined ? 0 : oldest.atMs + claim.windowMs - nowMs;
      return { remaining: Math.max(0, claim.limit - used), resetMs };
    });
    const slotsTaken = slots.map(({ id }) => this.#running(id).length);
    if (longest === 0) return { admitted: true, windows: states, slotsTaken };
    const first = waits.indexOf(longest);
    const kind = first < windows.length ? "window" : "slot";
    const index = kind === "window" ? first : first - windows.length;
    const refusedBy = { kind, index } as const;
    return { admitted: false, windows: states, slotsTaken, refusedBy, retryAfterMs: longest };
  }

  #take(claim: SlotClaim): void {
    const { id, member, leaseMs } = claim;
    const mine = this.#running(id).find((lease) => lease.member === member);
    this.release([claim]);
    this.#leases.push({ id, member, endMs: Math.max(mine?.endMs ?? 0, this.#clockMs + leaseMs) });
  }

  release(slots: readonly SlotClaim[]): void {
    for (const { id, member } of slots) {
      this.#leases = this.#leases.filter((lease) => lease.id !== id || lease.member !== member);
    }
  }

  #live({ id, windowMs }: WindowClaim, atMs = this.#clockMs) {
    return this.#taken.filter((taken) => taken.id === id && atMs - taken.atMs < windowMs);
  }

  #running(id: string) {
    return this.#leases.filter((lease) => lease.id === id && lease.endMs > this.#clockMs);
  }

  #windowWait(claim: WindowClaim, nowMs: number): number {
    const fits = (atMs: number) =>
      this.#live(claim, atMs).reduce((sum, { cost }) => sum + cost, claim.cost) <= claim.limit;
    if (fits(this.#clockMs)) return 0;
    const instants = this.#live(claim).map(({ atMs }) => atMs + claim.windowMs);
    return (instants.find(fits) ?? Number.POSITIVE_INFINITY) - nowMs;
  }

  #slotWait({ id, member, limit }: SlotClaim, nowMs: number): number {
    const live = this.#running(id);
    if (live.length < limit || live.some((lease) => lease.member === member)) return 0;
    return Math.max(1, Math.min(1_000, ...live.map(({ endMs }) => endMs - nowMs)));
  }
}
