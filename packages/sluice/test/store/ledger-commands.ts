// Random commands on a ledger, right ones and wrong ones, as functions that any ledger can be given.

import { isPromise, type Random } from "../../src/base/index.ts";
import type { Allowance } from "../../src/contract/index.ts";
import type { AccountFunds, Budget, Idempotency, Ledger } from "../../src/gate/stores.ts";

/** A command, and what it is for a message. */
export interface LedgerCommand {
  readonly what: string;
  /** The value, or the message of what was thrown. */
  readonly run: (ledger: Ledger) => Promise<unknown>;
}

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

export class RandomCommands {
  readonly #random: Random;
  readonly accounts: readonly string[];
  #allowances: readonly (Allowance | undefined)[] = [];
  #budgets: readonly Budget[] = [];
  #made = 0;
  nowMs: number = Date.UTC(2026, 0, 15, 12);

  constructor(random: Random, accounts: number) {
    this.#random = random;
    this.accounts = Array.from({ length: accounts }, (_, at) => `acct_${at}`);
    this.#changePlans();
  }

  next(): LedgerCommand {
    const random = this.#random;
    if (random.integer(6) === 0) this.nowMs += random.integer(random.pick([1, hourMs, 9 * dayMs]));
    else if (random.integer(20) === 0) this.nowMs -= random.integer(5_000);
    if (random.integer(25) === 0) this.#changePlans();
    const make = random.pick(makers);
    return make(this);
  }

  get random(): Random {
    return this.#random;
  }

  funds(): AccountFunds {
    const at = this.#random.integer(this.accounts.length);
    return { accountId: this.accounts[at] as string, allowance: this.#allowances[at] };
  }

  budgets(): readonly Budget[] {
    return this.#budgets.filter(() => this.#random.integer(3) === 0);
  }

  newHold(): string {
    return `hold ${this.#made++}`;
  }

  someHold(): string {
    const { integer } = this.#random;
    if (this.#made === 0 || integer(30) === 0) return `never made ${integer(5)}`;
    // Mostly a young one: it may be open still.
    return `hold ${Math.max(0, this.#made - 1 - integer(integer(4) === 0 ? this.#made : 12))}`;
  }

  idempotency(): Idempotency {
    const { random } = this;
    return {
      accountId: random.pick(this.accounts),
      operation: random.pick(["create", "delete"]),
      key: `key ${random.integer(6)}`,
      fingerprint: random.pick(["f1", "f1", "f1", "f2"]),
    };
  }

  #changePlans(): void {
    const { random } = this;
    this.#allowances = this.accounts.map(() => randomAllowance(random));
    this.#budgets = (["workspace", "project", "key"] as const).flatMap((scope) =>
      [1, 2].map((at) => ({
        scope,
        id: `${scope}_${at}`,
        cap: random.pick([0, 40, 90, 200, 5_000]),
      })),
    );
  }
}

type Maker = (commands: RandomCommands) => LedgerCommand;

const reserve: Maker = (commands) => {
  const { random, nowMs } = commands;
  const amount = random.pick([0, 1, 5, 20, 60, 150]);
  const reservation = {
    holdId: random.integer(12) === 0 ? commands.someHold() : commands.newHold(),
    funds: commands.funds(),
    budgets: commands.budgets(),
    amount: random.integer(40) === 0 ? -1 : amount,
    expiresAtMs: nowMs + random.integer(2 * dayMs),
    operation: "create",
    keyId: "key_1",
    ...(random.integer(3) === 0 && { idempotency: commands.idempotency() }),
  };
  return command("reserve", reservation, (ledger) => ledger.reserve(reservation, nowMs));
};

const settle: Maker = (commands) => {
  const { random, nowMs } = commands;
  const holdId = commands.someHold();
  const settlement = {
    holdId,
    charge: random.pick([0, 0, 1, 5, 20, 60]),
    ...(random.integer(4) === 0 && { overage: random.integer(9) }),
    ...someAnswer(random, holdId),
  };
  return command("settle", settlement, (ledger) => ledger.settle(settlement, nowMs));
};

