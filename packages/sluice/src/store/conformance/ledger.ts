// What every implementation of Ledger does: L1 balances, holds and entries agree, L2 used + held is
// at most the cap, L3 each hold ends once, L4 what was answered stays, L5 a refusal names what
// really lacked credits, L6 each period is charged what was held in it.

import { seededRandom } from "../../base/index.ts";
import type { Ledger } from "../../gate/stores.ts";
import { check, equal, throws } from "./check.ts";
import { idempotencyScenarios } from "./idempotency.ts";
import { jobAnswerScenarios } from "./job-answers.ts";
import { jobScenarios } from "./jobs.ts";
import { checkEntries, storyOf } from "./ledger-entries.ts";
import { operatorScenarios } from "./ledger-operator.ts";
import { periodScenarios } from "./ledger-periods.ts";
import { funds, type LedgerOnly, reservation, settlement, wallMs } from "./ledger-samples.ts";
import { runLedgerTrace } from "./ledger-trace.ts";
import {
  type ConformanceOptions,
  type Make,
  type Scenario,
  type Suite,
  scenarios,
  withStores,
} from "./suite.ts";

const february = Date.UTC(2026, 1);

/** The suite of one port, for stores that have no other. */
export function ledgerConformance(
  suite: Suite,
  make: Make<LedgerOnly>,
  options: ConformanceOptions = {},
): void {
  const { traces = 500, seed = 1 } = options;
  suite.describe("Ledger", () => {
    const scenario = scenarios(suite, make);
    reserveScenarios(scenario);
    budgetScenarios(scenario);
    endingScenarios(scenario);
    deadlineScenarios(scenario);
    periodScenarios(scenario);
    operatorScenarios(scenario);
    suite.describe("Idempotency", () => idempotencyScenarios(scenario));
    suite.describe("Jobs", () => {
      jobScenarios(scenario);
      jobAnswerScenarios(scenario);
    });
    suite.it(`L1–L6: answers like the model over ${traces} random traces`, async () => {
      for (let trace = 0; trace < traces; trace++) {
        const name = `seed ${seed}, trace ${trace}`;
        await withStores(make, ({ ledger }) =>
          runLedgerTrace(ledger, seededRandom(name), name, wallMs),
        );
      }
    });
  });
}

function reserveScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("L2: 200 holds at once on a balance of 100 give exactly 100", async ({ ledger }) => {
    const reserved = await Promise.all(
      Array.from({ length: 200 }, async (_, at) =>
        ledger.reserve(reservation({ holdId: `hold ${at}`, amount: 1 }), wallMs),
      ),
    );
    equal(reserved.filter(({ kind }) => kind === "held").length, 100, "held");
    const refused = reserved.filter(({ kind }) => kind === "credits_exhausted");
    equal(refused.length, 100, "refused");
    const { remaining, held } = await ledger.balance(funds, wallMs);
    equal({ remaining, held }, { remaining: 0, held: 100 }, "the balance");
    await checkAudit(ledger);
  });
  scenario("L5: a refused hold takes nothing and says what remains", async ({ ledger }) => {
    equal(
      await ledger.reserve(reservation({ holdId: "h1", amount: 101 }), wallMs),
      { kind: "credits_exhausted", remaining: 100, resetAtMs: february },
      "one too many",
    );
    equal(
      await ledger.reserve(reservation({ holdId: "h2", amount: 100 }), wallMs),
      { kind: "held", remaining: 0 },
      "all there is",
    );
  });
  scenario("a free call is held however little there is", async ({ ledger }) => {
    const poor = { accountId: "acct_1", allowance: undefined };
    const budgets = [{ scope: "key", id: "key_1", cap: 0 }] as const;
    const free = reservation({ funds: poor, amount: 0, budgets });
    const budget = { budget: budgets[0], used: 0, held: 0, resetAtMs: february };
    equal(await ledger.reserve(free, wallMs), { kind: "held", remaining: 0, budget }, "the hold");
    const settled = await ledger.settle(settlement({ charge: 0 }), wallMs);
    equal(settled, { kind: "settled", charged: 0, remaining: 0 }, "the settlement");
  });
  scenario("a hold that is asked for again is the same hold", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30 }), wallMs);
    equal(
      await ledger.reserve(reservation({ amount: 30 }), wallMs),
      { kind: "held", remaining: 70 },
      "again, because the first answer was lost",
    );
    await ledger.settle(settlement({ charge: 30 }), wallMs);
    await throws(() => ledger.reserve(reservation({}), wallMs), "a hold that has ended");
    await checkAudit(ledger);
  });
}

