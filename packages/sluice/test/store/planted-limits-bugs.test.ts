// The suite of the limits can fail: each store here counts wrongly in one way, and the suite must find it by the sentence that
// the bug makes untrue.

import { describe, expect, it } from "vitest";
import type { Limits, Stores } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const limitsBug = (change: (limits: Limits) => Partial<Limits>) => (stores: Stores) => ({
  limits: but(stores.limits, change(stores.limits)),
});

const limitsBugs: Bug[] = [
  {
    bug: "admits one too many",
    finds: "R1: admits the limit in any stretch",
    plant: limitsBug((limits) => ({
      admit: ({ windows, slots }, nowMs) =>
        limits.admit({ windows: windows.map((w) => ({ ...w, limit: w.limit + 1 })), slots }, nowMs),
    })),
  },
  {
    bug: "counts by the clock's minute",
    finds: "R1: admits the limit in any stretch",
    plant: limitsBug((limits) => ({
      admit: ({ windows, slots }, nowMs) =>
        limits.admit(
          {
            windows: windows.map((w) => ({
              ...w,
              id: `${w.id} ${Math.floor(nowMs / w.windowMs)}`,
            })),
            slots,
          },
          nowMs,
        ),
    })),
  },
  {
    bug: "looks, waits, and then takes",
    finds: "R1: admits the limit and not one more to many at once",
    plant: limitsBug((limits) => {
      const taken = new Map<string, number>();
      return {
        admit: async (admission, nowMs) => {
          const [claim] = admission.windows;
          const before = taken.get(claim?.id ?? "") ?? 0;
          await undefined;
          if (claim === undefined || before >= claim.limit) return limits.admit(admission, nowMs);
          taken.set(claim.id, before + 1);
          const windows = [{ remaining: claim.limit - before - 1, resetMs: 0 }];
          return { admitted: true, windows, slotsTaken: [] };
        },
      };
    }),
  },
  {
    bug: "rounds the wait up to a second",
    finds: "R3: says the first instant",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        const decided = await limits.admit(admission, nowMs);
        if (decided.admitted) return decided;
        return { ...decided, retryAfterMs: Math.ceil(decided.retryAfterMs / 1_000) * 1_000 };
      },
    })),
  },
  {
    bug: "counts what it refused",
    finds: "R4: a thousand refusals",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        const decided = await limits.admit(admission, nowMs);
        const windows = admission.windows.map((w) => ({ ...w, limit: Number.MAX_SAFE_INTEGER }));
        if (!decided.admitted) await limits.admit({ windows, slots: [] }, nowMs);
        return decided;
      },
    })),
  },
  {
    bug: "takes one window after the other",
    finds: "R4: a call that one window refuses",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        let decided = await limits.admit({ ...admission, windows: [] }, nowMs);
        for (const window of admission.windows) {
          decided = await limits.admit({ windows: [window], slots: [] }, nowMs);
          if (!decided.admitted) return decided;
        }
        return decided;
      },
    })),
  },
  {
    bug: "forgets to give slots back",
    finds: "a slot is held until it is given back",
    plant: limitsBug(() => ({ release: () => {} })),
  },
  {
    bug: "gives a slot to whoever asks to keep it",
    finds: "a limit of 0 gives nobody a slot",
    plant: limitsBug((limits) => ({
      admit: ({ windows, slots }, nowMs) =>
        limits.admit({ windows, slots: slots.map((s) => ({ ...s, limit: s.limit || 1 })) }, nowMs),
    })),
  },
  {
    bug: "says how many slots were taken before",
    finds: "says how many of each kind are taken",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        const decided = await limits.admit(admission, nowMs);
        const slotsTaken = decided.slotsTaken.map((taken) => taken - (decided.admitted ? 1 : 0));
        return { ...decided, slotsTaken };
      },
    })),
  },
  {
    bug: "takes a slot for each claim",
    finds: "claiming twice with one member",
    plant: limitsBug((limits) => {
      let claims = 0;
      return {
        admit: ({ windows, slots }, nowMs) =>
          limits.admit(
            { windows, slots: slots.map((s) => ({ ...s, member: `${s.member} ${claims++}` })) },
            nowMs,
          ),
      };
    }),
  },
];

describe("the conformance suite", () => {
  it.each(limitsBugs)("finds limits of which one $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
