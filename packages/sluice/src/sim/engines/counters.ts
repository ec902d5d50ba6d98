// What the server of the limits counts: the model of the script in `store/redis/script`, in its order and by its rules.

import { assert } from "../../base/index.ts";
import type {
  Admission,
  Admitted,
  LimitRefused,
  SlotClaim,
  WindowClaim,
} from "../../gate/stores.ts";
import type { Command, CommandAnswer, PastPlaces } from "../../store/redis/index.ts";

/** Nobody is told to wait longer for a slot. */
const SLOT_WAIT_MS_MAX = 1_000;

/** Times of places, oldest first. */
type Places = number[];

export class Counters {
  #windows = new Map<string, Places>();
  /** By slot id: members with the ends of their leases. */
  #slots = new Map<string, Map<string, number>>();

  copy(): Counters {
    const copy = new Counters();
    for (const [id, places] of this.#windows) copy.#windows.set(id, [...places]);
    for (const [id, leases] of this.#slots) copy.#slots.set(id, new Map(leases));
    return copy;
  }

  /** One command, at one instant of the server's clock. */
  do(command: Command, nowMs: number): CommandAnswer {
    switch (command.kind) {
      case "admit":
        return this.admit(command.admission, nowMs);
      case "release":
        this.#slots.get(command.id)?.delete(command.member);
        return undefined;
      case "renew":
        return this.#renew(command.id, command.member, command.leaseMs, nowMs);
      case "post":
        this.#post(command.id, command.limit, command.windowMs, command.places, nowMs);
        return undefined;
    }
  }

  /** How long until this would pass, were it asked now; nothing is taken. */
  waitMs({ windows, slots }: Admission, nowMs: number): number {
    let longestMs = 0;
    for (const claim of windows) longestMs = Math.max(longestMs, this.#windowWaitMs(claim, nowMs));
    for (const claim of slots) longestMs = Math.max(longestMs, this.#slotWaitMs(claim, nowMs));
    return longestMs;
  }

  admit(admission: Admission, nowMs: number): Admitted | LimitRefused {
    const { windows, slots } = admission;
    let longestMs = 0;
    let refusedBy: LimitRefused["refusedBy"] | undefined;
    for (const [index, claim] of windows.entries()) {
      const waitMs = this.#windowWaitMs(claim, nowMs);
      if (waitMs <= longestMs) continue;
      longestMs = waitMs;
      refusedBy = { kind: "window", index };
    }
    for (const [index, claim] of slots.entries()) {
      const waitMs = this.#slotWaitMs(claim, nowMs);
      if (waitMs <= longestMs) continue;
      longestMs = waitMs;
      refusedBy = { kind: "slot", index };
    }
    if (refusedBy === undefined) {
      for (const claim of windows) this.#take(claim, nowMs);
      for (const { id, member, leaseMs } of slots) this.#renew(id, member, leaseMs, nowMs);
    }
    const states = windows.map((claim) => this.#stateOf(claim, nowMs));
    const slotsTaken = slots.map(({ id }) => this.slotsInUse(id, nowMs));
    if (refusedBy === undefined) return { admitted: true, windows: states, slotsTaken };
    return { admitted: false, windows: states, slotsTaken, refusedBy, retryAfterMs: longestMs };
  }

  slotsInUse(id: string, nowMs: number): number {
    let count = 0;
    for (const endMs of this.#slots.get(id)?.values() ?? []) if (endMs > nowMs) count++;
    return count;
  }

  /** Whether this call has a slot. */
  holds(id: string, member: string, nowMs: number): boolean {
    return (this.#slots.get(id)?.get(member) ?? nowMs) > nowMs;
  }

  /** Every slot that is taken, as its id and its member. */
  *held(nowMs: number): Generator<{ readonly id: string; readonly member: string }> {
    for (const [id, leases] of this.#slots) {
      for (const [member, endMs] of leases) if (endMs > nowMs) yield { id, member };
    }
  }

  #placesOf(id: string): Places {
    const known = this.#windows.get(id);
    if (known !== undefined) return known;
    const places: Places = [];
    this.#windows.set(id, places);
    return places;
  }

  /** A clock that was set back stands still here until it has caught up with the newest place. */
  #standsAt(places: Places, nowMs: number): number {
    return Math.max(nowMs, places.at(-1) ?? nowMs);
  }

  /**
   * How many of the places do not count any more. A look forgets nothing: were the clock set back after it, they would count
   * again.
   */
  #goneOf(places: Places, windowMs: number, nowMs: number): number {
    const atMs = this.#standsAt(places, nowMs);
    let gone = 0;
    while (gone < places.length && atMs - (places[gone] as number) >= windowMs) gone++;
    return gone;
  }

  #windowWaitMs({ id, limit, windowMs, cost }: WindowClaim, nowMs: number): number {
    const places = this.#placesOf(id);
    const gone = this.#goneOf(places, windowMs, nowMs);
    const needed = places.length - gone + cost - limit;
    if (needed <= 0) return 0;
    if (cost > limit) return Number.POSITIVE_INFINITY;
    return windowMs - nowMs + (places[gone + needed - 1] as number);
  }

  #take({ id, windowMs, cost }: WindowClaim, nowMs: number): void {
    const places = this.#placesOf(id);
    places.splice(0, this.#goneOf(places, windowMs, nowMs));
    const atMs = this.#standsAt(places, nowMs);
    for (let place = 0; place < cost; place++) places.push(atMs);
  }

  #stateOf(claim: WindowClaim, nowMs: number): { remaining: number; resetMs: number } {
    const places = this.#placesOf(claim.id);
    const gone = this.#goneOf(places, claim.windowMs, nowMs);
    const remaining = Math.max(0, claim.limit - places.length + gone);
    const oldest = places[gone];
    return { remaining, resetMs: oldest === undefined ? 0 : claim.windowMs - nowMs + oldest };
  }

  #leasesOf(id: string): Map<string, number> {
    const known = this.#slots.get(id);
    if (known !== undefined) return known;
    const leases = new Map<string, number>();
    this.#slots.set(id, leases);
    return leases;
  }

  #slotWaitMs({ id, member, limit }: SlotClaim, nowMs: number): number {
    const leases = this.#leasesOf(id);
    if (leases.size < limit || (leases.get(member) ?? nowMs) > nowMs) return 0;
    let firstMs = Number.POSITIVE_INFINITY;
    for (const [holder, endMs] of leases) {
      if (endMs <= nowMs) leases.delete(holder);
      else firstMs = Math.min(firstMs, endMs);
    }
    if (leases.size < limit) return 0;
    return Math.max(1, Math.min(SLOT_WAIT_MS_MAX, firstMs - nowMs));
  }

  #renew(id: string, member: string, leaseMs: number, nowMs: number): boolean {
    const leases = this.#leasesOf(id);
    const wasMs = leases.get(member) ?? 0;
    leases.set(member, Math.max(wasMs, nowMs + leaseMs));
    return wasMs > nowMs;
  }

  /** Behind what is there, so that the places stay in order: too long rather than too short. */
  #post(
    id: string,
    limit: number,
    windowMs: number,
    past: readonly PastPlaces[],
    nowMs: number,
  ): void {
    const places = this.#placesOf(id);
    places.splice(0, this.#goneOf(places, windowMs, nowMs));
    const atMs = this.#standsAt(places, nowMs);
    for (const { ageMs, cost } of past) {
      const takenMs = Math.max(Math.floor(atMs - ageMs), places.at(-1) ?? 0);
      if (atMs - takenMs >= windowMs) continue;
      for (let place = 0; place < cost; place++) places.push(takenMs);
    }
    if (places.length > limit) places.splice(0, places.length - limit);
    assert(places.length <= limit, "no more places than the limit are told of");
  }
}
