// The suite of a log can fail: each store here has one bug, and the suite must find it by the sentence that the bug makes
// untrue.

import { describe, expect, it } from "vitest";
import type { LogRow, RequestLog, Stores } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const logBug = (change: (log: RequestLog) => Partial<RequestLog>) => (stores: Stores) => ({
  log: but(stores.log, change(stores.log)),
});

const logBugs: Bug[] = [
  {
    bug: "finds the oldest rows",
    finds: "finds rows newest first",
    plant: logBug((log) => ({
      find: async (query) => (await log.find({ ...query, limit: 1_000 })).toReversed(),
    })),
  },
  {
    bug: "finds a page's last row once more",
    finds: "finds rows page by page",
    plant: logBug((log) => ({
      find: ({ after, ...query }) =>
        log.find({
          ...query,
          ...(after && { after: { ...after, requestId: `${after.requestId}~` } }),
        }),
    })),
  },
  {
    bug: "finds rows in the order in which their requests ended",
    finds: "finds rows by when their requests came",
    plant: logBug((log) => {
      const appended: string[] = [];
      return {
        append(row) {
          appended.push(row.requestId);
          log.append(row);
        },
        find: async (query) => {
          const found = await log.find(query);
          const place = ({ requestId }: LogRow) => appended.indexOf(requestId);
          return found.toSorted((a, b) => place(b) - place(a));
        },
      };
    }),
  },
  {
    bug: "reads no filter but the account's",
    finds: "finds by each property",
    plant: logBug((log) => ({
      find: ({ accountId, limit }) => log.find({ limit, ...(accountId && { accountId }) }),
    })),
  },
  {
    bug: "counts a day's rows by the hour of the machine",
    finds: "adds up what happened on each day",
    plant: logBug((log) => ({
      append: (row) => log.append({ ...row, atMs: row.atMs + 3_600_000 }),
    })),
  },
  {
    bug: "counts no refusal that is a failure",
    finds: "adds up what happened on each day",
    plant: logBug((log) => ({
      days: async (query) =>
        (await log.days(query)).map((sum) => ({ ...sum, failures: sum.failures - 1 })),
    })),
  },
  {
    bug: "takes what a test key asked for as an outage",
    finds: "counts a failure that a test key asked for",
    plant: logBug((log) => ({ append: (row) => log.append({ ...row, simulated: false }) })),
  },
  {
    bug: "leaves out the day on which a time begins",
    finds: "lists the days of a time",
    plant: logBug((log) => ({
      days: ({ fromMs, ...query }) => log.days({ ...query, fromMs: fromMs + 86_400_000 - 1 }),
    })),
  },
  {
    bug: "counts what came at the end of the time",
    finds: "sums an account's requests",
    plant: logBug((log) => ({
      usage: (accountId, fromMs, toMs) => log.usage(accountId, fromMs, toMs + 1),
    })),
  },
];

describe("the conformance suite, of logs", () => {
  it.each(logBugs)("finds a store that $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
