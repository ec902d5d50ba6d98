// What every implementation of Notices does: of one warning there is one for ever, an account hears in order and from one
// process at a time, and what a dead process had taken comes back.

import { type Notices, WARNING_ID_MAX, type Warning } from "../../gate/stores.ts";
import { check, equal, throws } from "./check.ts";
import { incidentScenarios } from "./incidents.ts";
import {
  attempt,
  failed,
  ids,
  type NoticesOnly,
  nowMs,
  raiseAll,
  warning,
} from "./notices-samples.ts";
import { type Make, type Scenario, type Suite, scenarios } from "./suite.ts";

/** The suite of one port, for stores that have no other. */
export function noticesConformance(suite: Suite, make: Make<NoticesOnly>): void {
  suite.describe("Notices", () => {
    const scenario = scenarios(suite, make);
    raiseScenarios(scenario);
    takeScenarios(scenario);
    orderScenarios(scenario);
    attemptScenarios(scenario);
    pageScenarios(scenario);
    incidentScenarios(scenario);
  });
}

function raiseScenarios(scenario: Scenario<NoticesOnly>): void {
  scenario("raises a warning once, and keeps it to the letter", async ({ notices }) => {
    const first = warning("ä'\"; drop table warning; --");
    const bare = warning("bare", {
      subject: { kind: "budget", scope: "project", id: "prj_1" },
      resetAtMs: undefined,
      url: undefined,

      used: Number.MAX_SAFE_INTEGER,
    });
    equal(await notices.raise(first), true, "the first time");
    equal(await notices.raise(bare), true, "another one");
    const again = { ...first, used: 99, atMs: first.atMs + 5, url: "https://example.com/other" };
    equal(await notices.raise(again), false, "the second time");
    const waiting = { state: "waiting", dueMs: first.atMs, attempts: [], attemptCount: 0 };
    const listed = { ...waiting, state: "listed", dueMs: bare.atMs };
    const known = await notices.warnings({ limit: 10 });
    equal(
      known,
      [
        { ...bare, ...listed },
        { ...first, ...waiting },
      ],
      "both, as they were raised",
    );
  });
  scenario("raises one of many that find the same at once", async ({ notices, others }) => {
    for (let round = 0; round < 5; round++) {
      const raised = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          [notices, others ?? notices][at % 2]?.raise(warning(`round ${round}`, { used: at })),
        ),
      );
      equal(raised.filter((isNew) => isNew).length, 1, `new ones of round ${round}`);
    }
    equal((await notices.warnings({ limit: 100 })).length, 5, "warnings");
  });
  scenario("raises no warning twice that was delivered", async ({ notices }) => {
    await notices.raise(warning("w"));
    await notices.take(nowMs, nowMs + 10, 1);
    await notices.attempted("w", attempt, { state: "delivered" });
    equal(await notices.raise(warning("w")), false, "again");
    equal(await notices.take(nowMs + 99, nowMs + 100, 1), [], "what is due");
  });
  scenario("refuses an id that is too long", async ({ notices }) => {
    const longest = "x".repeat(WARNING_ID_MAX);
    equal(await notices.raise(warning(longest)), true, "the longest");
    await throws(() => notices.raise(warning(`${longest}x`)), "one longer");
  });
}

function takeScenarios(scenario: Scenario<NoticesOnly>): void {
  scenario("hands a warning to one, until his time is over", async ({ notices, others }) => {
    await notices.raise(warning("w"));
    equal(ids(await notices.take(nowMs - 1, nowMs + 50, 9)), "", "before it is due");
    const [taken, ...more] = await notices.take(nowMs, nowMs + 50, 9);
    const expected = { state: "waiting", dueMs: nowMs + 50, attempts: [], attemptCount: 0 };
    equal(taken, { ...warning("w"), ...expected }, "what was taken");
    equal(more, [], "more");
    equal(ids(await (others ?? notices).take(nowMs + 49, nowMs + 99, 9)), "", "to another one");
    // Whoever had it has died without a word.
    equal(ids(await (others ?? notices).take(nowMs + 50, nowMs + 99, 9)), "w", "afterwards");
  });
  scenario("hands out each account once to many that ask at once", async ({ notices, others }) => {
    const accounts = Array.from({ length: 12 }, (_, at) => `acct_${at}`);
    for (const accountId of accounts) {
      await raiseAll(notices, [`${accountId}/50`, `${accountId}/75`], { accountId });
    }
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        [notices, others ?? notices][at % 2]?.take(nowMs, nowMs + 50, 4),
      ),
    );
    const all = taken.flatMap((records) => records ?? []);
    const expected = accounts.map((id) => `${id}/50`).sort();
    equal(all.map(({ id }) => id).sort(), expected, "the first of each, once");
    for (const records of taken) check((records ?? []).length <= 4, "at most what was asked for");
  });
  scenario("hands out no more than was asked for, the first raised first", async ({ notices }) => {
    for (const id of ["c", "a", "b"]) await notices.raise(warning(id, { accountId: id }));
    equal(ids(await notices.take(nowMs, nowMs + 50, 2)), "c,a", "two of three");
    equal(ids(await notices.take(nowMs, nowMs + 50, 2)), "b", "the rest");
    equal(ids(await notices.take(nowMs, nowMs + 50, 2)), "", "nothing is left");
  });
}

