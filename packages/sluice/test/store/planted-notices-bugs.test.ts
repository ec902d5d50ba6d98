// The suite of Notices can fail: each store here has one bug, and the suite must find it by the sentence that the bug
// makes untrue.

import { describe, expect, it } from "vitest";
import type { Notices, OperatorStores, Warning } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const bug = (change: (notices: Notices) => Partial<Notices>) => (stores: OperatorStores) => ({
  notices: but(stores.notices, change(stores.notices)),
});

const bugs: Bug[] = [
  {
    bug: "looks, waits, and then raises",
    finds: "raises one of many that find the same at once",
    plant: bug((notices) => {
      const raised = new Set<string>();
      return {
        raise: async (warning: Warning) => {
          const isNew = !raised.has(warning.id);
          await undefined;
          raised.add(warning.id);
          await notices.raise(warning);
          return isNew;
        },
      };
    }),
  },
  {
    bug: "hands out what somebody has",
    finds: "hands a warning to one, until his time is over",
    plant: bug((notices) => ({
      take: (nowMs, _, max) => notices.take(nowMs, nowMs, max),
    })),
  },
  {
    bug: "keeps for good what a dead process had",
    finds: "hands a warning to one, until his time is over",
    plant: bug((notices) => ({
      take: (nowMs, _, max) => notices.take(nowMs, Number.MAX_SAFE_INTEGER, max),
    })),
  },
  {
    bug: "hands out the newest of many",
    finds: "hands out no more than was asked for",
    plant: bug((notices) => ({
      take: async (nowMs, untilMs, max) => {
        const all = await notices.take(nowMs, untilMs, 1_000);
        return all.toReversed().slice(0, max);
      },
    })),
  },
  {
    bug: "tries again what was given up",
    finds: "leaves alone what waits no longer",
    plant: bug((notices) => {
      const ended = new Map<string, Warning>();
      return {
        attempted: async (id, attempt, next) => {
          const known = (await notices.warnings({ limit: 100 })).find((each) => each.id === id);
          if (known !== undefined && ended.has(id)) await notices.raise({ ...known, id: `${id}2` });
          if (known !== undefined) ended.set(id, known);
          await notices.attempted(id, attempt, next);
        },
      };
    }),
  },
  {
    bug: "lists the oldest first",
    finds: "lists warnings in pages",
    plant: bug((notices) => ({
      warnings: async (query) => (await notices.warnings(query)).toReversed(),
    })),
  },
  {
    bug: "lists incidents that are over",
    finds: "lists incidents that were not over by then",
    plant: bug((notices) => ({
      incidents: ({ openAtMs: _, ...query }) => notices.incidents(query),
    })),
  },
];

describe("the conformance suite of Notices", () => {
  it.each(bugs)("finds a store that $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
