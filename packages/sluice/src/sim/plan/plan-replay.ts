// A log under another contract: each call is judged anew, in the log's own time, by the gate's own steps over memory stores.
// Calls come in the order in which they came; those that take time have their slots for as long as they took.

import { type Due, EarliestFirst, VirtualClock } from "../../base/index.ts";
import type { AnyApi } from "../../contract/index.ts";
import {
  type Case,
  type Judge,
  type LogRow,
  openJudge,
  type Subscriber,
} from "../../gate/index.ts";
import { createMemoryStores } from "../../store/memory/index.ts";
import { keyOf, type PastAccount, type PastCall, rowOfPast } from "./past-call.ts";
import { addTo, NamedSums, noSum, type PlanInterval, PlanSeries, type PlanSum } from "./sums.ts";

export interface PlanOptions {
  /** The contract that is tried. */
  readonly api: AnyApi;
  /** The contract that the log was made under. @default unknown: what it charged is what the log says */
  readonly was?: AnyApi | undefined;
  /** What is known of an account; undefined where nothing is. */
  readonly accountOf: (accountId: string) => PastAccount | undefined;
  /** The plan of accounts that nobody knows. @default none: their calls are not judged */
  readonly plan?: string | undefined;
}

export interface PlanResult {
  /** Calls that were fed, and those that were judged. */
  readonly calls: number;
  readonly accounts: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly all: PlanSum;
  readonly byAccount: readonly (PlanSum & { readonly name: string | undefined })[];
  readonly byOperation: readonly (PlanSum & { readonly name: string | undefined })[];
  /** What the other contract refuses by, and the log was let through: `window perMinute`, `credits`, `plan free`. */
  readonly byLimit: readonly { readonly limit: string; readonly calls: number }[];
  readonly intervals: readonly PlanInterval[];
  readonly intervalMs: number;
  readonly notJudged: Readonly<Record<NotJudged, number>>;
  readonly assumed: Readonly<Record<AssumedOf, number>>;
}

/** Why calls were not judged. */
export type NotJudged = "otherApi" | "simulated" | "degraded" | "noPlan";

/** Of how many calls something had to be assumed. */
export type AssumedOf =
  /** There were enough credits: no row said how many. */
  | "credits"
  /** The input was good: no log has it. */
  | "input"
  /** It cost as much as was held for it: nobody said what the work cost. */
  | "most"
  /** It took no time, so that it kept no slot. */
  | "noDuration"
  /** All calls of the account came with one key. */
  | "noKey"
  | "noPath"
  /** The account was on the plan that was given for all. */
  | "plan";

/** So many accounts and limits are named: the others are one sum. */
const NAMES_MAX = 100_000;
const SUBSCRIBERS_MAX = 100_000;
const UNDER_WAY_MAX = 100_000;

interface UnderWay extends Due {
  readonly row: LogRow;
  readonly opened: Case;
}

