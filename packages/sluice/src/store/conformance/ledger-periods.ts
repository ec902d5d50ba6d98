// Allowances and grants over time: what is spent first, what lapses, and when a period begins.

import { DAY_MS } from "../../base/index.ts";
import type { Allowance } from "../../contract/index.ts";
import type { Ledger } from "../../gate/stores.ts";
import { equal } from "./check.ts";
import { funds, type LedgerOnly, reservation, settlement, wallMs } from "./ledger-samples.ts";
import type { Scenario } from "./suite.ts";

const january = Date.UTC(2026, 0);
const february = Date.UTC(2026, 1);

export function periodScenarios(scenario: Scenario<LedgerOnly>): void {
  monthScenarios(scenario);
  lazyScenarios(scenario);
  planScenarios(scenario);
  grantScenarios(scenario);
}

function monthScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("a monthly allowance starts anew with the UTC month", async ({ ledger }) => {
    await spend(ledger, "h1", 60, february - 1);
    equal(
      await ledger.balance(funds, february - 1),
      { remaining: 40, held: 0, used: 60, allowance: 100, periodStartMs: january },
      "in its last instant",
    );
    equal(
      await ledger.balance(funds, february),
      { remaining: 100, held: 0, used: 0, allowance: 100, periodStartMs: february },
      "in the first of the next, before anybody spends",
    );
    equal((await spend(ledger, "h2", 100, february)).kind, "held", "no more and no less");
    equal(
      await spend(ledger, "h3", 1, february),
      { kind: "credits_exhausted", remaining: 0, resetAtMs: Date.UTC(2026, 2) },
      "no roll-over",
    );
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("L6: a hold settles into the period in which it was made", async ({ ledger }) => {
    await ledger.reserve(reservation({ amount: 60 }), february - 1);
    await spend(ledger, "h2", 10, february);
    equal(
      await ledger.balance(funds, february),
      { remaining: 90, held: 60, used: 10, allowance: 100, periodStartMs: february },
      "while the old hold is open",
    );
    const settled = await ledger.settle(settlement({ charge: 25 }), february + 1);
    equal(settled, { kind: "settled", charged: 25, remaining: 90 }, "what it gives back lapses");
    equal((await ledger.balance(funds, february + 1)).used, 10, "used in the new period");
    equal(await ledger.audit(), [], "the audit");
  });
}

function lazyScenarios(scenario: Scenario<LedgerOnly>): void {
  const lazily: Allowance = { credits: 100, reset: { kind: "lazy", everyMs: 30 * DAY_MS } };
  const lazy = { accountId: "acct_1", allowance: lazily };
  const untouched = { held: 0, used: 0, allowance: 100, periodStartMs: undefined };

  scenario("a lazy period begins with the first hold that costs something", async ({ ledger }) => {
    equal(await ledger.balance(lazy, wallMs), { remaining: 100, ...untouched }, "at first");
    await spend(ledger, "free", 0, wallMs, lazily);
    equal(await ledger.balance(lazy, wallMs), { remaining: 100, ...untouched }, "a free call");
    const refused = await spend(ledger, "too much", 101, wallMs, lazily);
    equal(
      refused,
      { kind: "credits_exhausted", remaining: 100, resetAtMs: undefined },
      "more than there is, of a period that nobody has begun",
    );
    equal(await ledger.balance(lazy, wallMs), { remaining: 100, ...untouched }, "a refused call");
    await spend(ledger, "h1", 30, wallMs + 5, lazily);
    equal(
      await ledger.balance(lazy, wallMs + 6),
      { remaining: 70, held: 0, used: 30, allowance: 100, periodStartMs: wallMs + 5 },
      "a call that cost 30",
    );
  });
  scenario("a lazy period ends when somebody spends after its length", async ({ ledger }) => {
    await spend(ledger, "h1", 90, wallMs, lazily);
    const endMs = wallMs + 30 * DAY_MS;
    equal(
      await spend(ledger, "too much", 11, endMs - 1, lazily),
      { kind: "credits_exhausted", remaining: 10, resetAtMs: endMs },
      "a call that must wait for the next one",
    );
    equal((await ledger.balance(lazy, endMs - 1)).remaining, 10, "in its last instant");
    equal(await ledger.balance(lazy, endMs), { remaining: 100, ...untouched }, "after it");
    const laterMs = endMs + 12 * DAY_MS;
    equal((await spend(ledger, "h2", 40, laterMs, lazily)).kind, "held", "twelve days idle");
    const { remaining, periodStartMs } = await ledger.balance(lazy, laterMs);
    equal({ remaining, periodStartMs }, { remaining: 60, periodStartMs: laterMs }, "the new one");
    equal(await ledger.audit(), [], "the audit");
  });
}

function planScenarios(scenario: Scenario<LedgerOnly>): void {
  const month = (credits: number): Allowance => ({ credits, reset: { kind: "calendar_month" } });

  scenario("another allowance takes effect at once", async ({ ledger }) => {
    await spend(ledger, "h1", 60, wallMs);
    const more = { accountId: "acct_1", allowance: month(500) };
    equal((await ledger.balance(more, wallMs)).remaining, 440, "more");
    equal((await spend(ledger, "h2", 440, wallMs, month(500))).kind, "held", "and all of it");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario(
    "L2: a smaller allowance leaves nothing, never less than nothing",
    async ({ ledger }) => {
      await spend(ledger, "h1", 60, wallMs);
      await ledger.reserve(reservation({ holdId: "open", amount: 20 }), wallMs);
      const less = { accountId: "acct_1", allowance: month(50) };
      equal((await ledger.balance(less, wallMs)).remaining, 0, "the balance");
      const refused = await spend(ledger, "h2", 1, wallMs, month(50));
      equal(refused, { kind: "credits_exhausted", remaining: 0, resetAtMs: february }, "a call");
      await ledger.grant({ id: "g1", accountId: "acct_1", amount: 5, reason: "top-up" }, wallMs);
      equal((await spend(ledger, "h3", 5, wallMs, month(50))).kind, "held", "with a grant");
      const settled = await ledger.settle(settlement({ holdId: "open", charge: 20 }), wallMs);
      equal(settled.charged, 20, "the hold that was open is good");
      equal(await ledger.audit(), [], "the audit");
    },
  );
}

function grantScenarios(scenario: Scenario<LedgerOnly>): void {
  const grant = (id: string, amount: number, expiresAtMs?: number) => ({
    id,
    accountId: "acct_1",
    amount,
    reason: "bonus",
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  });
  const remaining = async (ledger: Ledger, atMs: number) =>
    (await ledger.balance(funds, atMs)).remaining;

  scenario("a grant counts once, however often it is made", async ({ ledger }) => {
    for (let times = 0; times < 3; times++) await ledger.grant(grant("g1", 50), wallMs);
    await Promise.all(Array.from({ length: 10 }, async () => ledger.grant(grant("g2", 7), wallMs)));
    equal(await remaining(ledger, wallMs), 157, "the balance");
    await spend(ledger, "h1", 157, wallMs);
    await ledger.grant(grant("g1", 50), wallMs);
    equal(await remaining(ledger, wallMs), 0, "also once it is spent");
  });
  scenario("an account without an allowance never starts anew", async ({ ledger }) => {
    await ledger.grant(grant("g1", 50), wallMs);
    const bare = { accountId: "acct_1", allowance: undefined };
    equal(
      await ledger.reserve(reservation({ funds: bare, amount: 51 }), wallMs),
      { kind: "credits_exhausted", remaining: 50, resetAtMs: undefined },
      "more than was granted",
    );
  });
  scenario("grants are spent after the allowance, soonest-expiring first", async ({ ledger }) => {
    await ledger.grant(grant("never", 10), wallMs);
    await ledger.grant(grant("late", 10, wallMs + 3 * DAY_MS), wallMs);
    await ledger.grant(grant("soon", 10, wallMs + DAY_MS), wallMs);
    await spend(ledger, "h1", 115, wallMs);
    equal(await remaining(ledger, wallMs), 15, "the allowance, soon, and half of late");
    equal(await remaining(ledger, wallMs + DAY_MS), 15, "soon was spent before it expired");
    equal(await remaining(ledger, wallMs + 3 * DAY_MS), 10, "late's other half lapsed");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("a settlement gives back to the last pots first", async ({ ledger }) => {
    await ledger.grant(grant("never", 30), wallMs);
    await ledger.reserve(reservation({ amount: 120 }), wallMs);
    await ledger.settle(settlement({ charge: 90 }), wallMs);
    equal(await remaining(ledger, february), 130, "the grant was not touched");
  });
  scenario("L6: what comes back to an expired grant lapses", async ({ ledger }) => {
    await ledger.grant(grant("soon", 30, wallMs + DAY_MS), wallMs);
    await ledger.reserve(reservation({ amount: 120 }), wallMs);
    await ledger.release("hold_1", wallMs + DAY_MS);
    equal(await remaining(ledger, wallMs + DAY_MS), 100, "only the allowance comes back");
    equal(await ledger.audit(), [], "the audit");
  });
}

/** A call that costs `amount`, from start to end. */
async function spend(
  ledger: Ledger,
  holdId: string,
  amount: number,
  atMs: number,
  allowance: Allowance | undefined = funds.allowance,
) {
  const call = reservation({ holdId, amount, funds: { accountId: "acct_1", allowance } });
  const reserved = await ledger.reserve(call, atMs);
  if (reserved.kind === "held") await ledger.settle(settlement({ holdId, charge: amount }), atMs);
  return reserved;
}
