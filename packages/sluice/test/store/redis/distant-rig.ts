// Limits above a modelled engine, and callers of theirs.

import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import type { Admission, Admitted, LimitRefused, SlotClaim } from "../../../src/gate/stores.ts";
import { DistantLimits } from "../../../src/store/redis/limits/distant-limits.ts";
import { ModelEngine } from "./model-engine.ts";

export const MINUTE_MS = 60_000;

export function window(id = "requests:a", limit = 10, cost = 1) {
  return { id, limit, windowMs: MINUTE_MS, cost };
}

export function slot(member: string, more: Partial<SlotClaim> = {}): SlotClaim {
  return { id: "running:a", member, limit: 2, leaseMs: 600_000, ...more };
}

export interface RigOptions {
  readonly clock?: VirtualClock;
  readonly engine?: ModelEngine;
  readonly parts?: number;
}

export function createRig({ parts = 1, ...given }: RigOptions = {}) {
  const clock = given.clock ?? new VirtualClock();
  const engine = given.engine ?? new ModelEngine(clock, parts);
  const limits = new DistantLimits({
    engine,
    deadlineMs: 30,
    leaseMs: 15_000,
    clock,
    random: seededRandom("distant"),
  });
  const admit = async (admission: Partial<Admission> = {}): Promise<Admitted | LimitRefused> =>
    limits.admit(
      { windows: [window()], slots: [], owner: "a", whenDown: "local", ...admission },
      clock.monotonicMs(),
    );
  return {
    clock,
    engine,
    limits,
    admit,
    /** Asks, and lets so much time pass until there is an answer. */
    async admitWithin(ms: number, admission: Partial<Admission> = {}) {
      let isDecided = false;
      const decided = admit(admission).finally(() => {
        isDecided = true;
      });
      decided.catch(() => undefined);
      const startMs = clock.monotonicMs();
      await clock.advance(0);
      while (!isDecided && clock.monotonicMs() < startMs + ms) {
        await clock.advance(Math.min(1, startMs + ms - clock.monotonicMs()));
      }
      if (!isDecided) await clock.advance(0);
      return { isDecided, tookMs: clock.monotonicMs() - startMs, decided };
    },
  };
}

/** How many of so many calls in turn are admitted. */
export async function countAdmitted(
  admit: () => Promise<Admitted | LimitRefused>,
  calls: number,
): Promise<number> {
  let admitted = 0;
  for (let call = 0; call < calls; call++) if ((await admit()).admitted) admitted++;
  return admitted;
}
