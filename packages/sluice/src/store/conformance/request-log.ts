// What every implementation of RequestLog does. A row may take a moment to be seen, since whoever
// appends it does not wait.

import { seededRandom } from "../../base/index.ts";
import type { LogQuery, LogRow, Stores } from "../../gate/stores.ts";
import { equal } from "./check.ts";
import { dayScenarios } from "./log-days.ts";
import { append, row, tooFast } from "./log-samples.ts";
import { type Make, type Scenario, type Suite, scenarios } from "./suite.ts";

type LogOnly = Pick<Stores, "log">;

/** The suite of one port, for stores that have no other. */
export function requestLogConformance(suite: Suite, make: Make<LogOnly>): void {
  suite.describe("RequestLog", () => {
    const scenario = scenarios(suite, make);
    rowScenarios(scenario);
    sumScenarios(scenario);
    findScenarios(scenario);
    pageScenarios(scenario);
    dayScenarios(scenario);
  });
}

function rowScenarios(scenario: Scenario<LogOnly>): void {
  scenario("explains a request by its id", async ({ log }) => {
    const sent = row({ requestId: "req_1", ...tooFast });
    await append(log, [row({ requestId: "req_0" }), sent, row({ requestId: "req_2" })]);
    equal(await log.explain("req_1"), sent, "the row");
    equal(await log.explain("req_9"), undefined, "a request that never was");
  });
  scenario("keeps a row to the letter, whatever is missing in it", async ({ log }) => {
    const bare = row({
      requestId: "bare",
      accountId: undefined,
      keyId: undefined,
      operation: undefined,
      path: "/ä/'\"; drop table rows; --\u0000❤",
      status: 401,
      code: "missing_key",
      condition: "missing_key",
      endedAt: "identify",
      ending: "refused",
      durationMs: 0.25,
    });
    const full = row({
      requestId: "full",
      clientRequestId: "theirs",
      simulated: true,
      degraded: "limits, keys",
      ending: "replayed",
      windowLimit: 60,
      windowRemaining: 0,
      held: 12,
      by: "requests",
      param: "items[0].name",
      retryAfterMs: 1.5,
      isOlderSecret: true,
      window: "requests",
      creditsRemaining: 0,
      details: {
        slots: { id: "renders:acct_1", taken: 2, limit: 3 },
        budget: {
          budget: { scope: "project", id: "prj_1", cap: 50 },
          ...{ used: 20, held: 30, resetAtMs: 1_769_904_000_000 },
        },
        shortage: { cap: 50, used: 20, held: 30, resetAtMs: 1_769_904_000_000 },
        limit: 60,
        expected: 'must be one of ["ä", "\u0000", "\uE000"]',
        allowed: ["GET", "POST"],
        message: "half of one: \ud83d",
        waitMs: 1_499,
        needed: 12,
        begunAs: "events",
      },
      charged: Number.MAX_SAFE_INTEGER,
    });
    await append(log, [bare, full]);
    equal(await log.explain("bare"), bare, "the bare row");
    equal(await log.explain("full"), full, "the full row");
    for (const degraded of ["limits", "keys"] as const) {
      const alone = row({ degraded, details: { shortage: { remaining: 3 } } });
      await append(log, [alone]);
      equal(await log.explain(alone.requestId), alone, degraded);
    }
  });
}

function sumScenarios(scenario: Scenario<LogOnly>): void {
  scenario("sums an account's requests, failures and credits of a time", async ({ log }) => {
    await append(log, [
      row({ atMs: 99, charged: 1_000 }),
      row({ atMs: 100, charged: 5 }),
      row({ atMs: 110, ...tooFast }),
      row({
        atMs: 120,
        status: 500,
        code: "server_error",
        condition: "internal",
        ending: "fault",
      }),
      row({ atMs: 130, accountId: "acct_2", charged: 1_000 }),
      row({ atMs: 140, accountId: undefined, charged: 0 }),
      row({ atMs: 199, charged: 7 }),
      row({ atMs: 200, charged: 1_000 }),
    ]);
    const expected = { requests: 4, refusals: 1, faults: 1, credits: 12 };
    equal(await log.usage("acct_1", 100, 200), expected, "from 100, before 200");
    const nothing = { requests: 0, refusals: 0, faults: 0, credits: 0 };
    equal(await log.usage("acct_9", 0, 1_000), nothing, "of nobody");
  });
  scenario("drops nothing while it can keep up", async ({ log }) => {
    await append(
      log,
      Array.from({ length: 100 }, () => row({})),
    );
    equal(log.dropped(), 0, "dropped");
    equal((await log.find({ limit: 1_000 })).length, 100, "kept");
  });
}

