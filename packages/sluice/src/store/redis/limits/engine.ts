// The engine port: what counts, far away, in batches. Everything that is hard about it being far away (batching, deadlines,
// outages, leases, cached denials) is written above this port and knows nothing of Redis.

import type { Admission, Admitted, LimitRefused } from "../../../gate/stores.ts";

/** Counters are spread over this many shards, by their owner: what one call takes is always in one. */
export const SHARDS = 64;

/** One thing to be done, atomically, to the counters of one shard. */
export type Command =
  | { readonly kind: "admit"; readonly admission: Admission; readonly nowMs: number }
  /** Idempotent. */
  | { readonly kind: "release"; readonly id: string; readonly member: string }
  /** Makes a lease last so long from now, or longer if it does; a slot that was lost is taken again, whatever its limit. */
  | {
      readonly kind: "renew";
      readonly id: string;
      readonly member: string;
      readonly leaseMs: number;
    }
  /** Counts places that were taken without the engine, oldest first. Beyond the limit only the newest matter. */
  | {
      readonly kind: "post";
      readonly id: string;
      readonly limit: number;
      readonly windowMs: number;
      readonly places: readonly PastPlaces[];
    };

export interface PastPlaces {
  readonly ageMs: number;
  readonly cost: number;
}

export interface ShardCommand {
  readonly shard: number;
  readonly command: Command;
}

/** A verdict for an admission, whether the lease still ran for a renewal, nothing for the rest. */
export type CommandAnswer = Admitted | LimitRefused | boolean | undefined;

export interface BatchReply {
  /** By the engine's own clock. */
  readonly atMs: number;
  /** False: it came too late, and nothing was done. */
  readonly done: boolean;
  /** In the order of the commands. */
  readonly answers: readonly CommandAnswer[];
}

export interface LimitsEngine {
  /** Parts that fail each by itself and never share a batch: 1, or one for each shard. */
  readonly parts: number;
  /** Whether what is handed over now would be sent now. */
  ready(): boolean;
  /**
   * Does the commands in order, at one instant, with nothing in between. All are of one part.
   * @param notAfterMs By the engine's clock: later than this nothing is done, since nobody waits for it any more. 0 for never.
   */
  run(batch: readonly ShardCommand[], notAfterMs: number): Promise<BatchReply>;
}

/** FNV-1a over the UTF-16 units, http://www.isthe.com/chongo/tech/comp/fnv/ */
export function shardOf(owner: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < owner.length; at++) {
    hash = Math.imul(hash ^ owner.charCodeAt(at), 0x01000193);
  }
  // The low bits alone of FNV-1a depend on the low bits alone of the text.
  return (hash ^ (hash >>> 15)) & (SHARDS - 1);
}
