// What an operator asks of the ledger: how budgets stand, what became of grants and holds, and the statement in pages.

import { DAY_MS } from "../../base/index.ts";
import type { Budget, Ledger } from "../../gate/stores.ts";
import { equal } from "./check.ts";
import { jobStart, type LedgerOnly, reservation, settlement, wallMs } from "./ledger-samples.ts";
import type { Scenario } from "./suite.ts";

const february = Date.UTC(2026, 1);
const key: Budget = { scope: "key", id: "key_1", cap: 30 };
const project: Budget = { scope: "project", id: "prj_1", cap: 30 };
const workspace: Budget = { scope: "workspace", id: "ws_1", cap: 50 };

export function operatorScenarios(scenario: Scenario<LedgerOnly>): void {
  scarcestScenarios(scenario);
  budgetScenarios(scenario);
  grantScenarios(scenario);
  holdScenarios(scenario);
  oddScenarios(scenario);
  entryScenarios(scenario);
}

function scarcestScenarios(scenario: Scenario<LedgerOnly>): void {
  const held = async (ledger: Ledger, holdId: string, budgets: readonly Budget[], amount = 10) => {
    const reserved = await ledger.reserve(reservation({ holdId, amount, budgets }), wallMs);
    return reserved.kind === "held" ? reserved.budget : reserved;
  };

  scenario("a hold tells how the budget with the least room stands after it", async (stores) => {
    const { ledger } = stores;
    const resetAtMs = february;
    equal(await held(ledger, "bare", []), undefined, "where none is named");
    equal(
      await held(ledger, "h1", [workspace, key]),
      { budget: key, used: 0, held: 10, resetAtMs },
      "the key's, of two",
    );
    await ledger.settle(settlement({ holdId: "h1", charge: 4 }), wallMs);
    const narrow = { ...workspace, cap: 20 };
    equal(
      await held(ledger, "h2", [key, narrow]),
      { budget: narrow, used: 4, held: 10, resetAtMs },
      "the workspace's, whose cap has fallen",
    );
    equal(
      await held(ledger, "h2", [key, narrow]),
      { budget: narrow, used: 4, held: 10, resetAtMs },
      "for a hold that is asked for again",
    );
    equal(
      await held(ledger, "free", [key, { ...narrow, cap: 3 }], 0),
      { budget: { ...narrow, cap: 3 }, used: 4, held: 10, resetAtMs },
      "for a free call, although it has less room than none",
    );
  });
  scenario("of budgets with as little room, a hold tells of the first named", async (stores) => {
    const { ledger } = stores;
    const state = { used: 0, held: 10, resetAtMs: february };
    equal(await held(ledger, "h1", [project, key]), { budget: project, ...state }, "the project's");
    await ledger.release("h1", wallMs);
    equal(await held(ledger, "h2", [key, project]), { budget: key, ...state }, "the key's");
  });
}

function budgetScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("tells how budgets stand this month, in the order asked", async ({ ledger }) => {
    const budgets = [workspace, key];
    await ledger.reserve(reservation({ budgets }), wallMs);
    await ledger.settle(settlement({ charge: 7 }), wallMs);
    await ledger.reserve(reservation({ holdId: "open", amount: 3, budgets: [key] }), wallMs);
    const other: Budget = { scope: "project", id: "key_1", cap: 5 };
    const lower = { ...key, cap: 1 };
    equal(
      await ledger.budgets([lower, other, workspace], wallMs + 1),
      [
        { budget: lower, used: 7, held: 3, resetAtMs: february },
        { budget: other, used: 0, held: 0, resetAtMs: february },
        { budget: workspace, used: 7, held: 0, resetAtMs: february },
      ],
      "in January, as it is asked about",
    );
    equal(
      await ledger.budgets([key, workspace], february),
      [key, workspace].map((budget) => ({
        ...{ budget, used: 0, held: 0, resetAtMs: Date.UTC(2026, 2) },
      })),
      "in February",
    );
    equal(await ledger.budgets([], wallMs), [], "none");
  });
}

