// What every implementation of RequestLog does. A row may take a moment to be seen, since whoever
// appends it does not wait.

import type { LogQuery, LogRow, RequestLog, Stores } from "../../gate/stores.ts";
import { equal, eventually } from "./check.ts";
import { type Make, type Scenario, type Suite, scenarios } from "./suite.ts";

type LogOnly = Pick<Stores, "log">;

/** The suite of one port, for stores that have no other. */
export function requestLogConformance(suite: Suite, make: Make<LogOnly>): void {
  suite.describe("RequestLog", () => {
    const scenario = scenarios(suite, make);
    rowScenarios(scenario);
    sumScenarios(scenario);
    findScenarios(scenario);
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
      shortage: { cap: 50, used: 20, held: 30, resetAtMs: 1_769_904_000_000 },
      charged: Number.MAX_SAFE_INTEGER,
    });
    await append(log, [bare, full]);
    equal(await log.explain("bare"), bare, "the bare row");
    equal(await log.explain("full"), full, "the full row");
    for (const degraded of ["limits", "keys"] as const) {
      const alone = row({ degraded, shortage: { remaining: 3 } });
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
      { fromMs: 500, toMs: 501 },
      { accountId: "acct_7", keyId: "key_7", operation: "create", status: 429, code: "too_fast" },
    ];
    for (const query of queries) {
      equal(await log.find({ ...query, limit: 9 }), [wanted], JSON.stringify(query));
    }
    const misses: Omit<LogQuery, "limit">[] = [
      { accountId: "acct_7", keyId: "key_1" },
      { code: "too_fast", status: 200 },
      { fromMs: 501, toMs: 600 },
      { fromMs: 401, toMs: 500 },
    ];
    for (const query of misses) {
      equal(await log.find({ ...query, limit: 9 }), [], JSON.stringify(query));
    }
  });
}

const tooFast = {
  status: 429,
  code: "too_fast",
  condition: "rate_limited",
  endedAt: "admit",
  ending: "refused",
  windowLimit: 60,
  windowRemaining: 0,
  by: "requests",
  retryAfterMs: 15_000,
} as const;

let made = 0;

function row(changed: Partial<LogRow>): LogRow {
  made++;
  return {
    requestId: `request ${made}`,
    clientRequestId: undefined,
    atMs: made,
    durationMs: 3,
    accountId: "acct_1",
    keyId: "key_1",
    operation: "list",
    method: "GET",
    path: "/things",
    status: 200,
    code: undefined,
    condition: undefined,
    endedAt: "respond",
    ending: "done",
    windowLimit: undefined,
    windowRemaining: undefined,
    held: 0,
    charged: 0,
    by: undefined,
    param: undefined,
    retryAfterMs: undefined,
    shortage: undefined,
    simulated: false,
    degraded: undefined,
    ...changed,
  };
}

/** Appends, and waits until the last can be seen. */
async function append(log: RequestLog, rows: readonly LogRow[]): Promise<void> {
  for (const each of rows) log.append(each);
  const last = rows.at(-1)?.requestId ?? "";
  await eventually(() => log.explain(last), "the last row can be seen");
}
