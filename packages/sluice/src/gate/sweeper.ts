/** The sweeper: ends the holds of calls that died, so that their credits come back. */
import { assert, HOUR_MS } from "../base/index.ts";
import type { Settings } from "./settings.ts";

export interface Sweeper {
  /** Ends what is overdue now; the ids of the holds, for the operator: nobody knows what those calls did. */
  sweep(): Promise<readonly string[]>;
  /**
   * Ends every hold, however far off its deadline: for a process that alone serves its ledger, before the first
   * request, when all of them belong to calls that died with the process before. Throws for a ledger that is shared.
   */
  sweepAll(): Promise<readonly string[]>;
  /** Sweeps every `everyMs` until the returned function is called. Needs no attention and throws nothing. */
  start(everyMs?: number): () => void;
}

const EVERY_MS = 10_000;
const EVERY_MS_MAX = HOUR_MS;
const BATCH_MAX = 500;

export function createSweeper({ stores, clock, onEvent }: Settings): Sweeper {
  const end = async (dueMs: number) => {
    const expired = await stores.ledger.expire(clock.wallMs(), BATCH_MAX, dueMs);
    for (const holdId of expired) onEvent({ kind: "hold_expired", holdId });
    return expired;
  };
  const sweep = () => end(clock.wallMs());
  return {
    sweep,
    async sweepAll() {
      assert(
        stores.ledger.isShared !== true,
        "sweepAll would end the holds of other gates that share this ledger: leave them to sweep()",
      );
      const all: string[] = [];
      for (let ended = BATCH_MAX; ended === BATCH_MAX; ) {
        const expired = await end(Number.POSITIVE_INFINITY);
        all.push(...expired);
        ended = expired.length;
      }
      return all;
    },
    start(everyMs = EVERY_MS) {
      assert(
        everyMs >= 1 && everyMs <= EVERY_MS_MAX,
        () => `the sweeper's everyMs is ${everyMs}; give 1 to ${EVERY_MS_MAX}`,
      );
      let cancel = () => {};
      let stopped = false;
      const round = () => {
        if (stopped) return;
        cancel = clock.after(everyMs, () => {
          void sweep()
            .catch((error) => onEvent({ kind: "fault", step: "sweep", requestId: "-", error }))
            .finally(round);
        });
      };
      round();
      return () => {
        stopped = true;
        cancel();
      };
    },
  };
}
