/**
 * THE ORDER of a second opinion: *match*, *admit* and *authorise* when a call comes; *validate*, *reserve* and *settle* once it
 * is over and everybody knows what it was. The steps are the gate's own, over limits and funds that are the shadow's. What a
 * contract does not decide is taken as it was: whose key it is, idempotency, and what the work came to.
 */
import { type Awaitable, andThen, type Clock } from "../../base/index.ts";
import { type AnyApi, type Refusal, STEPS, type StepName } from "../../contract/index.ts";
import { type Identity, identityOf } from "../keys/identity.ts";
import { operationsOf } from "../operations.ts";
import type { Settings } from "../settings.ts";
import { admit, freeSlots } from "../steps/admit.ts";
import { authorise } from "../steps/authorise.ts";
import { match } from "../steps/match.ts";
import { reserve } from "../steps/reserve.ts";
import { settle } from "../steps/settle.ts";
import { validate } from "../steps/validate.ts";
import type { AccountFunds, Job, Ledger, Limits, LogRow, Subscriber } from "../stores.ts";
import type { WorkDone } from "../upstream/upstream.ts";
import { Visit } from "../visit.ts";
import type { Assumed, Came, Case, Judged, Sighting } from "./case.ts";
import type { Verdict } from "./difference.ts";
import { kindOf, realSide, sideOf } from "./difference.ts";
import { ShadowFunds } from "./funds.ts";
import { KnownFunds } from "./known-funds.ts";
import { ShadowCall } from "./shadow-call.ts";

export interface JudgeParts {
  readonly api: AnyApi;
  /** Of its own: whoever made them puts them in a namespace. */
  readonly limits: Limits;
  readonly ledger?: Pick<Ledger, "balance" | "budgets">;
}

/** Refusals for want of credits; a contract decides how many are wanted. */
const MONEY: readonly (string | undefined)[] = ["credits_exhausted", "budget_exceeded"];
/** What follows from records of an account or a key that no log has. */
const OF_RECORDS: readonly (string | undefined)[] = ["subscription_inactive", "forbidden"];
const at = (step: StepName) => STEPS.indexOf(step);
const NO_WORK: WorkDone = { status: 200, headers: [], body: "" };

