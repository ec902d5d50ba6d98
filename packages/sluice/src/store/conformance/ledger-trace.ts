// Random commands on Ledger over months, and after each: every answer and balance like the model's,
// and an audit that finds nothing.

import { DAY_MS, HOUR_MS, type Random } from "../../base/index.ts";
import type { Allowance } from "../../contract/index.ts";
import type { AccountFunds, Budget, Idempotency, Ledger, StoredAnswer } from "../../gate/stores.ts";
import { check, equal } from "./check.ts";
import { availableBy, checkEntries, storyOf } from "./ledger-entries.ts";
import { LedgerModel } from "./ledger-model.ts";
import { compareTold } from "./ledger-operator-trace.ts";

const stepsMax = 60;

/** One trace; the store must be new and empty. */
export async function runLedgerTrace(
  ledger: Ledger,
  random: Random,
  name: string,
  startMs: number,
): Promise<void> {
  const trace = new LedgerTrace(ledger, random, startMs);
  const steps = 1 + random.integer(stepsMax);
  for (let step = 0; step < steps; step++) {
    const command = random.pick(commands);
    const where = `${name}, step ${step} (${command})`;
    await trace[command](where);
    await trace.compare(where);
  }
  await trace.checkEntries(name);
}

const commands = [
  "reserve",
  "reserve",
  "reserve",
  "reserve",
  "settle",
  "settle",
  "settle",
  "release",
  "detach",
  "detach",
  "extend",
  "expire",
  "grant",
  "wait",
  "wait",
  "changePlan",
  "changeBudgets",
] as const;

type Command = (typeof commands)[number];

class LedgerTrace implements Record<Command, (where: string) => Promise<void>> {
  readonly #ledger: Ledger;
  readonly #random: Random;
  readonly #model = new LedgerModel();
  readonly #accounts: AccountFunds[];
  #budgets: Budget[] = [];
  #nowMs: number;
  #made = 0;
  /** Those that were used, each of them now and then again. */
  readonly #keys: Idempotency[] = [];

