// What Ledger does with holds that were left to jobs: they outlive their calls, and end like any other.

import { equal } from "./check.ts";
import {
  funds,
  idempotency,
  jobAnswer,
  jobStart,
  type LedgerOnly,
  reservation,
  settlement,
  wallMs,
} from "./ledger-samples.ts";
import type { Scenario } from "./suite.ts";

const first = reservation({ amount: 30, idempotency: idempotency({}) });
const always = Number.POSITIVE_INFINITY;

export function jobScenarios(scenario: Scenario<LedgerOnly>): void {
  runningScenarios(scenario);
  endScenarios(scenario);
  deadlineScenarios(scenario);
}

function runningScenarios(scenario: Scenario<LedgerOnly>): void {
  const job = {
    ...{ holdId: "hold_1", accountId: "acct_1", operation: "create", keyId: "key_1" },
    ...{ amount: 30, slots: ["jobs", 'acct_1/"ä"'], expiresAtMs: wallMs + 3_600_000 },
  };

  scenario(
    "a hold that was left to a job stays held, and tells whose it is",
    async ({ ledger }) => {
      await ledger.reserve(first, wallMs);
      equal(await ledger.job("hold_1"), undefined, "the job, before there is one");
      equal(await ledger.detach(jobStart({}), wallMs), { kind: "detached" }, "the start");
      equal(await ledger.job("hold_1"), job, "the job");
      equal(await ledger.jobs(), [job], "all jobs");
      const { held, remaining } = await ledger.balance(funds, wallMs);
      equal({ held, remaining }, { held: 30, remaining: 70 }, "the balance");
      equal(await ledger.audit(), [], "the audit");
    },
  );
  scenario("leaving a hold to a job again changes nothing", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    const starts = [jobStart({}), jobStart({}), jobStart({})];
    const started = await Promise.all(starts.map(async (one) => ledger.detach(one, wallMs)));
    const other = jobStart({ slots: ["other"], expiresAtMs: wallMs, answer: jobAnswer });
    started.push(await ledger.detach(other, wallMs + 1));
    for (const each of started) equal(each, { kind: "detached" }, "each start");
    equal(await ledger.jobs(), [job], "the jobs");
    equal(await ledger.recall(idempotency({}), wallMs), { kind: "no_answer" }, "the record");
  });
  scenario("jobs are listed while they run, the oldest first", async ({ ledger }) => {
    const ids = ["z", "settled", "b", "released", "a", "call", "expired", "y"];
    for (const holdId of ids) await ledger.reserve(reservation({ holdId, amount: 1 }), wallMs);
    for (const holdId of ids.filter((id) => id !== "call").toReversed()) {
      const expiresAtMs = holdId === "expired" ? wallMs : wallMs + 5_000;
      await ledger.detach(jobStart({ holdId, expiresAtMs, slots: [] }), wallMs);
    }
    await ledger.settle(settlement({ holdId: "settled" }), wallMs);
    await ledger.release("released", wallMs);
    await ledger.expire(wallMs, 10);
    const running = (await ledger.jobs()).map(({ holdId }) => holdId);
    equal(running, ["z", "b", "a", "y"], "by the age of their holds");
    for (const holdId of ["settled", "released", "expired", "call", "never made"]) {
      equal(await ledger.job(holdId), undefined, `the job of "${holdId}"`);
    }
  });
  scenario("a free call's hold is left to a job too", async ({ ledger }) => {
    await ledger.reserve({ ...first, amount: 0 }, wallMs);
    equal(await ledger.detach(jobStart({}), wallMs), { kind: "detached" }, "the start");
    equal(await ledger.jobs(), [{ ...job, amount: 0 }], "the jobs");
  });
  scenario("what was told of a job does not change with the caller's list", async ({ ledger }) => {
    const slots = ["jobs"];
    await ledger.reserve(first, wallMs);
    await ledger.detach(jobStart({ slots }), wallMs);
    slots.push("other");
    equal((await ledger.job("hold_1"))?.slots, ["jobs"], "its slots");
  });
}