function orderScenarios(scenario: Scenario<NoticesOnly>): void {
  scenario("lets an account hear in the order of raising", async ({ notices }) => {
    await raiseAll(notices, ["50", "75", "90"]);
    for (const id of ["50", "75", "90"]) {
      equal(ids(await notices.take(nowMs, nowMs + 50, 9)), id, "the next");
      equal(ids(await notices.take(nowMs, nowMs + 50, 9)), "", `beside ${id}`);
      await notices.attempted(id, attempt, { state: "delivered" });
    }
    equal(ids(await notices.take(nowMs + 99, nowMs + 100, 9)), "", "after the last");
  });
  scenario("holds an account's others back while one waits to be tried again", async (stores) => {
    const { notices } = stores;
    await raiseAll(notices, ["50", "75"]);
    await notices.raise(warning("theirs", { accountId: "acct_2" }));
    await notices.take(nowMs, nowMs + 50, 1);
    await notices.attempted("50", failed, { state: "waiting", dueMs: nowMs + 200 });
    equal(ids(await notices.take(nowMs + 100, nowMs + 150, 9)), "theirs", "meanwhile");
    equal(ids(await notices.take(nowMs + 200, nowMs + 250, 9)), "50,theirs", "then");
    await notices.attempted("50", failed, { state: "given_up" });
    equal(ids(await notices.take(nowMs + 200, nowMs + 250, 9)), "75", "behind what was given up");
  });
}

function attemptScenarios(scenario: Scenario<NoticesOnly>): void {
  scenario("writes attempts down, and what followed from them", async ({ notices }) => {
    await notices.raise(warning("w"));
    await notices.take(nowMs, nowMs + 50, 1);
    await notices.attempted("w", failed, { state: "waiting", dueMs: nowMs + 7 });
    const [once] = await notices.warnings({ limit: 1 });
    equal(once?.state, "waiting", "its state");
    equal(once?.dueMs, nowMs + 7, "when it is due");
    equal(once?.attempts, [failed], "its attempts");
    await notices.attempted("w", attempt, { state: "delivered" });
    const [twice] = await notices.warnings({ limit: 1 });
    equal(twice?.state, "delivered", "its state");
    equal(twice?.attempts, [failed, attempt], "its attempts");
    equal(twice?.attemptCount, 2, "how many");
  });
  scenario("keeps the newest of many attempts, and their number", async ({ notices }) => {
    await notices.raise(warning("w"));
    for (let at = 1; at <= 25; at++) {
      const next = { state: "waiting", dueMs: nowMs } as const;
      await notices.attempted("w", { ...failed, atMs: nowMs + at }, next);
    }
    const [record] = await notices.warnings({ limit: 1 });
    equal(record?.attemptCount, 25, "how many there were");
    equal(record?.attempts.length, 20, "how many are kept");
    equal(record?.attempts[0]?.atMs, nowMs + 6, "the oldest that is kept");
    equal(record?.attempts.at(-1)?.atMs, nowMs + 25, "the newest");
  });
  scenario("leaves alone what waits no longer, and what never was", async ({ notices }) => {
    await raiseAll(notices, ["delivered", "given_up", "gone"]);
    await notices.raise(warning("listed", { url: undefined }));
    for (const state of ["delivered", "given_up", "gone"] as const) {
      await notices.attempted(state, attempt, { state });
    }
    const before = await notices.warnings({ limit: 9 });
    equal(before.map(({ id }) => id).join(), "listed,gone,given_up,delivered", "what there is");
    for (const { id, state } of before) {
      equal(state, id, "as it ended");
      await notices.attempted(id, failed, { state: "waiting", dueMs: nowMs });
      await notices.attempted(id, failed, { state: "delivered" });
    }
    await notices.attempted("never raised", attempt, { state: "delivered" });
    equal(await notices.warnings({ limit: 9 }), before, "afterwards");
  });
}

function pageScenarios(scenario: Scenario<NoticesOnly>): void {
  const page = async (notices: Notices, query: Partial<Warning> & { readonly before?: string }) =>
    ids(await notices.warnings({ limit: 2, ...query }));
  scenario("lists warnings in pages, the newest first", async ({ notices }) => {
    await raiseAll(notices, ["a", "b"]);
    await raiseAll(notices, ["x", "y"], { accountId: "acct_2" });
    await raiseAll(notices, ["c"]);
    equal(await page(notices, {}), "c,y", "the first page");
    equal(await page(notices, { before: "y" }), "x,b", "the page behind it");
    equal(await page(notices, { before: "b" }), "a", "the last page");
    equal(await page(notices, { before: "never raised" }), "", "behind what is not there");
    equal(await page(notices, { accountId: "acct_1" }), "c,b", "of one account");
    equal(await page(notices, { accountId: "acct_1", before: "x" }), "b,a", "behind another's");
    equal(await page(notices, { accountId: "acct_3" }), "", "of an account without any");
  });
  scenario("lists warnings of one state", async ({ notices }) => {
    await raiseAll(notices, ["a", "b", "c"]);
    await notices.attempted("b", attempt, { state: "gone" });
    await notices.attempted("c", attempt, { state: "delivered" });
    const of = async (state: "waiting" | "gone" | "listed") =>
      ids(await notices.warnings({ state, accountId: "acct_1", limit: 9 }));
    equal(await of("waiting"), "a", "waiting");
    equal(await of("gone"), "b", "gone");
    equal(await of("listed"), "", "listed");
  });
}