export class Judge {
  readonly #settings: Settings;
  readonly #was: AnyApi | undefined;
  readonly #funds = new ShadowFunds();
  readonly #known: KnownFunds;
  readonly #identities = new WeakMap<Subscriber, Identity>();
  /** What the next visit is made with: a call comes to its shadow when it really came. */
  #next: Pick<Sighting, "requestId" | "atMs" | "nowMs"> = { requestId: "", atMs: 0, nowMs: 0 };
  readonly #arrival: Pick<Clock, "wallMs" | "monotonicMs"> = {
    wallMs: () => this.#next.atMs,
    monotonicMs: () => this.#next.nowMs,
  };
  readonly #quotes = new Map<string, number>();

  /** @param like the settings of the gate in force; `was` is its contract, or undefined where nobody knows it */
  constructor(like: Settings, was: AnyApi | undefined, parts: JudgeParts) {
    const { api, limits, ledger } = parts;
    this.#was = was;
    this.#known = new KnownFunds(ledger);
    this.#settings = {
      ...like,
      api,
      // Nothing but what *reserve* and *settle* ask is ever asked of it.
      stores: { ...like.stores, limits, ledger: this.#funds as Partial<Ledger> as Ledger },
      upstream: {
        run: () => Promise.reject(new Error("a shadow does no work")),
        quote: ({ requestId }) => this.#quotes.get(requestId) ?? 0,
      },
      operations: operationsOf(api, {}, like.clock),
      plansForAll: api.server.requires && new Set(api.server.requires.plans),
      limitsHealth: { down: false },
      onEvent: () => undefined,
      onAnswer: undefined,
      onSpend: undefined,
      shadow: undefined,
    };
  }

  /** Rejects where the limits answer with what is no answer. */
  open(sighting: Sighting): Awaitable<Case> {
    const visit = this.#visitOf(sighting);
    match(visit, this.#settings);
    visit.step = "admit";
    return andThen(admit(visit, this.#settings), (refusal) => this.#admitted(visit, refusal));
  }

  #admitted(visit: Visit, refused: Refusal | undefined): Awaitable<Case> {
    if (refused !== undefined) return { visit, refusal: refused };
    visit.step = "authorise";
    const refusal = authorise(visit, this.#settings);
    if (refusal === undefined) return { visit, refusal };
    return andThen(freeSlots(visit, this.#settings), () => ({ visit, refusal }));
  }

  /** A call is over: what the second contract makes of it. Rejects where the funds cannot be asked. */
  async close({ visit, refusal }: Case, came: Came): Promise<Judged> {
    const { row } = came;
    if (visit.limitsAreDown || refusal?.by === "limits") {
      await this.free(visit);
      return { kind: "unjudged", why: "limits" };
    }
    const took = this.#tookOf(row);
    const assumed: Assumed = { credits: false, input: false };
    try {
      const verdict: Verdict =
        refusal === undefined
          ? await this.#rest(visit, came, took, assumed)
          : { kind: "refused", refusal, step: visit.step };
      this.#book(visit, verdict, took);
      return { ...this.#judged(visit, verdict, row, took), assumed };
    } finally {
      this.#funds.end(visit.requestId);
      this.#quotes.delete(visit.requestId);
      await this.free(visit);
    }
  }

  /** Gives back what a call that nobody judges any more has taken. */
  free(visit: Visit): Promise<void> {
    return freeSlots(visit, this.#settings);
  }

  /** Its slots under this contract follow from whose it is, so whoever hears of its end can free them. */
  async jobEnded({ holdId, accountId, keyId, operation }: Job): Promise<void> {
    const slots = Object.entries(this.#settings.api.wire.slots ?? {}).flatMap(([name, slot]) => {
      if (!slot.operations.includes(operation)) return [];
      const id = `${name}:${slot.per === "key" ? keyId : accountId}`;
      return [{ id, member: holdId, limit: 0, leaseMs: 0, detached: true }];
    });
    if (slots.length > 0) await this.#settings.stores.limits.release(slots, accountId);
  }

  #visitOf(sighting: Sighting): Visit {
    this.#next = sighting;
    const { subscriber } = sighting;
    const visit = new Visit(new ShadowCall(sighting.method, sighting.target), {
      clock: this.#arrival,
      nextRequestId: () => this.#next.requestId,
    });
    let identity = this.#identities.get(subscriber);
    if (identity === undefined) {
      identity = identityOf(this.#settings.api, subscriber);
      this.#identities.set(subscriber, identity);
    }
    visit.identity = identity;
    return visit;
  }

  /** *validate*, *reserve* and *settle*, as far as there is anything to decide. */
  async #rest(visit: Visit, came: Came, took: number, assumed: Assumed): Promise<Verdict> {
    const { row } = came;
    if (!this.#known.asksLedger && OF_RECORDS.includes(row.condition)) return SAME;
    const refused = (refusal: Refusal): Verdict => ({ kind: "refused", refusal, step: visit.step });
    visit.step = "validate";
    if (seesInput(visit, came)) {
      (visit.call as ShadowCall).body = came.body;
      const invalid = await validate(visit, this.#settings);
      if (invalid !== undefined) return refused(invalid);
    } else if (row.endedAt === "validate") return SAME;
    else assumed.input = true;
    visit.step = "reserve";
    if (isBeyondContract(row, this.#known.asksLedger)) return SAME;
    await this.#askFunds(visit, came, took, assumed);
    const short = await reserve(visit, this.#settings);
    if (short !== undefined) return refused(short);
    if (row.ending === "done") return this.#settled(visit, came);
    return at(row.endedAt) >= at("run") ? SAME : this.#most(visit);
  }

  async #askFunds(visit: Visit, came: Came, took: number, assumed: Assumed): Promise<void> {
    const { price } = visit.settled.server;
    if (price === undefined) return;
    const { row, asked = row.held || took } = came;
    if (price.kind === "quote") this.#quotes.set(visit.requestId, asked);
    const funds = this.#realFundsOf(visit);
    const before = await this.#known.before(funds, visit.budgets, row, took, visit.atMs);
    if (before.available === undefined) assumed.credits = true;
    this.#funds.begin(visit.requestId, before);
  }

  async #settled(visit: Visit, { work, metered }: Came): Promise<Verdict> {
    const { price, detaches } = visit.settled.server;
    const held = visit.hold?.amount ?? 0;
    visit.step = "settle";
    visit.work = work ?? NO_WORK;
    if (price?.kind === "at_most") visit.metered = metered;
    await settle(visit, this.#settings);
    if (detaches !== undefined) return { kind: "passed", charged: held, isMost: held > 0 };
    const isMost = price?.kind === "at_most" && metered === undefined && work === undefined;
    return { kind: "passed", charged: visit.charged, isMost };
  }

  /** What was not done has no cost: it may be as much as is held for it. */
  #most(visit: Visit): Verdict {
    const isMost = visit.settled.server.price?.kind === "at_most";
    return { kind: "passed", charged: visit.hold?.amount ?? 0, isMost };
  }

  /** What the real call took of its account. */
  #tookOf(row: LogRow): number {
    const { detaches } =
      (this.#was ?? this.#settings.api).server.operations[row.operation ?? ""] ?? {};
    return detaches !== undefined && row.ending === "done" ? row.held : row.charged;
  }

  #book(visit: Visit, verdict: Verdict, took: number): void {
    const would = verdict.kind === "passed" ? verdict.charged : verdict.kind === "same" ? took : 0;
    this.#funds.book(visit.known.funds, visit.budgets, would - took, visit.atMs);
  }

  /** Under the contract in force; under this one where nobody knows that. */
  #realFundsOf({ known }: Visit): AccountFunds {
    const { account } = known.subscriber;
    if (this.#was === undefined) return known.funds;
    const plan = this.#was.server.plans[account.plan];
    return { accountId: account.id, allowance: account.overrides?.allowance ?? plan?.allowance };
  }

  #judged(visit: Visit, verdict: Verdict, row: LogRow, took: number) {
    const operation = visit.operation?.name;
    const real = { ...realSide(row), charged: took };
    const shadow =
      verdict.kind === "same" ? real : sideOf(this.#settings.api, verdict, row, operation);
    const kind = kindOf({ ...row, charged: took }, verdict, shadow);
    const { accountId, id: keyId } = visit.known.subscriber.key;
    const { requestId, atMs } = visit;
    const who = { requestId, atMs, accountId, keyId, operation: row.operation };
    return {
      kind: "judged" as const,
      operation: row.operation ?? operation,
      real,
      shadow,
      difference: kind && { kind, ...who, real, shadow },
    };
  }
}

const SAME: Verdict = { kind: "same" };

/** A path that is no operation needs no input to be refused. */
function seesInput({ matched, operation }: Visit, { body, hasQuery }: Came): boolean {
  if (matched.kind !== "operation" || operation === undefined || !operation.readsInput) return true;
  const { server } = operation;
  if (server.passesBody === true) return false;
  return hasQuery && (server.body === undefined || body !== undefined);
}

/** Whether the call ended at, or was never to come to, what no contract decides. */
function isBeyondContract({ ending, endedAt, condition }: LogRow, judgesBudgets: boolean): boolean {
  if (ending === "replayed") return true;
  if (ending === "fault" || ending === "abandoned") return at(endedAt) < at("run");
  if (endedAt !== "reserve") return false;
  return !MONEY.includes(condition) || (condition === "budget_exceeded" && !judgesBudgets);
}