export class PlanReplay {
  readonly #options: PlanOptions;
  readonly #judge: Judge;
  readonly #clock: VirtualClock;
  /** By when they are over. */
  readonly #underWay = new EarliestFirst<UnderWay>();
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #all = noSum();
  readonly #accounts = new NamedSums(NAMES_MAX);
  readonly #operations = new NamedSums(1_000);
  readonly #limits = new Map<string, number>();
  readonly #series = new PlanSeries();
  readonly #notJudged = { otherApi: 0, simulated: 0, degraded: 0, noPlan: 0 };
  readonly #assumed = {
    ...{ credits: 0, input: 0, most: 0, noDuration: 0, noKey: 0, noPath: 0, plan: 0 },
  };
  #fed = 0;
  #fromMs = 0;
  #toMs = 0;

  constructor(options: PlanOptions) {
    this.#options = options;
    const { api, was } = options;
    this.#clock = new VirtualClock(0);
    this.#judge = openJudge({ api, was, stores: createMemoryStores(), clock: this.#clock });
  }

  get calls(): number {
    return this.#fed;
  }

  /** One after the other: none may come earlier than the one before. */
  async feed(call: PastCall): Promise<void> {
    const { api, was = api } = this.#options;
    if (this.#fed === 0) this.#fromMs = call.atMs;
    const row = rowOfPast(call, was, ++this.#fed);
    this.#toMs = Math.max(this.#toMs, row.atMs);
    const why = this.#notToJudge(row);
    if (why !== undefined) {
      this.#notJudged[why]++;
      return;
    }
    const subscriber = this.#subscriberOf(call);
    if (subscriber === undefined) {
      this.#notJudged.noPlan++;
      return;
    }
    this.#note(call);
    await this.#passTo(row.atMs);
    const { method, target } = askedFor(call, api);
    const nowMs = this.#clock.monotonicMs();
    const { requestId, atMs } = row;
    const sighting = { requestId, atMs, nowMs, method, target, subscriber };
    const opened = await this.#judge.open(sighting);
    this.#underWay.add({ dueMs: atMs + row.durationMs, sequence: this.#fed, row, opened });
    // More at once than any gate has: the first to end is over now.
    if (this.#underWay.size > UNDER_WAY_MAX) await this.#endFirst(Number.POSITIVE_INFINITY);
  }

  /** The last call has come: all of them come to their end. */
  async end(): Promise<PlanResult> {
    await this.#passTo(Number.POSITIVE_INFINITY);
    const byLimit = [...this.#limits].map(([limit, calls]) => ({ limit, calls }));
    return {
      calls: this.#fed,
      accounts: this.#accounts.size,
      fromMs: this.#fromMs,
      toMs: this.#toMs,
      all: this.#all,
      byAccount: this.#accounts.list(),
      byOperation: this.#operations.list(),
      byLimit: byLimit.sort((a, b) => b.calls - a.calls),
      intervals: this.#series.list(),
      intervalMs: this.#series.intervalMs,
      notJudged: this.#notJudged,
      assumed: this.#assumed,
    };
  }

  #notToJudge(row: LogRow): NotJudged | undefined {
    const { api, was = api } = this.#options;
    const titles = [api.wire.about.title, was.wire.about.title, ""];
    if (!titles.includes(row.api)) return "otherApi";
    if (row.simulated) return "simulated";
    return row.degraded?.startsWith("limits") ? "degraded" : undefined;
  }

  #note({ durationMs, keyId, path }: PastCall): void {
    if (durationMs === undefined) this.#assumed.noDuration++;
    if (keyId === undefined) this.#assumed.noKey++;
    if (path === undefined) this.#assumed.noPath++;
  }

  /** Time passes: calls that were over by then are judged, in the order of their ends. */
  async #passTo(atMs: number): Promise<void> {
    while (await this.#endFirst(atMs)) {}
    if (Number.isFinite(atMs)) await this.#moveTo(atMs);
  }

  async #endFirst(dueMs: number): Promise<boolean> {
    const over = this.#underWay.first;
    if (over === undefined || over.dueMs > dueMs) return false;
    this.#underWay.removeFirst();
    if (Number.isFinite(dueMs)) await this.#moveTo(over.dueMs);
    await this.#conclude(over);
    return true;
  }

  async #moveTo(atMs: number): Promise<void> {
    const aheadMs = atMs - this.#clock.wallMs();
    if (aheadMs > 0) await this.#clock.advance(aheadMs);
  }

  async #conclude({ row, opened }: UnderWay): Promise<void> {
    const metered = this.#meteredOf(row);
    const asked = row.held || row.charged;
    const judged = await this.#judge.close(opened, { row, hasQuery: false, metered, asked });
    if (judged.kind !== "judged") return;
    const { difference, shadow, assumed, operation } = judged;
    addTo(this.#all, judged);
    addTo(this.#accounts.of(row.accountId ?? ""), judged);
    addTo(this.#operations.of(operation ?? `${row.method} (no operation)`), judged);
    this.#series.add(row.atMs, judged);
    if (assumed.credits) this.#assumed.credits++;
    if (assumed.input) this.#assumed.input++;
    if (shadow.isMost) this.#assumed.most++;
    if (difference?.kind !== "newly_refused") return;
    const limit = limitOf(shadow.condition, shadow.by);
    if (this.#limits.has(limit) || this.#limits.size < NAMES_MAX) {
      this.#limits.set(limit, (this.#limits.get(limit) ?? 0) + 1);
    }
  }

  /** What the work came to, where the log has it: a fixed price says nothing of it. */
  #meteredOf({ operation = "", charged, ending }: LogRow): number | undefined {
    if (ending !== "done") return undefined;
    const { was } = this.#options;
    if (was === undefined) return charged;
    return was.server.operations[operation]?.price?.kind === "at_most" ? charged : undefined;
  }

  #subscriberOf(call: PastCall): Subscriber | undefined {
    const { accountId } = call;
    const account = this.#options.accountOf(accountId);
    const plan = call.plan ?? account?.plan ?? this.#options.plan;
    if (plan === undefined || !Object.hasOwn(this.#options.api.server.plans, plan))
      return undefined;
    if (call.plan === undefined && account === undefined) this.#assumed.plan++;
    const id = keyOf(call);
    const name = `${plan}\n${accountId}\n${id}`;
    const known = this.#subscribers.get(name);
    if (known !== undefined) return known;
    const of = { accountId, plan, ...(account?.overrides && { overrides: account.overrides }) };
    const made = subscriberOf(id, of);
    this.#subscribers.set(name, made);
    if (this.#subscribers.size > SUBSCRIBERS_MAX) {
      const [oldest] = this.#subscribers.keys();
      if (oldest !== undefined) this.#subscribers.delete(oldest);
    }
    return made;
  }
}

function subscriberOf(
  id: string,
  account: PastAccount & { readonly accountId: string },
): Subscriber {
  const { accountId, ...rest } = account;
  const key = { id, accountId, name: id, environment: "live" as const, digests: [] };
  return {
    key: { ...key, prefix: "", lastFour: "", createdAtMs: 0 },
    account: { id: accountId, name: accountId, subscription: "active", ...rest },
  };
}

/** Without a path, the operation of the same name. */
function askedFor({ method, path, operation = "" }: PastCall, { wire }: AnyApi) {
  const named = wire.operations[operation];
  if (path !== undefined || named === undefined) {
    return { method: method ?? named?.method ?? "GET", target: wire.basePath + (path ?? "/") };
  }
  const some = named.path.replaceAll(/\{[^}]*\}/g, "some");
  return { method: named.method, target: wire.basePath + some };
}

/** The limit without whose it is: those of all accounts are one. */
function limitOf(condition = "", by = ""): string {
  const [name = ""] = by.split(":");
  switch (condition) {
    case "rate_limited":
      return `rate window ${name}`;
    case "concurrency_limited":
      return `slots ${name}`;
    case "credits_exhausted":
      return "credits of the account";
    case "plan_required":
      return `plan ${by}`;
    case "not_found":
    case "method_not_allowed":
      return "no such operation";
    default:
      return condition;
  }
}
