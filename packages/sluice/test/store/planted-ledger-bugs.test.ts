// The suite can fail: each ledger here has one bug, and the suite must find it by the sentence
// that the bug makes untrue.

import { describe, expect, it } from "vitest";
import { monthEndMs } from "../../src/contract/index.ts";
import type { Ledger, Stores } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const ledgerBug = (change: (ledger: Ledger) => Partial<Ledger>) => (stores: Stores) => ({
  ledger: but(stores.ledger, change(stores.ledger)),
});

const ledgerBugs: Bug[] = [
  {
    bug: "charges on release",
    finds: "L3: a released hold is never charged",
    plant: ledgerBug((ledger) => {
      const amounts = new Map<string, number>();
      return {
        reserve: (reservation, nowMs) => {
          amounts.set(reservation.holdId, reservation.amount);
          return ledger.reserve(reservation, nowMs);
        },
        release: async (holdId, nowMs) => {
          const charge = amounts.get(holdId);
          if (charge === undefined) return ledger.release(holdId, nowMs);
          await ledger.settle({ holdId, charge, rememberMs: 0 }, nowMs);
        },
      };
    }),
  },
  {
    bug: "looks at the balance, waits, and then holds",
    finds: "L2: 200 holds at once",
    plant: ledgerBug((ledger) => ({
      reserve: async (reservation, nowMs) => {
        const { remaining } = await ledger.balance(reservation.funds, nowMs);
        await undefined;
        if (reservation.amount > remaining) {
          return { kind: "credits_exhausted", remaining, resetAtMs: undefined };
        }
        const { accountId } = reservation.funds;
        const id = `planted ${reservation.holdId}`;
        await ledger.grant({ id, accountId, amount: reservation.amount, reason: "" }, nowMs);
        return ledger.reserve(reservation, nowMs);
      },
    })),
  },
  {
    bug: "forgets the budgets",
    finds: "L5: names the narrowest budget",
    plant: ledgerBug((ledger) => ({
      reserve: (reservation, nowMs) => ledger.reserve({ ...reservation, budgets: [] }, nowMs),
    })),
  },
  {
    bug: "names the widest budget",
    finds: "L5: names the narrowest budget",
    plant: ledgerBug((ledger) => ({
      reserve: async (reservation, nowMs) => {
        const [widest] = reservation.budgets;
        const reserved = await ledger.reserve(reservation, nowMs);
        if (reserved.kind !== "budget_exceeded" || widest === undefined) return reserved;
        return { ...reserved, budget: widest };
      },
    })),
  },
  {
    bug: "forgets what a full budget holds for calls that run",
    finds: "L5: names the narrowest budget",
    plant: ledgerBug((ledger) => ({
      reserve: async (reservation, nowMs) => {
        const reserved = await ledger.reserve(reservation, nowMs);
        return reserved.kind === "budget_exceeded" ? { ...reserved, held: 0 } : reserved;
      },
    })),
  },
  {
    bug: "promises credits at the end of the month to whoever gets them another day",
    finds: "a lazy period ends",
    plant: ledgerBug((ledger) => ({
      reserve: async (reservation, nowMs) => {
        const reserved = await ledger.reserve(reservation, nowMs);
        if (reserved.kind !== "credits_exhausted" || reserved.resetAtMs === undefined)
          return reserved;
        return { ...reserved, resetAtMs: monthEndMs(nowMs) };
      },
    })),
  },
  {
    bug: "keeps what a settlement should give back",
    finds: "a settlement charges its part",
    plant: ledgerBug((ledger) => {
      const amounts = new Map<string, number>();
      return {
        reserve: (reservation, nowMs) => {
          amounts.set(reservation.holdId, reservation.amount);
          return ledger.reserve(reservation, nowMs);
        },
        settle: (settlement, nowMs) => {
          const charge = amounts.get(settlement.holdId) ?? 0;
          return ledger.settle({ ...settlement, charge }, nowMs);
        },
      };
    }),
  },
  {
    bug: "grants again",
    finds: "a grant counts once",
    plant: ledgerBug((ledger) => {
      let grants = 0;
      return {
        grant: (grant, nowMs) => ledger.grant({ ...grant, id: `${grant.id} ${grants++}` }, nowMs),
      };
    }),
  },
  {
    bug: "lets grants live for ever",
    finds: "grants are spent after the allowance",
    plant: ledgerBug((ledger) => ({
      grant: ({ expiresAtMs: _, ...grant }, nowMs) => ledger.grant(grant, nowMs),
    })),
  },
  {
    bug: "rolls over a month early",
    finds: "a monthly allowance starts anew",
    plant: ledgerBug((ledger) => ({
      reserve: (reservation, nowMs) => ledger.reserve(reservation, nowMs + 24 * 60 * 60 * 1000),
    })),
  },
  {
    bug: "never ends a hold by its deadline",
    finds: "L3: a hold past its deadline",
    plant: ledgerBug(() => ({ expire: () => [] })),
  },
  {
    bug: "has an audit that finds something wrong",
    finds: "L1–L6: answers like the model",
    plant: ledgerBug(() => ({ audit: () => ["a pot is off by one"] })),
  },
  {
    bug: "loses an entry",
    finds: "L1–L6: answers like the model",
    plant: ledgerBug((ledger) => ({
      entries: async (accountId, page) =>
        (await ledger.entries(accountId, page)).filter(({ from }) => from !== "held"),
    })),
  },
  {
    bug: "keeps the idempotency record of a released call",
    finds: "the key of a released call",
    plant: ledgerBug((ledger) => ({
      release: async (holdId, nowMs) => {
        await ledger.settle({ holdId, charge: 0, rememberMs: 1_000 }, nowMs);
      },
    })),
  },
  {
    bug: "tells one account about another's key",
    finds: "two accounts may use one key",
    plant: ledgerBug((ledger) => ({
      recall: (idempotency, nowMs) => ledger.recall({ ...idempotency, accountId: "acct_1" }, nowMs),
    })),
  },
  {
    bug: "does not look at the fingerprint",
    finds: "one key with another body",
    plant: ledgerBug((ledger) => ({
      recall: (idempotency, nowMs) => ledger.recall({ ...idempotency, fingerprint: "f1" }, nowMs),
    })),
  },
  {
    bug: "ends jobs when a process starts",
    finds: "jobs outlive the sweep",
    plant: ledgerBug((ledger) => ({
      expire: async (nowMs, max, dueMs = nowMs) => {
        const expired = await ledger.expire(nowMs, max, dueMs);
        const died = dueMs > nowMs ? await ledger.jobs() : [];
        for (const { holdId } of died) await ledger.release(holdId, nowMs);
        return [...expired, ...died.map(({ holdId }) => holdId)];
      },
    })),
  },
  {
    bug: "leaves a job the deadline of its call",
    finds: "L3: a job expires at its own deadline",
    plant: ledgerBug((ledger) => {
      const deadlines = new Map<string, number>();
      return {
        reserve: (reservation, nowMs) => {
          deadlines.set(reservation.holdId, reservation.expiresAtMs);
          return ledger.reserve(reservation, nowMs);
        },
        detach: (start, nowMs) => {
          const expiresAtMs = deadlines.get(start.holdId) ?? start.expiresAtMs;
          return ledger.detach({ ...start, expiresAtMs }, nowMs);
        },
      };
    }),
  },
  {
    bug: "moves the deadline of a job that is left again",
    finds: "leaving a hold to a job again changes nothing",
    plant: ledgerBug((ledger) => ({
      detach: async (start, nowMs) => {
        await ledger.extend([start.holdId], start.expiresAtMs);
        return ledger.detach(start, nowMs);
      },
    })),
  },
  {
    bug: "lets go of a job's slots",
    finds: "a hold that was left to a job stays held, and tells whose it is",
    plant: ledgerBug((ledger) => ({
      jobs: async () => (await ledger.jobs()).map((job) => ({ ...job, slots: [] })),
    })),
  },
  {
    bug: "keeps a call in progress until its job ends",
    finds: "the call of a job is replayed while the job runs",
    plant: ledgerBug((ledger) => ({
      recall: async (idempotency, nowMs) =>
        (await ledger.jobs()).length > 0
          ? { kind: "in_progress" }
          : ledger.recall(idempotency, nowMs),
    })),
  },
  {
    bug: "loses the answer of a call whose job was quicker",
    finds: "a job may be quicker than the answer of its call",
    plant: ledgerBug((ledger) => {
      const settled = new Set<string>();
      return {
        settle: (settlement, nowMs) => {
          settled.add(settlement.holdId);
          return ledger.settle(settlement, nowMs);
        },
        detach: ({ answer, ...start }, nowMs) => {
          const isLate = answer === undefined || settled.has(start.holdId);
          return ledger.detach(isLate ? start : { ...start, answer }, nowMs);
        },
      };
    }),
  },
  {
    bug: "charges for a job that was released",
    finds: "L3: a released job is never charged",
    plant: ledgerBug((ledger) => ({
      release: async (holdId, nowMs) => {
        const job = await ledger.job(holdId);
        if (job === undefined) return ledger.release(holdId, nowMs);
        await ledger.settle({ holdId, charge: job.amount, rememberMs: 0 }, nowMs);
      },
    })),
  },
  {
    bug: "brings back an ended job",
    finds: "L1–L6: answers like the model",
    plant: ledgerBug((ledger) => {
      const ended = new Set<string>();
      return {
        expire: async (nowMs, max, dueMs) => {
          const expired = await ledger.expire(nowMs, max, dueMs);
          for (const holdId of expired) ended.add(holdId);
          return expired;
        },
        detach: async (start, nowMs) => {
          const started = await ledger.detach(start, nowMs);
          return ended.has(start.holdId) ? { kind: "detached" } : started;
        },
      };
    }),
  },
];

describe("the conformance suite, of ledgers", () => {
  it.each(ledgerBugs)("finds a store that $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