  constructor(ledger: Ledger, random: Random, startMs: number) {
    this.#ledger = ledger;
    this.#random = random;
    this.#nowMs = startMs;
    this.#accounts = ["acct_a", "acct_b"].map((accountId) => ({
      accountId,
      allowance: randomAllowance(random),
    }));
    this.#budgets = randomBudgets(random);
  }

  async reserve(where: string): Promise<void> {
    const random = this.#random;
    const funds = random.pick(this.#accounts);
    const idempotency = this.#someKey(funds.accountId);
    const reservation = {
      holdId: `hold ${this.#made++}`,
      funds,
      budgets: this.#budgets.filter(() => random.integer(2) === 0),
      amount: random.integer(4) === 0 ? random.integer(120) : random.integer(30),
      expiresAtMs: this.#nowMs + random.integer(2 * DAY_MS),
      operation: "create",
      keyId: "key_1",
      ...(idempotency !== undefined && { idempotency }),
    };
    const reserved = await this.#ledger.reserve(reservation, this.#nowMs);
    equal(reserved, this.#model.reserve(reservation, this.#nowMs), where);
    if (reserved.kind !== "held" || reservation.amount === 0) return;
    // Whoever takes credits has written down first what had lapsed or was issued until now.
    const available = availableBy(await storyOf(this.#ledger, reservation.funds.accountId));
    equal(available, reserved.remaining, `${where}: available by the entries`);
  }

  async settle(where: string): Promise<void> {
    const holdId = this.#someHold();
    const hold = this.#model.holds.get(holdId);
    const charge = this.#random.integer((hold?.reservation.amount ?? 0) + 1);
    const overage = this.#random.pick([0, 0, 7]);
    const settlement = { holdId, charge, overage, ...this.#someAnswer(holdId) };
    const settled = await this.#ledger.settle(settlement, this.#nowMs);
    equal(settled, this.#model.settle(settlement, this.#nowMs), `${where} of ${holdId}`);
  }

  async detach(where: string): Promise<void> {
    const random = this.#random;
    const holdId = this.#someHold();
    const start = {
      holdId,
      slots: ["jobs", "acct_a/jobs", 'ä, "quoted"'].slice(random.integer(3)),
      expiresAtMs: this.#nowMs + random.integer(20 * DAY_MS),
      ...this.#someAnswer(holdId),
    };
    const started = await this.#ledger.detach(start, this.#nowMs);
    equal(started, this.#model.detach(start, this.#nowMs), `${where} of ${holdId}`);
  }

  async release(): Promise<void> {
    const holdId = this.#someHold();
    await this.#ledger.release(holdId, this.#nowMs);
    this.#model.end(holdId, "released", this.#nowMs);
  }

  async extend(): Promise<void> {
    const holdIds = [this.#someHold(), this.#someHold()];
    const expiresAtMs = this.#nowMs + this.#random.integer(DAY_MS);
    await this.#ledger.extend(holdIds, expiresAtMs);
    for (const holdId of holdIds) {
      const hold = this.#model.holds.get(holdId);
      if (hold !== undefined) hold.expiresAtMs = expiresAtMs;
    }
  }

  async expire(where: string): Promise<void> {
    const max = 1 + this.#random.integer(4);
    // As a process that starts does, now and then.
    const dueMs = this.#random.integer(3) === 0 ? Number.POSITIVE_INFINITY : this.#nowMs;
    const overdue = this.#model.overdue(this.#nowMs, dueMs);
    const expired = await this.#ledger.expire(this.#nowMs, max, dueMs);
    equal(expired.length, Math.min(max, overdue.length), `${where}: how many`);
    equal(new Set(expired).size, expired.length, `${where}: how many different ones`);
    for (const holdId of expired) {
      check(overdue.includes(holdId), `${where}: ${holdId} is not past its deadline`);
      this.#model.end(holdId, "expired", this.#nowMs);
    }
  }

  async grant(): Promise<void> {
    const random = this.#random;
    const grant = {
      id: `grant ${this.#made++}`,
      accountId: random.pick(this.#accounts).accountId,
      amount: 1 + random.integer(60),
      reason: "a test",
      ...(random.integer(2) === 0 && { expiresAtMs: this.#nowMs + random.integer(60 * DAY_MS) }),
    };
    this.#model.grant(grant);
    await this.#ledger.grant(grant, this.#nowMs);
    // The second time nothing happens.
    if (random.integer(3) === 0) await this.#ledger.grant(grant, this.#nowMs);
  }

  async wait(): Promise<void> {
    this.#nowMs += 1 + this.#random.integer(this.#random.pick([HOUR_MS, DAY_MS, 20 * DAY_MS]));
  }

  async changePlan(): Promise<void> {
    const at = this.#random.integer(this.#accounts.length);
    const { accountId } = this.#accounts[at] as AccountFunds;
    this.#accounts[at] = { accountId, allowance: randomAllowance(this.#random) };
  }

  async changeBudgets(): Promise<void> {
    this.#budgets = randomBudgets(this.#random);
  }

  async compare(where: string): Promise<void> {
    for (const funds of this.#accounts) {
      const balance = await this.#ledger.balance(funds, this.#nowMs);
      equal(balance, this.#model.balance(funds, this.#nowMs), `${where}: ${funds.accountId}`);
    }
    const jobs = this.#model.jobs();
    equal(await this.#ledger.jobs(), jobs, `${where}: jobs`);
    const holdId = this.#someHold();
    await compareTold(
      {
        ...{ ledger: this.#ledger, model: this.#model, random: this.#random, holdId },
        ...{ accounts: this.#accounts, budgets: this.#budgets, nowMs: this.#nowMs },
      },
      where,
    );
    const job = jobs.find((one) => one.holdId === holdId);
    equal(await this.#ledger.job(holdId), job, `${where}: job of ${holdId}`);
    for (const idempotency of this.#keys) {
      const recalled = this.#model.recall(idempotency, this.#nowMs);
      if (recalled === undefined) continue;
      equal(
        await this.#ledger.recall(idempotency, this.#nowMs),
        recalled,
        `${where}: recall of ${idempotency.key}`,
      );
    }
    equal(await this.#ledger.audit(), [], `${where}: audit`);
  }

  async checkEntries(where: string): Promise<void> {
    for (const { accountId } of this.#accounts) {
      const entries = await storyOf(this.#ledger, accountId);
      const holds = [...this.#model.holds.values()]
        .filter(({ reservation }) => reservation.funds.accountId === accountId)
        .map(({ reservation, state, charged }) => ({
          id: reservation.holdId,
          held: state === "open" ? reservation.amount : 0,
          charged,
        }));
      checkEntries(entries, accountId, holds, where);
    }
  }

  /** Any that was made or refused, ended or not; or one that never is. */
  #someHold(): string {
    if (this.#made === 0 || this.#random.integer(20) === 0) return "hold that is never made";
    return `hold ${this.#random.integer(this.#made)}`;
  }

  /** None, a new one, or one that was used; one of which only the store knows is left alone. */
  #someKey(accountId: string): Idempotency | undefined {
    const random = this.#random;
    const chance = random.integer(6);
    if (chance < 2) return undefined;
    if (chance > 3 && this.#keys.length > 0) {
      const used = random.pick(this.#keys);
      if (this.#model.recall(used, this.#nowMs) === undefined) return undefined;
      return { ...used, fingerprint: random.pick(["f1", "f1", "f1", "f2"]) };
    }
    const key = `key ${this.#keys.length}`;
    const idempotency = { accountId, operation: "create", key, fingerprint: "f1" };
    this.#keys.push(idempotency);
    return idempotency;
  }

  #someAnswer(requestId: string): { rememberMs: number; answer?: StoredAnswer } {
    const random = this.#random;
    const rememberMs = random.pick([0, HOUR_MS, 5 * DAY_MS]);
    if (random.integer(2) === 0) return { rememberMs };
    const body = `{"number":${random.integer(1_000)}}`;
    return { rememberMs, answer: { status: 202, headers: ["A", "b"], body, requestId } };
  }
}

function randomAllowance(random: Random): Allowance | undefined {
  const chance = random.integer(8);
  if (chance === 0) return undefined;
  const everyMs = random.pick([10, 30]) * DAY_MS;
  return {
    credits: random.pick([0, 20, 50, 100, 200]),
    reset: chance < 5 ? { kind: "calendar_month" } : { kind: "lazy", everyMs },
  };
}

function randomBudgets(random: Random): Budget[] {
  return (["workspace", "project", "key"] as const).map((scope) => ({
    scope,
    id: `${scope}_1`,
    cap: random.pick([0, 30, 60, 150, 1_000]),
  }));
}
