/** The port to what customers are told outside of answers: early warnings by webhook, and incidents on the status page. */
import { type Awaitable, DAY_MS } from "../../base/index.ts";
import type { Budget } from "./ledger.ts";

/**
 * Down: nobody is refused for it. Warnings are raised and delivered once it is back.
 */
export interface Notices {
  /**
   * Writes a warning down; answers whether it is new. Of one id there is one for ever, however many processes raise it, so
   * nobody hears of the same thing twice: it is forgotten {@link WARNINGS_KEPT_MS} after its period, when nobody can find
   * it any more.
   */
  raise(warning: Warning): Awaitable<boolean>;
  /**
   * Takes over deliveries until `untilMs`, which becomes when each is due: of each account the first raised that still waits,
   * if it is due. At most `max`, the first raised of all first. So an account hears in order, and two processes never
   * deliver one warning at once.
   */
  take(nowMs: number, untilMs: number, max: number): Awaitable<readonly WarningRecord[]>;
  /** Writes down an attempt to deliver a warning, and what follows from it. A warning that waits no longer is left alone. */
  attempted(id: string, attempt: Attempt, next: Prospect): Awaitable<void>;
  /** Newest first. */
  warnings(query: WarningQuery): Awaitable<readonly WarningRecord[]>;
  /** Inserts or replaces; refuses (throws) one with more than 100 updates. */
  putIncident(incident: Incident): Awaitable<void>;
  incident(id: string): Awaitable<Incident | undefined>;
  /** By their start the newest first, of one start the greatest id first. */
  incidents(query: IncidentQuery): Awaitable<readonly Incident[]>;
}

/** What an account is told: that so much of something was used, or that a key of its own is public. */
export type Warning = SpendWarning | LeakWarning;

interface Raised {
  /** Whoever finds the same makes the same id. At most {@link WARNING_ID_MAX} characters. */
  readonly id: string;
  readonly accountId: string;
  readonly atMs: number;
  /** Where it goes; undefined where the account has named no place: it is then only listed. */
  readonly url: string | undefined;
}

/** Its id is made of account, subject, period and percent. */
export interface SpendWarning extends Raised {
  readonly subject: WarningSubject;
  /** When the period began whose credits or budget it is about; undefined for credits that were granted and never reset. */
  readonly periodStartMs: number | undefined;
  /** When they start anew; undefined where they do not. */
  readonly resetAtMs: number | undefined;
  /** The part that was reached. */
  readonly percent: number;
  readonly used: number;
  readonly cap: number;
}

export type WarningSubject =
  | { readonly kind: "credits" }
  | ({ readonly kind: "budget" } & Pick<Budget, "scope" | "id">);

/** Its id is made of key, secret and place. */
export interface LeakWarning extends Raised {
  readonly subject: LeakSubject;
  /** When it was raised: it has no period. */
  readonly resetAtMs: number;
}

/** A secret that is public, and what became of it; never the secret. */
export interface LeakSubject {
  readonly kind: "leak";
  readonly keyId: string;
  /** The first ten characters of the key's newest secret, and the last four. */
  readonly keyPrefix: string;
  readonly keyLastFour: string;
  /** Which of the key's secrets: the newest, one that is being rotated out, or one that was. */
  readonly secret: "newest" | "older" | "forgotten";
  /** Where it was found; undefined where nobody said. */
  readonly foundAt: string | undefined;
  /** In which part of the finder's places: `content`, `commit`. */
  readonly source: string;
  /** What was done, in a few words: `key revoked`. */
  readonly done: string;
  /** When the secret opens nothing any more; undefined where it goes on. */
  readonly endsAtMs: number | undefined;
}

/** A warning, and how far its delivery is. */
export type WarningRecord = Warning & Delivery;

export interface Delivery {
  /**
   * `listed`: it has no place to go; `given_up`: its receiver did not take it in all the attempts, or would hear no more;
   * `gone`: its receiver answered that there is nobody any more (410).
   */
  readonly state: "waiting" | "delivered" | "given_up" | "gone" | "listed";
  /** While it waits: not before then. */
  readonly dueMs: number;
  /** Oldest first; of many the newest {@link ATTEMPTS_KEPT}. */
  readonly attempts: readonly Attempt[];
  /** How many there were. */
  readonly attemptCount: number;
}

export interface Attempt {
  readonly atMs: number;
  /** Where it went, and the secret that it was signed with: the account may have named others since the warning was raised. */
  readonly url: string;
  readonly secretVersion: number;
  readonly durationMs: number;
  /** Of the receiver's answer; undefined where there was none. */
  readonly status: number | undefined;
  /** Why there was none, in a few words and without secrets. */
  readonly error: string | undefined;
}

/** What follows from an attempt. */
export type Prospect =
  | { readonly state: "delivered" | "given_up" | "gone" }
  | { readonly state: "waiting"; readonly dueMs: number };

export interface WarningQuery {
  readonly accountId?: string;
  readonly state?: WarningRecord["state"];
  readonly limit: number;
  /** Only those raised before this one; none before one that is not there. */
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
  /** Oldest first, at most {@link UPDATES_MAX}. */
  readonly updates: readonly { readonly atMs: number; readonly text: string }[];
}

export interface IncidentQuery {
  readonly limit: number;
  /** Only incidents that were not over by then. @default all */
  readonly openAtMs?: number;
  /** Only those behind this one; none behind one that is not there. */
  readonly after?: string;
}

/** How long a warning is kept after its period. One whose credits never start anew is kept for good. */
export const WARNINGS_KEPT_MS: number = 90 * DAY_MS;

/** How many attempts a warning remembers. */
export const ATTEMPTS_KEPT = 20;

/** How many updates an incident may have. */
export const UPDATES_MAX = 100;

/** How long a warning's id may be. */
export const WARNING_ID_MAX = 300;