function grantScenarios(scenario: Scenario<LedgerOnly>): void {
  const grant = (id: string, amount: number, expiresAtMs?: number) => ({
    ...{ id, accountId: "acct_1", amount, reason: 'ä "bonus"' },
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  });
  const untouched = { held: 0, charged: 0, lapsed: 0 };

  scenario("tells what became of each grant, the newest first", async ({ ledger }) => {
    const [never, soon] = [grant("never", 40), grant("soon", 30, wallMs + DAY_MS)];
    await ledger.grant(never, wallMs);
    await ledger.grant(soon, wallMs);
    const told = (atMs: number) => ledger.grants("acct_1", { limit: 9 }, atMs);
    equal(
      await told(wallMs),
      [
        { ...soon, ...untouched, remaining: 30 },
        { ...never, ...untouched, remaining: 40 },
      ],
      "at first",
    );
    await ledger.reserve(reservation({ amount: 150 }), wallMs);
    await ledger.settle(settlement({ charge: 110 }), wallMs);
    await ledger.reserve(reservation({ holdId: "open", amount: 5 }), wallMs);
    const spent = { ...soon, charged: 10, held: 5 };
    const whole = { ...never, ...untouched, remaining: 40 };
    const before = [{ ...spent, remaining: 15, lapsed: 0 }, whole];
    const after = [{ ...spent, remaining: 0, lapsed: 15 }, whole];
    equal(await told(wallMs + DAY_MS - 1), before, "in the last instant of one");
    equal(await told(wallMs + DAY_MS), after, "when it is over, before anybody takes credits");
    await ledger.reserve(reservation({ holdId: "later", amount: 1 }), wallMs + DAY_MS);
    await ledger.release("later", wallMs + DAY_MS);
    equal(await told(wallMs + 2 * DAY_MS), after, "and after it");
    await ledger.release("open", wallMs + 2 * DAY_MS);
    const lapsed = { ...soon, remaining: 0, held: 0, charged: 10, lapsed: 20 };
    equal(await told(wallMs + 2 * DAY_MS), [lapsed, whole], "once nothing can come back");
  });
  scenario("tells of grants that are spent, in pages", async ({ ledger }) => {
    const theirs = { ...grant("theirs", 1), accountId: "acct_2" };
    await ledger.grant(grant("g5", 10), wallMs);
    await ledger.grant(theirs, wallMs + 1);
    await ledger.grant(grant("g1", 10, wallMs + DAY_MS), wallMs + 2);
    await ledger.grant(grant("g3", 0), wallMs + 2);
    const page = async (limit: number, after?: string) => {
      const about = { limit, ...(after !== undefined && { after }) };
      return (await ledger.grants("acct_1", about, wallMs)).map(({ id }) => id).join();
    };
    equal(await page(9), "g3,g1,g5", "all");
    await ledger.reserve(reservation({ amount: 120 }), wallMs);
    await ledger.settle(settlement({ charge: 120 }), wallMs);
    equal(await page(2), "g3,g1", "the first page");
    await ledger.grant(grant("g9", 1), wallMs);
    equal(await page(2, "g1"), "g5", "the page behind it");
    equal(await page(2, "g5"), "", "behind the oldest");
    equal(await page(2, "theirs"), "", "behind another account's");
    equal(await page(2, "never made"), "", "behind one that there is not");
    equal(await ledger.grants("acct_3", { limit: 9 }, wallMs), [], "another account's");
  });
}

function holdScenarios(scenario: Scenario<LedgerOnly>): void {
  const open = {
    ...{ id: "hold_1", accountId: "acct_1", operation: "create", keyId: "key_1", amount: 10 },
    ...{ charged: 0, overage: 0, state: "open", isJob: false, madeAtMs: wallMs },
    endedAtMs: undefined,
  } as const;

  scenario("tells of a hold while it is open, and how it ended", async ({ ledger }) => {
    await ledger.reserve(reservation({}), wallMs);
    equal(await ledger.hold("hold_1"), open, "while it is open");
    await ledger.settle(settlement({ charge: 10, overage: 5 }), wallMs + 7);
    equal(
      await ledger.hold("hold_1"),
      { ...open, state: "settled", charged: 10, overage: 5, endedAtMs: wallMs + 7 },
      "settled",
    );
    await ledger.reserve(reservation({ holdId: "h2", amount: 0 }), wallMs + 1);
    await ledger.release("h2", wallMs + 2);
    const free = { ...open, id: "h2", amount: 0, madeAtMs: wallMs + 1, endedAtMs: wallMs + 2 };
    equal(await ledger.hold("h2"), { ...free, state: "released" }, "released");
    await ledger.release("barred", wallMs);
    equal(await ledger.hold("barred"), undefined, "one that was barred before it was made");
    equal(await ledger.hold("nobody's"), undefined, "one that there never was");
  });
  scenario("tells which hold a job has, or had", async ({ ledger }) => {
    await ledger.reserve(reservation({}), wallMs);
    await ledger.detach(jobStart({}), wallMs);
    equal(await ledger.hold("hold_1"), { ...open, isJob: true }, "while it runs");
    await ledger.settle(settlement({ charge: 10 }), wallMs + 7);
    const ended = { ...open, isJob: true, state: "settled", charged: 10, endedAtMs: wallMs + 7 };
    equal(await ledger.hold("hold_1"), ended, "after its end");
  });
}

function oddScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("lists holds that ran out or cost more than was held", async ({ ledger }) => {
    const reserve = (holdId: string, accountId = "acct_1") => {
      const funds = { accountId, allowance: reservation({}).funds.allowance };
      return ledger.reserve(reservation({ holdId, funds }), wallMs);
    };
    for (const id of ["h5", "h1", "h3", "good"]) await reserve(id);
    await reserve("theirs", "acct_2");
    await reserve("released");
    await ledger.settle(settlement({ holdId: "good", charge: 10, overage: 0 }), wallMs);
    await ledger.release("released", wallMs);
    const odd = async (query: { accountId?: string; before?: string }, limit = 9) =>
      (await ledger.oddHolds({ ...query, limit })).map(({ id }) => id).join();
    equal(await odd({}), "", "while they are open");
    await ledger.settle(settlement({ holdId: "h3", charge: 10, overage: 1 }), wallMs);
    await ledger.expire(wallMs + DAY_MS, 100);
    equal(await odd({}), "theirs,h3,h1,h5", "all, in the order in which they were made");
    const [newest] = await ledger.oddHolds({ limit: 1 });
    equal(newest, await ledger.hold("theirs"), "as each is told of by itself");
    equal(await odd({ accountId: "acct_1" }), "h3,h1,h5", "an account's");
    equal(await odd({ accountId: "acct_1" }, 2), "h3,h1", "its first page");
    equal(await odd({ accountId: "acct_1", before: "h1" }, 2), "h5", "the page behind it");
    equal(await odd({ accountId: "acct_1", before: "theirs" }, 1), "h3", "behind another's");
    equal(await odd({ before: "good" }, 1), "h3", "behind one that is not odd");
    equal(await odd({ before: "h5" }), "", "behind the oldest");
    equal(await odd({ before: "never made" }), "", "behind one that there is not");
    equal(await odd({ accountId: "acct_3" }), "", "of no account");
  });
}

function entryScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("lists an account's entries in pages, the newest first", async ({ ledger }) => {
    const theirs = { accountId: "acct_2", allowance: reservation({}).funds.allowance };
    for (let at = 0; at < 3; at++) {
      await ledger.reserve(reservation({ holdId: `h${at}`, amount: 10 + at }), wallMs + at);
      await ledger.reserve(reservation({ holdId: `t${at}`, funds: theirs }), wallMs + at);
    }
    const page = (limit: number, before?: number) =>
      ledger.entries("acct_1", { limit, ...(before !== undefined && { before }) });
    const all = await page(9);
    equal(
      all.map(({ amount, holdId }) => `${amount} of ${holdId}`),
      ["12 of h2", "11 of h1", "10 of h0", "100 of undefined"],
      "all",
    );
    const first = await page(2);
    equal(first, all.slice(0, 2), "the first page");
    await ledger.release("h0", wallMs + 9);
    equal(await page(9, first[1]?.sequence), all.slice(2), "the page behind it");
    equal(await page(1, first[1]?.sequence), all.slice(2, 3), "a shorter one");
    equal(await page(9, all[3]?.sequence), [], "behind the oldest");
    const [newest] = await page(1);
    equal(await page(9, (newest?.sequence ?? 0) + 1_000), [], "behind one that there is not");
    equal(await page(9, 0), [], "behind no number of an entry");
    equal(await ledger.entries("acct_3", { limit: 9 }), [], "of no account");
    const { upTo, ...sums } = await ledger.booked("acct_1");
    equal(sums, { available: 77, held: 23 }, "the sums of all");
    const [last] = await page(1);
    equal(upTo >= (last?.sequence ?? 0), true, "up to the newest");
    const { available, held } = await ledger.booked("acct_3");
    equal([available, held], [0, 0], "the sums of no account");
  });
}
