/** How a call ends: well, or given up. */
import type { KeptAnswer } from "./attempt.ts";
import type { Failure } from "./failure/failure.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/** A call that went well; its body may still be on its way. */
export interface Delivered {
  readonly kind: "delivered";
  readonly answer: TransportAnswer;
  /** The body, for a call that reads it whole. */
  readonly text: string;
  /** Breaks the body off. */
  readonly abort: (reason: unknown) => void;
  readonly attempts: number;
}

/** A call that was given up, and why. */
export interface GivenUp {
  readonly kind: "given_up";
  readonly failure: Failure;
  readonly kept: KeptAnswer | undefined;
  readonly attempts: number;
  readonly why: readonly string[];
  /** When the same call can succeed, as far as anybody knows; counted from now. */
  readonly retryAfterMs: number | undefined;
  /** Whether an attempt before the last one may have been done, and charged. */
  readonly mayBeDoneBefore: boolean;
}