function budgetScenarios(scenario: Scenario<LedgerOnly>): void {
  const workspace = { scope: "workspace", id: "ws_1", cap: 50 } as const;
  const project = { scope: "project", id: "prj_1", cap: 40 } as const;
  const key = { scope: "key", id: "key_1", cap: 30 } as const;
  const budgets = [workspace, project, key];

  scenario("L5: names the narrowest budget that is full, budgets first", async ({ ledger }) => {
    const ask = (amount: number) =>
      ledger.reserve(reservation({ holdId: `ask for ${amount}`, amount, budgets }), wallMs);
    await ledger.reserve(reservation({ amount: 20, budgets }), wallMs);
    await ledger.settle(settlement({ charge: 20 }), wallMs);
    const full = { kind: "budget_exceeded", used: 20, held: 0, resetAtMs: february };
    equal(await ask(1_000), { ...full, budget: key }, "all full, the account too");
    equal(await ask(11), { ...full, budget: key }, "the key's is full");
    equal((await ask(10)).kind, "held", "just enough");
    const wider = [workspace, project];
    const other = reservation({ holdId: "other", amount: 21, budgets: wider });
    equal(
      await ledger.reserve(other, wallMs),
      { ...full, budget: project, held: 10 },
      "the project's, over which the key's call holds 10",
    );
    await checkAudit(ledger);
  });
  scenario(
    "L2: what is held counts against a budget, and a release frees it",
    async ({ ledger }) => {
      await ledger.reserve(reservation({ amount: 30, budgets: [key] }), wallMs);
      const second = reservation({ holdId: "second", amount: 1, budgets: [key] });
      equal((await ledger.reserve(second, wallMs)).kind, "budget_exceeded", "while it is held");
      await ledger.release("hold_1", wallMs);
      equal((await ledger.reserve(second, wallMs)).kind, "held", "once it is released");
      await checkAudit(ledger);
    },
  );
  scenario("a budget starts anew with the UTC month", async ({ ledger }) => {
    const endOfJanuary = Date.UTC(2026, 0, 31, 23, 59, 59, 999);
    await ledger.reserve(reservation({ amount: 30, budgets: [key] }), endOfJanuary);
    const second = reservation({ holdId: "second", amount: 30, budgets: [key] });
    equal(
      await ledger.reserve(second, endOfJanuary),
      { kind: "budget_exceeded", budget: key, used: 0, held: 30, resetAtMs: endOfJanuary + 1 },
      "in January",
    );
    equal((await ledger.reserve(second, endOfJanuary + 1)).kind, "held", "in February");
    await ledger.settle(settlement({ charge: 30 }), endOfJanuary + 1);
    await checkAudit(ledger);
  });
}

function endingScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("a settlement charges its part and gives back the rest", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30 }), wallMs);
    const settled = await ledger.settle(settlement({ charge: 12 }), wallMs);
    equal(settled, { kind: "settled", charged: 12, remaining: 88 }, "the settlement");
    const { held, used } = await ledger.balance(funds, wallMs);
    equal({ held, used }, { held: 0, used: 12 }, "the balance");
  });
  scenario("L3: a hold ends once, whatever comes after", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30 }), wallMs);
    const first = await ledger.settle(settlement({ charge: 12 }), wallMs);
    equal(await ledger.settle(settlement({ charge: 30 }), wallMs), first, "settled again");
    await ledger.release("hold_1", wallMs);
    equal(await ledger.settle(settlement({ charge: 0 }), wallMs), first, "after a release");
    await checkAudit(ledger);
  });
  scenario("L3: twenty settlements at once charge once", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30 }), wallMs);
    const settled = await Promise.all(
      Array.from({ length: 20 }, async () => ledger.settle(settlement({ charge: 12 }), wallMs)),
    );
    const first = { kind: "settled", charged: 12, remaining: 88 };
    for (const each of settled) equal(each, first, "each answers the first outcome");
    await checkAudit(ledger);
  });
  scenario("L3: a released hold is never charged", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30 }), wallMs);
    await ledger.release("hold_1", wallMs);
    await ledger.release("hold_1", wallMs);
    const settled = await ledger.settle(settlement({ charge: 30 }), wallMs);
    equal(settled, { kind: "released", charged: 0, remaining: 100 }, "a settlement after it");
    await checkAudit(ledger);
  });
  scenario("L3: a hold released before it was made is never made", async ({ ledger }) => {
    await ledger.release("hold_1", wallMs);
    await throws(() => ledger.reserve(reservation({}), wallMs), "reserving it");
    equal((await ledger.balance(funds, wallMs)).held, 0, "nothing is held");
  });
  scenario("a settlement without a hold charges nothing", async ({ ledger }) => {
    const settled = await ledger.settle(settlement({ charge: 5 }), wallMs);
    equal(settled, { kind: "unknown", charged: 0, remaining: 0 }, "the settlement");
  });
  scenario(
    "L2: a charge above the hold is refused, an overage only recorded",
    async ({ ledger }) => {
      await ledger.reserve(reservation({ amount: 30 }), wallMs);
      await throws(() => ledger.settle(settlement({ charge: 31 }), wallMs), "charging more");
      const settled = await ledger.settle(settlement({ charge: 30, overage: 5 }), wallMs);
      equal(settled, { kind: "settled", charged: 30, remaining: 70 }, "with an overage");
    },
  );
  scenario("L1: the entries tell the whole story, and are only appended", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30 }), wallMs);
    const before = await storyOf(ledger, "acct_1");
    await ledger.settle(settlement({ charge: 12 }), wallMs + 1);
    const after = await storyOf(ledger, "acct_1");
    equal(after.slice(0, before.length), before, "what was there");
    const moved = after.map(({ from, to, amount }) => `${amount} ${from} → ${to}`);
    equal(
      moved,
      ["100 issued → available", "30 available → held", "12 held → charged", "18 held → available"],
      "the entries",
    );
    checkEntries(after, "acct_1", [{ id: "hold_1", held: 0, charged: 12 }], "entries");
    equal(await storyOf(ledger, "acct_2"), [], "another account");
  });
}

function deadlineScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("L3: a hold past its deadline expires uncharged, once", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 30, expiresAtMs: wallMs + 1_000 }), wallMs);
    equal(await ledger.expire(wallMs + 999, 10), [], "before its deadline");
    equal(await ledger.expire(wallMs + 1_000, 10), ["hold_1"], "at its deadline");
    equal(await ledger.expire(wallMs + 1_000, 10), [], "again");
    const late = await ledger.settle(settlement({ charge: 30 }), wallMs + 1_001);
    equal(late, { kind: "expired", charged: 0, remaining: 100 }, "a settlement after it");
    await checkAudit(ledger);
  });
  scenario(
    "holds that are not due yet expire when somebody says so, as of now",
    async ({ ledger }) => {
      await ledger.reserve(reservation({ amount: 30, expiresAtMs: wallMs + 9_000 }), wallMs);
      equal(await ledger.expire(wallMs + 1, 10, wallMs + 8_999), [], "before what was said");
      const all = await ledger.expire(wallMs + 1, 10, Number.POSITIVE_INFINITY);
      equal(all, ["hold_1"], "whatever its deadline");
      equal((await storyOf(ledger, "acct_1")).at(-1)?.atMs, wallMs + 1, "the moment of its end");
      await checkAudit(ledger);
    },
  );
  scenario("an open hold's deadline moves, an ended one's does not", async ({ ledger }) => {
    await ledger.reserve(reservation({ expiresAtMs: wallMs + 1_000 }), wallMs);
    await ledger.reserve(reservation({ holdId: "ended", expiresAtMs: wallMs + 1_000 }), wallMs);
    await ledger.release("ended", wallMs);
    await ledger.extend(["hold_1", "ended", "never made"], wallMs + 5_000);
    equal(await ledger.expire(wallMs + 4_999, 10), [], "before the new deadline");
    equal(await ledger.expire(wallMs + 5_000, 10), ["hold_1"], "at the new deadline");
  });
  scenario("a sweep ends no more holds than it was told", async ({ ledger }) => {
    for (let at = 0; at < 5; at++) {
      await ledger.reserve(reservation({ holdId: `hold ${at}`, expiresAtMs: wallMs }), wallMs);
    }
    const swept: number[] = [];
    for (let sweep = 0; sweep < 4; sweep++) swept.push((await ledger.expire(wallMs, 2)).length);
    equal(swept, [2, 2, 1, 0], "by sweep");
    check((await ledger.balance(funds, wallMs)).held === 0, "nothing is held");
  });
}

async function checkAudit(ledger: Ledger): Promise<void> {
  equal(await ledger.audit(), [], "the audit");
}
