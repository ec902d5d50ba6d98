/** The port to what customers are told outside of answers: early warnings by webhook, and incidents on the status page. */
import type { Awaitable } from "../../base/index.ts";
import type { Budget } from "./ledger.ts";

/**
 * Down: nobody is refused for it. Warnings are raised and delivered once it is back.
 */
export interface Notices {
  /**
   * Writes a warning down; answers whether it is new. Of one id there is one for ever, however many processes raise it, so
   * nobody hears of the same thing twice.
   */
  raise(warning: Warning): Awaitable<boolean>;
  /**
   * Takes over deliveries until `untilMs`: of each account the oldest warning that still waits, if its turn has come and nobody
   * else has it. So an account hears in order, and two processes never deliver one warning at once.
   */
  take(nowMs: number, untilMs: number, max: number): Awaitable<readonly WarningRecord[]>;
  /** Writes down an attempt to deliver a warning, and what follows from it. A warning that waits no longer is left alone. */
  attempted(id: string, attempt: Attempt, next: Prospect): Awaitable<void>;
  /** Newest first. */
  warnings(query: WarningQuery): Awaitable<readonly WarningRecord[]>;
  /** Inserts or replaces. */
  putIncident(incident: Incident): Awaitable<void>;
  incident(id: string): Awaitable<Incident | undefined>;
  /** By their start, the newest first. */
  incidents(query: IncidentQuery): Awaitable<readonly Incident[]>;
}

/** That so much of something was used. */
export interface Warning {
  /** Made of account, subject, period and percent: whoever finds the same makes the same id. At most 300 characters. */
  readonly id: string;
  readonly accountId: string;
  readonly subject: WarningSubject;
  /** When the period began whose credits or budget it is about. */
  readonly periodStartMs: number;
  /** When they start anew; undefined where they do not. */
  readonly resetAtMs: number | undefined;
  /** The part that was reached. */
  readonly percent: number;
  readonly used: number;
  readonly cap: number;
  readonly atMs: number;
  /** Where it goes; undefined where the account has named no place: it is then only listed. */
  readonly url: string | undefined;
}

export type WarningSubject =
  | { readonly kind: "credits" }
  | ({ readonly kind: "budget" } & Pick<Budget, "scope" | "id">);

/** A warning, and how far its delivery is. */
export interface WarningRecord extends Warning {
  /** `listed`: it has no place to go; `given_up`: its receiver did not take it in all the attempts, or wants none. */
  readonly state: "waiting" | "delivered" | "given_up" | "listed";
  /** While it waits: not before then. */
  readonly dueMs: number;
  /** Oldest first; of many the newest 20. */
  readonly attempts: readonly Attempt[];
  /** How many there were. */
  readonly attemptCount: number;
}

export interface Attempt {
  readonly atMs: number;
  readonly durationMs: number;
  /** Of the receiver's answer; undefined where there was none. */
  readonly status: number | undefined;
  /** Why there was none, in a few words and without secrets. */
  readonly error: string | undefined;
}

/** What follows from an attempt. */
export type Prospect =
  | { readonly state: "delivered" | "given_up" }
  | { readonly state: "waiting"; readonly dueMs: number };

export interface WarningQuery {
  readonly accountId?: string;
  readonly state?: WarningRecord["state"];
  readonly limit: number;
  /** Only those raised before this one. */
  readonly before?: string;
}

/** Something that callers should know of, in the operator's words. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly impact: "none" | "degraded" | "outage" | "maintenance";
  /** The contract that it is about; undefined for all. */
  readonly api: string | undefined;
  /** The operations that it is about; empty for all. */
  readonly operations: readonly string[];
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
  /** Oldest first, at most 100. */
  readonly updates: readonly { readonly atMs: number; readonly text: string }[];
}

export interface IncidentQuery {
  readonly limit: number;
  /** Only incidents that were not over by then. @default all */
  readonly openAtMs?: number;
  /** Only those behind this one. */
  readonly after?: string;
}
