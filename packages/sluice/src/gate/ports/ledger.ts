/** The port to money, and to the idempotency records that must agree with it. */
import type { Awaitable } from "../../base/index.ts";
import type { Allowance } from "../../contract/index.ts";
import type { Page } from "./directory.ts";

/**
 * Money, and the idempotency records that must agree with it. Credits are safe integers, never negative.
 * Pots: an account's pots are its allowance of the current period and its grants; a budget is a pot of its
 * own. Invariants, at every committed instant: used + held ≤ cap for each pot; held = the sum of open holds;
 * used = the sum of charges; each hold ends exactly once; a charge is at most its hold. Entries are only ever
 * appended, and for each hold they sum to zero.
 * Down: credits fail closed; the gate answers `credits_unavailable`.
 */
export interface Ledger {
  /** True where several processes may serve it: then nobody can tell which calls died with a process. @default false */
  readonly isShared?: boolean;
  /** Adds credits that never reset. Idempotent by `grant.id`: the second time nothing happens. */
  grant(grant: Grant, nowMs: number): Awaitable<void>;
  /**
   * Holds `amount` over the account's pots (allowance first, then grants, soonest-expiring first) and whole
   * over every budget, or takes nothing. With `idempotency`, the record is made, or found, in the same step.
   */
  reserve(reservation: Reservation, nowMs: number): Awaitable<Reserved>;
  /** Charges `charge` ≤ the hold and gives back the rest. Once: again, or after a release, it answers the first outcome. */
  settle(settlement: Settlement, nowMs: number): Awaitable<Settled>;
  /** Ends the hold without a charge and forgets its idempotency record. Once; a hold that was never made is barred. */
  release(holdId: string, nowMs: number): Awaitable<void>;
  /** Moves the deadline of open holds, of jobs as well; those that ended are left alone. */
  extend(holdIds: readonly string[], expiresAtMs: number): Awaitable<void>;
  /**
   * Leaves the hold of a call to the job that it started: it outlives the call and the process, and ends by
   * `settle`, by `release`, or when `expiresAtMs` is past. Its idempotency record gets its answer now and keeps
   * it, however the job ends. A job may be quicker than the answer of its call: a hold that was settled stays so,
   * and only its record gets the answer. Once: again changes nothing.
   */
  detach(start: JobStart, nowMs: number): Awaitable<JobStarted>;
  /** The job that a hold was left to, while it runs. */
  job(holdId: string): Awaitable<Job | undefined>;
  /** Every job that runs, oldest first: whoever counts slots in memory takes them again after a restart. */
  jobs(): Awaitable<readonly Job[]>;
  /** What is known of an idempotency key, without taking anything. */
  recall(idempotency: Idempotency, nowMs: number): Awaitable<Recalled>;
  /**
   * Ends holds whose deadline is `dueMs` or before as `expired` (not charged, listed for the operator); at most
   * `max`. `dueMs` is now unless told otherwise: a process that alone serves its ledger ends all of them at start,
   * since their calls died with the process before. Jobs did not: theirs end at their own deadline only.
   */
  expire(nowMs: number, max: number, dueMs?: number): Awaitable<readonly string[]>;
  balance(account: AccountFunds, nowMs: number): Awaitable<Balance>;
  /** How budgets stand in the month of `nowMs`, in the order that was asked. One that nothing was charged to stands at 0. */
  budgets(budgets: readonly Budget[], nowMs: number): Awaitable<readonly BudgetState[]>;
  /** An account's grants and what became of them by `nowMs`, newest first. */
  grants(accountId: string, page: Page, nowMs: number): Awaitable<readonly GrantState[]>;
  /** One hold, also after it ended; undefined for one that there never was, or that was forgotten. */
  hold(holdId: string): Awaitable<HoldRecord | undefined>;
  /**
   * Holds that somebody should look at: those that ran out, and those that cost more than was held. In the order in which they
   * were made, newest first.
   */
  oddHolds(query: OddHoldQuery): Awaitable<readonly HoldRecord[]>;
  /** The account's entries, newest first. */
  entries(accountId: string, page: EntryPage): Awaitable<readonly Entry[]>;
  /** What the account's entries add up to, as of one moment. */
  booked(accountId: string): Awaitable<Booked>;
  /** Every broken invariant with its rows; empty is the proof that there is none. */
  audit(): Awaitable<readonly string[]>;
}

export interface Grant {
  readonly id: string;
  readonly accountId: string;
  readonly amount: number;
  readonly expiresAtMs?: number;
  readonly reason: string;
}

/** Whose money, and what comes with the plan. */
export interface AccountFunds {
  readonly accountId: string;
  readonly allowance: Allowance | undefined;
}

/** A cap on spending below the account, by calendar month (UTC). */
export interface Budget {
  readonly scope: "workspace" | "project" | "key";
  readonly id: string;
  readonly cap: number;
}

export interface Reservation {
  /** The hold's id: the request id. */
  readonly holdId: string;
  readonly funds: AccountFunds;
  readonly budgets: readonly Budget[];
  /** 0 for a free call that only wants its idempotency record. */
  readonly amount: number;
  /** When the sweeper may take the holder for dead. */
  readonly expiresAtMs: number;
  readonly idempotency?: Idempotency;
  /** For the statement: the operation and the key. */
  readonly operation: string;
  readonly keyId: string;
}

