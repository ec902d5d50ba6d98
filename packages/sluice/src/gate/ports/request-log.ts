/** The port to what happened, one row a request. */
import type { Awaitable } from "../../base/index.ts";
import type { Shortage, StepName } from "../../contract/index.ts";
import type { BudgetState } from "./ledger.ts";

/** What happened, for people. Not the truth about money (that is the ledger) and never a reason to wait. */
export interface RequestLog {
  /** Takes a row and returns at once; when it cannot keep up it drops the oldest and counts them. */
  append(row: LogRow): void;
  find(query: LogQuery): Awaitable<readonly LogRow[]>;
  /** The row of a request id. */
  explain(requestId: string): Awaitable<LogRow | undefined>;
  usage(accountId: string, fromMs: number, toMs: number): Awaitable<Usage>;
  /**
   * What happened on each day (UTC) from the one of `fromMs` on that began before `toMs`; oldest first, of one day by contract
   * and operation. Kept for 90 days, however short rows are.
   */
  days(query: DayQuery): Awaitable<readonly DaySum[]>;
  /** Rows that were dropped because the log could not keep up. */
  dropped(): number;
}

/**
 * One request. Flat, and without a list of its steps: they follow from where it ended (`stepsOf`), so that
 * the row of an uneventful request costs one small object.
 */
export interface LogRow {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  /** The title of its contract: several APIs may share a log. */
  readonly api: string;
  readonly atMs: number;
  /** 0 for a request that never had to wait. */
  readonly durationMs: number;
  readonly accountId: string | undefined;
  readonly keyId: string | undefined;
  /** Whether the key was opened by a secret that is being rotated out. */
  readonly isOlderSecret: boolean;
  /** Where the call came from, seen from behind the trusted hops. */
  readonly address: string;
  readonly operation: string | undefined;
  readonly method: string;
  /** Without the query, which may hold what nobody should keep. At most 512 characters. */
  readonly path: string;
  /** 400 or above for whatever was not done: 499 when the caller left before the answer. */
  readonly status: number;
  readonly code: string | undefined;
  readonly condition: string | undefined;
  /** The last step that was begun, and how it ended. */
  readonly endedAt: StepName;
  readonly ending: RowEnding;
  /** The numbers at that moment: the first window after the decision (its name, limit and room), the hold, the charge. */
  readonly window: string | undefined;
  readonly windowLimit: number | undefined;
  readonly windowRemaining: number | undefined;
  readonly held: number;
  readonly charged: number;
  /** What was left to the account, where the call asked for credits. */
  readonly creditsRemaining: number | undefined;
  /** What refused (a window, slot, budget, scope or permission), the parameter at fault, and the wait. */
  readonly by: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What few rows have; absent for most. */
  readonly details: RowDetails | undefined;
  readonly simulated: boolean;
  readonly degraded: Degraded | undefined;
}

/** What a row knows beside its columns. */
export interface RowDetails {
  /** The slots of the first kind that the call takes, after the decision. */
  readonly slots?: { readonly id: string; readonly taken: number; readonly limit: number };
  /** The budget with the least room after the hold. */
  readonly budget?: BudgetState;
  /** How the budget or the account stood that had too few credits. */
  readonly shortage?: Shortage;
  /** What a refusal carried for the words of the answer, so that they can be found again. */
  readonly limit?: number;
  readonly expected?: string;
  readonly allowed?: readonly string[];
  readonly message?: string;
  /** The wait as it was counted, where there was one: the answer's is in whole seconds, and some contracts fix it. */
  readonly waitMs?: number;
  /** What the call might have cost, where credits were too few for it. */
  readonly needed?: number;
  /** What the answer had begun as, so that its head said nothing of a refusal: that was the last of its events, or a cut. */
  readonly begunAs?: "events" | "bytes" | "upgraded";
}

/**
 * What an answer had to do without: the store of the limits, so that this process counted alone or nobody did; the directory,
 * so that its key was believed without being asked for anew; or both.
 */
export type Degraded = "limits" | "keys" | "limits, keys";

export type RowEnding = "done" | "refused" | "fault" | "replayed" | "abandoned";

/** Which rows: all that match every property that is there. */
export interface LogQuery {
  readonly api?: string;
  readonly accountId?: string;
  readonly keyId?: string;
  readonly isOlderSecret?: boolean;
  readonly clientRequestId?: string;
  readonly code?: string;
  readonly condition?: string;
  readonly ending?: RowEnding;
  readonly operation?: string;
  readonly status?: number;
  readonly fromMs?: number;
  /** Before this moment. */
  readonly toMs?: number;
  /** Newest first, of one millisecond the greatest id first; at most this many. */
  readonly limit: number;
  /** Only rows behind this one in that order. */
  readonly after?: LogPlace;
}

export type LogPlace = Pick<LogRow, "atMs" | "requestId">;

export interface DayQuery {
  readonly api?: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One day of one operation; its sums are exact for the rows that were written. */
export interface DaySum {
  /** When the day began. */
  readonly dayMs: number;
  readonly api: string;
  /** Undefined for paths that are no operation. */
  readonly operation: string | undefined;
  readonly requests: number;
  /** Answered with an expected no; some of them are failures, too. */
  readonly refusals: number;
  /** Answered with 500 or above, whatever the reason, unless a test key asked for it. */
  readonly failures: number;
  readonly abandoned: number;
  readonly credits: number;
  /** How many took at most so many milliseconds, by {@link DURATION_BOUNDS_MS}, and last how many took longer. */
  readonly durations: readonly number[];
}

/** The bounds of the classes that durations are counted in. */
export const DURATION_BOUNDS_MS: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000,
];

export interface Usage {
  readonly requests: number;
  /** Answered with an expected no. */
  readonly refusals: number;
  /** Answered with our own failure. */
  readonly faults: number;
  /** Charged by the time of the answer: what a job came to is in the ledger only. */
  readonly credits: number;
}