function findScenarios(scenario: Scenario<LogOnly>): void {
  scenario("finds rows newest first, and no more than asked for", async ({ log }) => {
    const rows = Array.from({ length: 30 }, (_, at) => row({ atMs: 1_000 + at }));
    await append(log, rows);
    const found = await log.find({ limit: 7 });
    equal(found, rows.toReversed().slice(0, 7), "the newest seven");
    equal(await log.find({ limit: 0 }), [], "none");
  });
  scenario("finds by each property and by all together", async ({ log }) => {
    const wanted = row({
      requestId: "wanted",
      atMs: 500,
      accountId: "acct_7",
      keyId: "key_7",
      operation: "create",
      api: "Films",
      isOlderSecret: true,
      clientRequestId: "theirs",
      ...tooFast,
    });
    await append(log, [
      row({ atMs: 400 }),
      wanted,
      row({ atMs: 600, accountId: undefined, keyId: undefined, operation: undefined }),
    ]);
    const queries: Omit<LogQuery, "limit">[] = [
      { accountId: "acct_7" },
      { keyId: "key_7" },
      { operation: "create" },
      { status: 429 },
      { code: "too_fast" },
      { condition: "rate_limited" },
      { ending: "refused" },
      { api: "Films" },
      { isOlderSecret: true },
      { clientRequestId: "theirs" },
      { fromMs: 500, toMs: 501 },
      { keyId: "key_7", isOlderSecret: true },
      {
        ...{ accountId: "acct_7", keyId: "key_7", operation: "create", status: 429 },
        ...{ code: "too_fast", condition: "rate_limited", ending: "refused", api: "Films" },
        ...{ isOlderSecret: true, clientRequestId: "theirs", fromMs: 1, toMs: 501 },
      },
    ];
    for (const query of queries) {
      equal(await log.find({ ...query, limit: 9 }), [wanted], JSON.stringify(query));
    }
    const misses: Omit<LogQuery, "limit">[] = [
      { accountId: "acct_7", keyId: "key_1" },
      { code: "too_fast", status: 200 },
      { keyId: "key_7", isOlderSecret: false },
      { api: "Films", condition: "forbidden" },
      { clientRequestId: "theirs", ending: "done" },
      { fromMs: 501, toMs: 600 },
      { fromMs: 401, toMs: 500 },
    ];
    for (const query of misses) {
      equal(await log.find({ ...query, limit: 9 }), [], JSON.stringify(query));
    }
  });
}

function pageScenarios(scenario: Scenario<LogOnly>): void {
  scenario("finds rows by when their requests came, not by when they ended", async ({ log }) => {
    const [first, last] = [row({ requestId: "a", atMs: 10 }), row({ requestId: "c", atMs: 30 })];
    const slow = row({ requestId: "b", atMs: 20, durationMs: 5_000 });
    const [low, high] = [row({ requestId: "d1", atMs: 25 }), row({ requestId: "d2", atMs: 25 })];
    await append(log, [first, high, last, low, slow]);
    equal(await log.find({ limit: 9 }), [last, high, low, slow, first], "the newest first");
  });
  scenario(
    "finds rows page by page: each once, whatever is appended meanwhile",
    async ({ log }) => {
      const random = seededRandom("pages");
      const all = Array.from({ length: 60 }, (_, at) =>
        row({ atMs: 1_000 + random.integer(20), status: at % 2 === 0 ? 200 : 404 }),
      );
      await append(log, all);
      const queries: Omit<LogQuery, "limit">[] = [{}, { status: 404 }, { accountId: "acct_1" }];
      for (const query of queries) {
        const wanted = all
          .filter(({ status }) => status === (query.status ?? status))
          .sort(byPlace);
        const found: LogRow[] = [];
        for (let pages = 0; pages < 30; pages++) {
          const after = found.at(-1);
          const page = await log.find({ ...query, limit: 7, ...(after && { after }) });
          if (page.length === 0) break;
          found.push(...page);
          const newer = row({ atMs: 2_000 + all.length, ...query });
          await append(log, [newer]);
          all.push(newer);
        }
        equal(found, wanted, `all pages of ${JSON.stringify(query)}`);
      }
      const after = { atMs: 1_000, requestId: "" };
      equal(await log.find({ limit: 9, after }), [], "behind the last");
    },
  );
}

function byPlace(a: LogRow, b: LogRow): number {
  return b.atMs - a.atMs || (a.requestId < b.requestId ? 1 : -1);
}