function endScenarios(scenario: Scenario<LedgerOnly>): void {
  scenario("L3: a job is charged once, as any call", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.detach(jobStart({}), wallMs);
    const settled = await ledger.settle(settlement({ charge: 12 }), wallMs + 9);
    equal(settled, { kind: "settled", charged: 12, remaining: 88 }, "the settlement");
    equal(await ledger.settle(settlement({ charge: 30 }), wallMs + 9), settled, "again");
    await ledger.release("hold_1", wallMs + 9);
    equal(await ledger.detach(jobStart({}), wallMs + 9), { kind: "settled" }, "left once more");
    equal(await ledger.jobs(), [], "the jobs");
    const { held, used } = await ledger.balance(funds, wallMs + 9);
    equal({ held, used }, { held: 0, used: 12 }, "the balance");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("L3: a released job is never charged", async ({ ledger }) => {
    await ledger.reserve(first, wallMs);
    await ledger.detach(jobStart({}), wallMs);
    await ledger.release("hold_1", wallMs);
    const late = await ledger.settle(settlement({ charge: 30 }), wallMs);
    equal(late, { kind: "released", charged: 0, remaining: 100 }, "a settlement after it");
    equal(await ledger.detach(jobStart({}), wallMs), { kind: "released" }, "left once more");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario(
    "L3: made, left to a job and ended all at once, a hold ends once",
    async ({ ledger }) => {
      const done = await Promise.all([
        (async () => ledger.reserve(first, wallMs))(),
        (async () => ledger.detach(jobStart({ answer: jobAnswer }), wallMs))(),
        (async () => ledger.jobs())(),
        (async () => ledger.settle(settlement({ charge: 30 }), wallMs))(),
        (async () => ledger.detach(jobStart({}), wallMs))(),
        (async () => ledger.jobs())(),
      ]);
      equal(
        done.map((one) => ("kind" in one ? one.kind : one.length)),
        ["held", "detached", 1, "settled", "settled", 0],
        "the answers",
      );
      equal(
        await ledger.recall(idempotency({}), wallMs),
        { kind: "replay", answer: jobAnswer },
        "the record",
      );
      equal(await ledger.audit(), [], "the audit");
    },
  );
  scenario(
    "a hold that has ended is left to nothing, and says how it ended",
    async ({ ledger }) => {
      for (const holdId of ["settled", "released", "expired"]) {
        await ledger.reserve(reservation({ holdId, expiresAtMs: wallMs }), wallMs);
      }
      await ledger.settle(settlement({ holdId: "settled", charge: 10 }), wallMs);
      await ledger.release("released", wallMs);
      await ledger.expire(wallMs, 10);
      await ledger.release("barred", wallMs);
      for (const holdId of ["settled", "released", "expired", "barred", "unknown"]) {
        const kind = holdId === "barred" ? "released" : holdId;
        equal(await ledger.detach(jobStart({ holdId }), wallMs), { kind }, holdId);
      }
      equal(await ledger.jobs(), [], "the jobs");
      const { held, used } = await ledger.balance(funds, wallMs);
      equal({ held, used }, { held: 0, used: 10 }, "the balance");
      equal(await ledger.audit(), [], "the audit");
    },
  );
}

function deadlineScenarios(scenario: Scenario<LedgerOnly>): void {
  const call = reservation({ amount: 30, expiresAtMs: wallMs + 1_000 });
  const start = jobStart({ expiresAtMs: wallMs + 9_000 });

  scenario("L3: a job expires at its own deadline, not at its call's", async ({ ledger }) => {
    await ledger.reserve(call, wallMs);
    await ledger.detach(start, wallMs);
    equal(await ledger.expire(wallMs + 8_999, 10), [], "before its deadline");
    equal(await ledger.expire(wallMs + 9_000, 10), ["hold_1"], "at its deadline");
    const late = await ledger.settle(settlement({ charge: 30 }), wallMs + 9_000);
    equal(late, { kind: "expired", charged: 0, remaining: 100 }, "a settlement after it");
    equal(await ledger.audit(), [], "the audit");
  });
  scenario("jobs outlive the sweep that ends all calls, until they are due", async ({ ledger }) => {
    await ledger.reserve(call, wallMs);
    await ledger.reserve({ ...call, holdId: "call" }, wallMs);
    await ledger.detach(start, wallMs);
    equal(await ledger.expire(wallMs + 1, 10, always), ["call"], "when a process starts");
    equal(await ledger.expire(wallMs + 8_999, 10, always), [], "when another one does");
    equal((await ledger.jobs()).length, 1, "jobs that run");
    equal(await ledger.expire(wallMs + 9_000, 10, always), ["hold_1"], "once it is due");
  });
  scenario("a job that is due ends whatever is said of calls", async ({ ledger }) => {
    await ledger.reserve(call, wallMs);
    await ledger.reserve({ ...call, holdId: "call" }, wallMs);
    await ledger.detach(start, wallMs);
    equal(await ledger.expire(wallMs + 9_000, 10, wallMs), ["hold_1"], "the sweep");
  });
  scenario("a sweep counts no job that is not due", async ({ ledger }) => {
    await ledger.reserve(call, wallMs);
    await ledger.detach(start, wallMs);
    await ledger.reserve({ ...call, holdId: "call" }, wallMs);
    equal(await ledger.expire(wallMs, 1, always), ["call"], "the sweep");
  });
  scenario("the deadline of a job moves like any other", async ({ ledger }) => {
    await ledger.reserve(call, wallMs);
    await ledger.detach(start, wallMs);
    await ledger.extend(["hold_1"], wallMs + 20_000);
    equal((await ledger.job("hold_1"))?.expiresAtMs, wallMs + 20_000, "the job's");
    equal(await ledger.expire(wallMs + 19_999, 10), [], "before the new one");
    equal(await ledger.expire(wallMs + 20_000, 10), ["hold_1"], "at the new one");
  });
}
