/** The port to what happened, one row a request. */
import type { Awaitable } from "../../base/index.ts";
import type { Shortage, StepName } from "../../contract/index.ts";

/** What happened, for people. Not the truth about money (that is the ledger) and never a reason to wait. */
export interface RequestLog {
  /** Takes a row and returns at once; when it cannot keep up it drops the oldest and counts them. */
  append(row: LogRow): void;
  find(query: LogQuery): Awaitable<readonly LogRow[]>;
  /** The row of a request id. */
  explain(requestId: string): Awaitable<LogRow | undefined>;
  usage(accountId: string, fromMs: number, toMs: number): Awaitable<Usage>;
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
  readonly atMs: number;
  /** 0 for a request that never had to wait. */
  readonly durationMs: number;
  readonly accountId: string | undefined;
  readonly keyId: string | undefined;
  readonly operation: string | undefined;
  readonly method: string;
  /** Without the query, which may hold what nobody should keep. At most 512 characters. */
  readonly path: string;
  /** 499 when the caller left before the answer. */
  readonly status: number;
  readonly code: string | undefined;
  readonly condition: string | undefined;
  /** The last step that was begun, and how it ended. */
  readonly endedAt: StepName;
  readonly ending: RowEnding;
  /** The numbers at that moment: the first window after the decision, the hold, the charge. */
  readonly windowLimit: number | undefined;
  readonly windowRemaining: number | undefined;
  readonly held: number;
  readonly charged: number;
  /** What refused (a window, slot, budget, scope or permission), the parameter at fault, and the wait. */
  readonly by: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** How the budget or the account stood that had too few credits. */
  readonly shortage: Shortage | undefined;
  readonly simulated: boolean;
  readonly degraded: Degraded | undefined;
}

/**
 * What an answer had to do without: the store of the limits, so that this process counted alone or nobody did; the directory,
 * so that its key was believed without being asked for anew; or both.
 */
export type Degraded = "limits" | "keys" | "limits, keys";

export type RowEnding = "done" | "refused" | "fault" | "replayed" | "abandoned";

export interface LogQuery {
  readonly accountId?: string;
  readonly keyId?: string;
  readonly code?: string;
  readonly operation?: string;
  readonly status?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Newest first; at most this many. */
  readonly limit: number;
}

export interface Usage {
  readonly requests: number;
  /** Answered with an expected no. */
  readonly refusals: number;
  /** Answered with our own failure. */
  readonly faults: number;
  /** Charged by the time of the answer: what a job came to is in the ledger only. */
  readonly credits: number;
}
