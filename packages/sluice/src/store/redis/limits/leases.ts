// The slots that this process holds. What it told the engine runs out soon, so that a crash gives slots back soon; while
// it lives, one heartbeat keeps them. A slot that is left to a job is kept by the gates: each claims it again in time.

import type { Clock } from "../../../base/index.ts";
import type { SlotClaim } from "../../../gate/stores.ts";
import { type Command, shardOf } from "./engine.ts";

interface Lease {
  readonly shard: number;
  readonly claim: SlotClaim;
  /** When its holder is taken for dead, though this process lives. */
  readonly endMs: number;
}

/** What the engine has to hear of a slot, and has not. */
interface Owed {
  readonly shard: number;
  readonly id: string;
  readonly member: string;
  /** How long a job asked to have it, at most; undefined for one that is given back. */
  readonly keepUntilMs: number | undefined;
}

export interface LeasesOptions {
  readonly leaseMs: number;
  readonly clock: Clock;
  /** Hands a command to the engine; `onLost` when nobody knows what became of it. False: it was not sent. */
  readonly send: (shard: number, command: Command, onLost: () => void) => boolean;
}

/** More than this is not owed: the oldest are left to their leases. */
const OWED_MAX = 10_000;
/** So often a lease is renewed before it ends. */
const BEATS = 3;

export class Leases {
  readonly #options: LeasesOptions;
  readonly #held = new Map<string, Lease>();
  readonly #owed = new Map<string, Owed>();
  #beatMs = 0;
  #isBeating = false;
  #isClosed = false;

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  get leaseMs(): number {
    return this.#options.leaseMs;
  }

  /** As the engine is to be told: not longer than a crash may keep a slot from others. */
  shortened(slots: readonly SlotClaim[]): readonly SlotClaim[] {
    const { leaseMs } = this.#options;
    const isShort = (claim: SlotClaim) => claim.leaseMs <= leaseMs;
    if (slots.every(isShort)) return slots;
    return slots.map((claim) => (isShort(claim) ? claim : { ...claim, leaseMs }));
  }

  /** This process was given these slots; those of jobs it has not to keep. */
  hold(slots: readonly SlotClaim[], owner: string): void {
    if (this.#isClosed) return;
    const nowMs = this.#options.clock.monotonicMs();
    for (const claim of slots) {
      const key = keyOf(claim);
      this.#owed.delete(key);
      if (claim.detached) continue;
      this.#held.set(key, { shard: shardOf(owner), claim, endMs: nowMs + claim.leaseMs });
      this.#beatLater();
    }
  }

  /** They are a job's from now on: no heartbeat may keep one that another process has given back. */
  leave(slots: readonly SlotClaim[]): void {
    for (const claim of slots) if (claim.detached) this.#held.delete(keyOf(claim));
  }

  /** The engine has not heard of a job's slots; of one that may have been freed it must not. */
  oweJobs(slots: readonly SlotClaim[], owner: string): void {
    const nowMs = this.#options.clock.monotonicMs();
    for (const { id, member, limit, leaseMs, detached } of slots) {
      if (!detached || limit === 0) continue;
      this.#owe({ shard: shardOf(owner), id, member, keepUntilMs: nowMs + leaseMs });
    }
  }

  release(slots: readonly SlotClaim[], owner: string): void {
    for (const { id, member } of slots) {
      const key = keyOf({ id, member });
      this.#held.delete(key);
      // What was said last counts.
      this.#owed.delete(key);
      this.#settle({ shard: shardOf(owner), id, member, keepUntilMs: undefined });
    }
  }

  /** All that are held, for whoever has to count them in the engine's place. */
  claims(): SlotClaim[] {
    return [...this.#held.values()].map(({ claim }) => claim);
  }

  /** The engine answers again, and hears what it has missed. */
  catchUp(): void {
    const { clock, leaseMs } = this.#options;
    if (clock.monotonicMs() - this.#beatMs >= leaseMs / BEATS) this.#beat();
    else this.#settleOwed();
  }

  /** Gives back everything but what was left to jobs. */
  close(): void {
    this.#isClosed = true;
    this.#settleOwed();
    for (const [key, { shard, claim }] of [...this.#held]) {
      this.#held.delete(key);
      this.#settle({ shard, id: claim.id, member: claim.member, keepUntilMs: undefined });
    }
  }

  #settle(owed: Owed): void {
    const { shard, id, member, keepUntilMs } = owed;
    const leftMs = (keepUntilMs ?? 0) - this.#options.clock.monotonicMs();
    if (keepUntilMs !== undefined && leftMs <= 0) return;
    const command: Command =
      keepUntilMs === undefined
        ? { kind: "release", id, member }
        : { kind: "renew", id, member, leaseMs: Math.min(this.leaseMs, leftMs) };
    if (!this.#options.send(shard, command, () => this.#owe(owed))) this.#owe(owed);
  }

  #settleOwed(): void {
    const all = [...this.#owed.values()];
    this.#owed.clear();
    for (const owed of all) this.#settle(owed);
  }

  #owe(owed: Owed): void {
    const key = keyOf(owed);
    this.#owed.delete(key);
    this.#owed.set(key, owed);
    if (this.#owed.size > OWED_MAX) {
      const [oldest] = this.#owed.keys();
      if (oldest !== undefined) this.#owed.delete(oldest);
    }
    this.#beatLater();
  }

  /** One timer for all of them, and none while there are none. */
  #beatLater(): void {
    if (this.#isBeating || this.#isClosed) return;
    this.#isBeating = true;
    const { clock, leaseMs } = this.#options;
    clock.after(leaseMs / BEATS, () => {
      this.#isBeating = false;
      this.#beat();
    });
  }

  #beat(): void {
    if (this.#isClosed) return;
    const { clock, leaseMs, send } = this.#options;
    const nowMs = clock.monotonicMs();
    this.#beatMs = nowMs;
    this.#settleOwed();
    for (const [key, { shard, claim, endMs }] of this.#held) {
      if (nowMs >= endMs) {
        this.#held.delete(key);
        continue;
      }
      const leftMs = Math.min(leaseMs, endMs - nowMs);
      const command = {
        kind: "renew",
        id: claim.id,
        member: claim.member,
        leaseMs: leftMs,
      } as const;
      // A beat that is lost is followed by two more before the lease ends.
      send(shard, command, () => undefined);
    }
    if (this.#held.size + this.#owed.size > 0) this.#beatLater();
  }
}

function keyOf({ id, member }: { readonly id: string; readonly member: string }): string {
  return `${member} ${id}`;
}
