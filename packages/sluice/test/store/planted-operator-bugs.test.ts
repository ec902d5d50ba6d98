// The suite can fail: each ledger here tells an operator something untrue, and the suite must find it by the sentence
// that the bug makes untrue.

import { describe, expect, it } from "vitest";
import type { Ledger, Stores } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const ledgerBug = (change: (ledger: Ledger) => Partial<Ledger>) => (stores: Stores) => ({
  ledger: but(stores.ledger, change(stores.ledger)),
});

const operatorBugs: Bug[] = [
  {
    bug: "tells of the budget with the least room before the hold",
    finds: "a hold tells how the budget with the least room stands after it",
    plant: ledgerBug((ledger) => ({
      reserve: async (reservation, nowMs) => {
        const reserved = await ledger.reserve(reservation, nowMs);
        if (reserved.kind !== "held" || reserved.budget === undefined) return reserved;
        const held = reserved.budget.held - reservation.amount;
        return { ...reserved, budget: { ...reserved.budget, held } };
      },
    })),
  },
  {
    bug: "tells of the last of budgets with as little room",
    finds: "of budgets with as little room, a hold tells of the first named",
    plant: ledgerBug((ledger) => ({
      reserve: (reservation, nowMs) =>
        ledger.reserve({ ...reservation, budgets: reservation.budgets.toReversed() }, nowMs),
    })),
  },
  {
    bug: "goes by the cap of the last hold",
    finds: "tells how budgets stand this month",
    plant: ledgerBug((ledger) => ({
      budgets: async (budgets, nowMs) =>
        (await ledger.budgets(budgets, nowMs)).map((state) => ({
          ...state,
          budget: { ...state.budget, cap: Math.max(30, state.budget.cap) },
        })),
    })),
  },
  {
    bug: "lets grants lapse when credits are next taken, and not before",
    finds: "tells what became of each grant",
    plant: ledgerBug((ledger) => ({
      grants: (accountId, page) => ledger.grants(accountId, page, 0),
    })),
  },
  {
    bug: "forgets a grant that is spent",
    finds: "tells of grants that are spent, in pages",
    plant: ledgerBug((ledger) => ({
      grants: async (accountId, page, nowMs) =>
        (await ledger.grants(accountId, page, nowMs)).filter(({ remaining }) => remaining > 0),
    })),
  },
  {
    bug: "tells of a hold only while it is open",
    finds: "tells of a hold while it is open, and how it ended",
    plant: ledgerBug((ledger) => ({
      hold: async (holdId) => {
        const hold = await ledger.hold(holdId);
        return hold?.state === "open" ? hold : undefined;
      },
    })),
  },
  {
    bug: "lists only holds that ran out",
    finds: "lists holds that ran out or cost more than was held",
    plant: ledgerBug((ledger) => ({
      oddHolds: async (query) =>
        (await ledger.oddHolds(query)).filter(({ state }) => state === "expired"),
    })),
  },
  {
    bug: "begins every page of entries with the newest",
    finds: "lists an account's entries in pages",
    plant: ledgerBug((ledger) => ({
      entries: (accountId, { limit, before = Number.POSITIVE_INFINITY }) =>
        before > 0 ? ledger.entries(accountId, { limit }) : [],
    })),
  },
];

describe("the conformance suite, of what ledgers tell operators", () => {
  it.each(operatorBugs)("finds a store that $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