const detach: Maker = (commands) => {
  const { random, nowMs } = commands;
  const holdId = commands.someHold();
  const start = {
    holdId,
    slots: random.pick([[], ["jobs"], ["jobs", 'ä/"b"']]),
    expiresAtMs: nowMs + random.integer(12 * dayMs),
    ...someAnswer(random, holdId),
  };
  return command("detach", start, (ledger) => ledger.detach(start, nowMs));
};

const job: Maker = (commands) => {
  const holdId = commands.someHold();
  return command("job", holdId, (ledger) => ledger.job(holdId));
};

const jobs: Maker = () => command("jobs", "all", (ledger) => ledger.jobs());

const release: Maker = (commands) => {
  const { nowMs } = commands;
  const holdId = commands.someHold();
  return command("release", holdId, (ledger) => ledger.release(holdId, nowMs));
};

const extend: Maker = (commands) => {
  const holdIds = [commands.someHold(), commands.someHold()];
  const untilMs = commands.nowMs + commands.random.integer(dayMs);
  return command("extend", { holdIds, untilMs }, (ledger) => ledger.extend(holdIds, untilMs));
};

const expire: Maker = (commands) => {
  const { nowMs } = commands;
  const max = 1 + commands.random.integer(5);
  // As a process that starts does, now and then.
  const dueMs = commands.random.integer(4) === 0 ? Number.POSITIVE_INFINITY : nowMs;
  return command("expire", { nowMs, max, dueMs }, (ledger) => ledger.expire(nowMs, max, dueMs));
};

const recall: Maker = (commands) => {
  const { nowMs } = commands;
  const idempotency = commands.idempotency();
  return command("recall", idempotency, (ledger) => ledger.recall(idempotency, nowMs));
};

const grant: Maker = (commands) => {
  const { random, nowMs } = commands;
  const made = {
    id: `grant ${random.integer(200)}`,
    accountId: commands.funds().accountId,
    amount: random.integer(60),
    reason: "a test",
    ...(random.integer(2) === 0 && { expiresAtMs: nowMs + random.integer(30 * dayMs) }),
  };
  return command("grant", made, (ledger) => ledger.grant(made, nowMs));
};

const balance: Maker = (commands) => {
  const { nowMs } = commands;
  const funds = commands.funds();
  return command("balance", funds, (ledger) => ledger.balance(funds, nowMs));
};

const makers: readonly Maker[] = [
  ...[reserve, reserve, reserve, reserve, settle, settle, settle],
  ...[detach, detach, job, jobs],
  ...[release, extend, expire, recall, grant, balance, balance],
];

function command(name: string, told: unknown, call: (ledger: Ledger) => unknown): LedgerCommand {
  return {
    what: `${name} ${JSON.stringify(told)}`,
    async run(ledger) {
      try {
        const value = call(ledger);
        return (isPromise(value) ? await value : value) ?? "done";
      } catch (error) {
        return `throws ${error instanceof Error ? error.message : String(error)}`;
      }
    },
  };
}

function someAnswer(random: Random, requestId: string) {
  const rememberMs = random.pick([0, 1_000, dayMs]);
  if (random.integer(2) === 0) return { rememberMs };
  const headers = ["A", "b", "A", "ü"];
  const body = `{"❤":${random.integer(1_000)}}`;
  return { rememberMs, answer: { status: 201, headers, body, requestId } };
}

function randomAllowance(random: Random): Allowance | undefined {
  const chance = random.integer(8);
  if (chance === 0) return undefined;
  const everyMs = random.pick([2, 10, 30]) * dayMs;
  return {
    credits: random.pick([0, 50, 200, 1_000]),
    reset: chance < 5 ? { kind: "calendar_month" } : { kind: "lazy", everyMs },
  };
}
