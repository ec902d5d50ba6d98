// What an idempotency key leads to, at each moment of the call that came first.

import type { StoredAnswer } from "../../gate/stores.ts";
import { equal } from "./check.ts";
import {
  funds,
  idempotency,
  type LedgerOnly,
  reservation,
  settlement,
  wallMs,
} from "./ledger-samples.ts";
import type { Scenario } from "./suite.ts";

const answer: StoredAnswer = {
  status: 201,
  headers: ["Content-Type", "application/json", "X-Note", 'ä, "quoted"'],
  body: '{"id":"❤"}\n',
  requestId: "hold_1",
};
const first = reservation({ idempotency: idempotency({}) });
const second = reservation({ holdId: "hold_2", idempotency: idempotency({}) });

export function idempotencyScenarios(scenario: Scenario<LedgerOnly>): void {
  duringScenarios(scenario);
  afterScenarios(scenario);
  differentScenarios(scenario);
}

function duringScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("a key that nobody used is unknown", async ({ ledger }) => {
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "unknown" }, "recall");
    equal(await ledger.reserve(first, wallMs), { kind: "held", remaining: 90 }, "reserve");
  });
  scenario(
    "while the first call runs, the second is told so and holds nothing",
    async ({ ledger }) => {
      await ledger.reserve(first, wallMs);
      equal(await ledger.recall(idempotency({}), wallMs), { kind: "in_progress" }, "recall");
      equal(await ledger.reserve(second, wallMs), { kind: "in_progress" }, "reserve");
      equal((await ledger.balance(funds, wallMs)).held, 10, "held for the first alone");
    },
  );
  scenario("of fifty calls at once with one key, one is held", async ({ ledger }) => {
    const reserved = await Promise.all(
      Array.from({ length: 50 }, async (_, at) =>
        ledger.reserve({ ...first, holdId: `hold ${at}` }, wallMs),
      ),
    );
    equal(reserved.filter(({ kind }) => kind === "held").length, 1, "held");
    equal(reserved.filter(({ kind }) => kind === "in_progress").length, 49, "in progress");
    equal((await ledger.balance(funds, wallMs)).held, 10, "credits held");
  });
  scenario("a refused hold leaves no record", async ({ ledger }) => {
    const tooMuch = { ...first, amount: 1_000 };
    equal((await ledger.reserve(tooMuch, wallMs)).kind, "credits_exhausted", "the first");
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "unknown" }, "recall");
  });
}

function afterScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("an answered call is replayed, to the byte and uncharged", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.settle(settlement({ charge: 10, answer }), wallMs);
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "replay", answer }, "recall");
    equal(await ledger.reserve(second, wallMs), { kind: "replay", answer }, "reserve");
    const { remaining, held } = await ledger.balance(funds, wallMs);
    equal({ remaining, held }, { remaining: 90, held: 0 }, "the balance");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("a free call is replayed too", async ({ ledger }) => {
    await ledger.reserve({ ...first, amount: 0 }, wallMs);
    await ledger.settle(settlement({ answer }), wallMs);
    equal(await ledger.reserve({ ...second, amount: 0 }, wallMs), { kind: "replay", answer }, "it");
  });
  scenario("a call that was settled without an answer has none", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.settle(settlement({ charge: 10 }), wallMs);
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "no_answer" }, "recall");
    equal(await ledger.reserve(second, wallMs), { kind: "no_answer" }, "reserve");
  });
  scenario("a call whose hold expired has no answer", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.expire(first.expiresAtMs, 10);
    equal(await ledger.reserve(second, first.expiresAtMs), { kind: "no_answer" }, "reserve");
    await ledger.settle(settlement({ charge: 10, answer }), first.expiresAtMs);
    equal(await ledger.reserve(second, first.expiresAtMs), { kind: "no_answer" }, "a late answer");
  });
  scenario("the key of a released call can be used again", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.release("hold_1", wallMs);
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "unknown" }, "recall");
    equal(await ledger.reserve(second, wallMs), { kind: "held", remaining: 90 }, "reserve");
    await ledger.release("hold_1", wallMs);
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "in_progress" }, "the second's");
  });
  scenario("an answer is forgotten when its time is over", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.settle(settlement({ charge: 10, answer, rememberMs: 5_000 }), wallMs + 100);
    const lastMs = wallMs + 5_099;
    equal((await ledger.recall(idempotency({}), lastMs)).kind, "replay", "in its last instant");
    equal((await ledger.recall(idempotency({}), lastMs + 1)).kind, "unknown", "then");
    equal((await ledger.reserve(second, lastMs + 1)).kind, "held", "it can be used again");
    equal((await ledger.recall(idempotency({}), lastMs + 1)).kind, "in_progress", "and is");
  });
}

function differentScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("one key with another body is refused, running or answered", async ({ ledger }) => {
    const other = idempotency({ fingerprint: "f2" });
    await ledger.reserve(first, wallMs);
    const third = reservation({ holdId: "hold_3", idempotency: other });
    equal(await ledger.reserve(third, wallMs), { kind: "key_reused" }, "while it runs");
    await ledger.settle(settlement({ charge: 10, answer }), wallMs);
    equal(await ledger.reserve(third, wallMs), { kind: "key_reused" }, "once it is answered");
    equal(await ledger.recall(other, wallMs), { kind: "key_reused" }, "recall");
  });
  scenario("two accounts may use one key, and so may two operations", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    // Also where names run into each other.
    const others = [
      idempotency({ accountId: "acct_2", fingerprint: "f2" }),
      idempotency({ operation: "delete", fingerprint: "f3" }),
      idempotency({ accountId: "acct_1c", operation: "reate" }),
      idempotency({ operation: "createorder", key: "-7" }),
      idempotency({ operation: "", key: "createorder-7" }),
    ];
    for (const [at, each] of others.entries()) {
      equal(await ledger.recall(each, wallMs), { kind: "unknown" }, `recall of other ${at}`);
      const call = reservation({ holdId: `other ${at}`, idempotency: each });
      equal((await ledger.reserve(call, wallMs)).kind, "held", `other ${at}`);
    }
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "in_progress" }, "the first");
  });
}