export interface Idempotency {
  readonly accountId: string;
  readonly operation: string;
  readonly key: string;
  /** Of method, path and body: the same key with another one is refused. */
  readonly fingerprint: string;
}

export type Reserved =
  | {
      readonly kind: "held";
      readonly remaining: number;
      /** With this hold in it: the budget with the least room, the first of equals; absent where no budget was named. */
      readonly budget?: BudgetState;
    }
  | {
      readonly kind: "credits_exhausted";
      readonly remaining: number;
      /** When the allowance starts anew; undefined where nothing does before somebody spends. */
      readonly resetAtMs: number | undefined;
    }
  | FullBudget
  | KnownKey;

/** The narrowest budget without room, and how it stood. */
export interface FullBudget extends BudgetState {
  readonly kind: "budget_exceeded";
}

/** How a budget stands in a calendar month (UTC). */
export interface BudgetState {
  readonly budget: Budget;
  readonly used: number;
  readonly held: number;
  /** When its next month begins. */
  readonly resetAtMs: number;
}

/** What an idempotency key that came before leads to. */
export type KnownKey =
  | { readonly kind: "replay"; readonly answer: StoredAnswer }
  | { readonly kind: "in_progress" }
  | { readonly kind: "key_reused" }
  | { readonly kind: "no_answer" };

export type Recalled = KnownKey | { readonly kind: "unknown" };

export interface StoredAnswer {
  readonly status: number;
  /** A flat list: name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: string;
  /** The request that was answered first. */
  readonly requestId: string;
}

export interface Settlement {
  readonly holdId: string;
  readonly charge: number;
  /** What it really cost, where that is more than the hold: recorded, not taken. */
  readonly overage?: number;
  /** Stored with the idempotency record for a replay; absent: the record says that there is no answer. */
  readonly answer?: StoredAnswer;
  /** How long the record lives. */
  readonly rememberMs: number;
}

export interface JobStart {
  readonly holdId: string;
  /** The slots that stay taken; the member of each is the hold's id. */
  readonly slots: readonly string[];
  /** When the job is taken for dead. */
  readonly expiresAtMs: number;
  /** For a replay, as in a settlement. */
  readonly answer?: StoredAnswer;
  readonly rememberMs: number;
}

export interface JobStarted {
  /** `detached`, also the second time; or how the hold had ended before. */
  readonly kind: "detached" | Settled["kind"];
}

/** Work that goes on after its call was answered. */
export interface Job {
  readonly holdId: string;
  readonly accountId: string;
  readonly operation: string;
  readonly keyId: string;
  /** What is held for it. */
  readonly amount: number;
  readonly slots: readonly string[];
  readonly expiresAtMs: number;
}

export interface Settled {
  readonly kind: "settled" | "released" | "expired" | "unknown";
  /** What was charged: by this call, or by the one that came first. */
  readonly charged: number;
  /** Left in the account after it. */
  readonly remaining: number;
}

export interface Balance {
  readonly remaining: number;
  readonly held: number;
  /** Charged in the current period of the allowance. */
  readonly used: number;
  readonly allowance: number;
  /** Undefined before the first period began. */
  readonly periodStartMs: number | undefined;
}

/** One line of double entry: what moved from one side to the other. */
export interface Entry {
  readonly sequence: number;
  readonly atMs: number;
  readonly accountId: string;
  readonly holdId: string | undefined;
  readonly pot: string;
  readonly from: EntrySide;
  readonly to: EntrySide;
  readonly amount: number;
}

/**
 * The account's entries in one sum. `balance` looks ahead: it knows of a period that begins and of a grant that is over before
 * they are written down, which is when credits are next taken.
 */
export interface Booked {
  readonly available: number;
  readonly held: number;
  /** Entries up to this number are in the sums, and none behind it. 0: none is. */
  readonly upTo: number;
}

export type EntrySide = "issued" | "available" | "held" | "charged" | "lapsed";

/** A grant, and what became of it: `amount` = `remaining` + `held` + `charged` + `lapsed`. */
export interface GrantState extends Grant {
  readonly remaining: number;
  readonly held: number;
  readonly charged: number;
  /** What was left of it when it expired. */
  readonly lapsed: number;
}

/** A hold as the operator sees it. */
export interface HoldRecord {
  readonly id: string;
  readonly accountId: string;
  readonly operation: string;
  readonly keyId: string;
  readonly amount: number;
  readonly charged: number;
  /** What it cost beyond the hold: recorded, not taken. */
  readonly overage: number;
  /** `expired`: it ran out; nobody knows what its call has done, so nothing was charged. */
  readonly state: "open" | "settled" | "released" | "expired";
  /** Whether a job has, or had, it. */
  readonly isJob: boolean;
  readonly madeAtMs: number;
  readonly endedAtMs: number | undefined;
}

export interface OddHoldQuery {
  readonly accountId?: string;
  readonly limit: number;
  /** Only those older than this one; none behind one that is not there. */
  readonly before?: string;
}

export interface EntryPage {
  readonly limit: number;
  /** Only entries before the account's entry of this number; none behind one that is not there. */
  readonly before?: number;
}
