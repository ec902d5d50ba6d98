/** What went wrong with one attempt, before anybody has decided what to do about it. Plain data. */
import type { Action, RetryAdvice } from "../../contract/index.ts";
import type { Hints } from "./hints.ts";

/**
 * Where it went wrong: in an answer that is no success; before there was any answer; at one of our own deadlines;
 * in the midst of a stream that had begun well; or here, where it was not even sent.
 */
export type FailureSource = "answer" | "connection" | "timeout" | "stream" | "client";

/** Codes for what no API has a word for. */
export const OWN_CODES = ["connection_failed", "timeout", "unknown_error"] as const;

export interface Failure {
  readonly source: FailureSource;
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  /** As the API spells it; else one of `OWN_CODES`. */
  readonly code: string;
  readonly type: string | undefined;
  readonly message: string;
  readonly param: string | undefined;
  /** Every condition that the code can stand for; empty where nobody knows. */
  readonly conditions: readonly string[];
  readonly requestId: string | undefined;
  readonly advice: RetryAdvice;
  readonly action: Action;
  /** Whether the call was charged. */
  readonly charged: "yes" | "no" | "unknown";
  /** Whether the work can have begun: what is not safe to repeat is repeated only when it cannot have. */
  readonly processed: "no" | "unknown";
  readonly hints: Hints;
  /** The body's text, bounded and without keys; for the log record. */
  readonly body: string | undefined;
  /** What was thrown, where something was. Never shown: it may hold the request. */
  readonly cause: unknown;
}
