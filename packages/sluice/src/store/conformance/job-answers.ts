// What an idempotency key leads to when its call has started a job: the answer of the call, for its
// time, however and whenever the job ends.

import { equal } from "./check.ts";
import {
  jobAnswer as answer,
  funds,
  idempotency,
  jobStart,
  type LedgerOnly,
  reservation,
  settlement,
  wallMs,
} from "./ledger-samples.ts";
import type { Scenario } from "./suite.ts";

const first = reservation({ amount: 30, idempotency: idempotency({}) });
const second = reservation({ holdId: "hold_2", idempotency: idempotency({}) });

export function jobAnswerScenarios(scenario: Scenario<LedgerOnly>): void {
  forItsTimeScenarios(scenario);
  lateScenarios(scenario);
}

function forItsTimeScenarios(scenario: Scenario<LedgerOnly>): void {
  const replay = { kind: "replay", answer };

  scenario("the call of a job is replayed while the job runs, uncharged", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.detach(jobStart({ answer }), wallMs);
    equal(await ledger.recall(idempotency({}), wallMs), replay, "recall");
    equal(await ledger.reserve(second, wallMs), replay, "reserve");
    const other = idempotency({ fingerprint: "f2" });
    equal(await ledger.recall(other, wallMs), { kind: "key_reused" }, "with another body");
    equal((await ledger.balance(funds, wallMs)).held, 30, "held for the first alone");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("a job that was started without an answer has none, also later", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.detach(jobStart({}), wallMs);
    equal(await ledger.reserve(second, wallMs), { kind: "no_answer" }, "while it runs");
    await ledger.settle(settlement({ charge: 30, answer }), wallMs);
    equal(
      await ledger.recall(idempotency({}), wallMs),
      { kind: "no_answer" },
      "once it is settled",
    );
    await ledger.detach(jobStart({ answer }), wallMs);
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "no_answer" }, "left once more");
  });
  for (const end of ["settled", "released", "expired"] as const) {
    scenario(`the answer stays for its time when the job is ${end}`, async ({ ledger }) => {
      await ledger.reserve(first, wallMs);
      const expiresAtMs = wallMs + 1_000;
      await ledger.detach(jobStart({ answer, rememberMs: 5_000, expiresAtMs }), wallMs);
      if (end === "settled") await ledger.settle(settlement({ rememberMs: 9_000 }), wallMs + 1_000);
      else if (end === "released") await ledger.release("hold_1", wallMs + 1_000);
      else await ledger.expire(wallMs + 1_000, 10);
      equal(await ledger.detach(jobStart({}), wallMs + 1_000), { kind: end }, "its end");
      equal(await ledger.recall(idempotency({}), wallMs + 4_999), replay, "in its last instant");
      equal(await ledger.recall(idempotency({}), wallMs + 5_000), { kind: "unknown" }, "then");
      equal((await ledger.reserve(second, wallMs + 5_000)).kind, "held", "it can be used again");
    });
    scenario(`a job that is ${end} leaves alone who uses its key since`, async ({ ledger }) => {
      await ledger.reserve(first, wallMs);
      const expiresAtMs = wallMs + 1_000;
      await ledger.detach(jobStart({ answer, rememberMs: 500, expiresAtMs }), wallMs);
      equal((await ledger.reserve(second, wallMs + 1_000)).kind, "held", "the key is free again");
      if (end === "settled") await ledger.settle(settlement({ answer }), wallMs + 1_000);
      else if (end === "released") await ledger.release("hold_1", wallMs + 1_000);
      else await ledger.expire(wallMs + 1_000, 10);
      const recalled = await ledger.recall(idempotency({}), wallMs + 1_000);
      equal(recalled, { kind: "in_progress" }, "the second's");
      equal(await ledger.audit(), [], "the audit");
    });
  }
}

function lateScenarios(scenario: Scenario<LedgerOnly>): void {
  const recallAt = idempotency({});

  scenario("a job may be quicker than the answer of its call", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.settle(settlement({ charge: 30, rememberMs: 1_000 }), wallMs);
    equal(await ledger.recall(recallAt, wallMs), { kind: "no_answer" }, "until it is there");
    const start = jobStart({ answer, rememberMs: 5_000 });
    equal(await ledger.detach(start, wallMs + 1), { kind: "settled" }, "the answer's coming");
    const other = { ...start, answer: { ...answer, body: "another" } };
    equal(await ledger.detach(other, wallMs + 2), { kind: "settled" }, "another answer");
    const replay = { kind: "replay", answer };
    equal(await ledger.recall(recallAt, wallMs + 5_000), replay, "in its last instant");
    equal(await ledger.recall(recallAt, wallMs + 5_001), { kind: "unknown" }, "then");
    equal(await ledger.jobs(), [], "the jobs");
    equal((await ledger.balance(funds, wallMs)).used, 30, "what was charged");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("an answer too late for its record brings nothing back", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.settle(settlement({ rememberMs: 1_000 }), wallMs);
    equal(await ledger.detach(jobStart({ answer }), wallMs + 1_000), { kind: "settled" }, "it");
    equal(await ledger.recall(recallAt, wallMs + 1_000), { kind: "unknown" }, "the record");
  });
  scenario("an answer too late leaves alone who uses its key since", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.settle(settlement({ rememberMs: 0 }), wallMs);
    equal((await ledger.reserve(second, wallMs)).kind, "held", "the key is free again");
    await ledger.detach(jobStart({ answer }), wallMs);
    equal(await ledger.recall(recallAt, wallMs), { kind: "in_progress" }, "while it is held");
    await ledger.settle(settlement({ holdId: "hold_2" }), wallMs);
    await ledger.detach(jobStart({ answer }), wallMs);
    equal(await ledger.recall(recallAt, wallMs), { kind: "no_answer" }, "once it is settled");
  });
  scenario("an answer replaces none that a settlement brought", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    const settled = { ...answer, body: "of the settlement" };
    await ledger.settle(settlement({ answer: settled }), wallMs);
    await ledger.detach(jobStart({ answer }), wallMs);
    equal(await ledger.recall(recallAt, wallMs), { kind: "replay", answer: settled }, "it");
  });
  scenario("an answer of an expired or a released call is stored nowhere", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.release("hold_1", wallMs);
    equal(await ledger.detach(jobStart({ answer }), wallMs), { kind: "released" }, "the first");
    equal(await ledger.recall(recallAt, wallMs), { kind: "unknown" }, "of a released call");
    await ledger.reserve(second, wallMs);
    await ledger.expire(first.expiresAtMs, 10);
    const start = jobStart({ holdId: "hold_2", answer });
    equal(await ledger.detach(start, wallMs), { kind: "expired" }, "the second");
    equal(await ledger.recall(recallAt, wallMs), { kind: "no_answer" }, "of an expired call");
  });
}
