/** A call on its way through a second contract: how it came, how it went on, and what was made of it. */
import type { Refusal } from "../../contract/index.ts";
import type { LogRow, Subscriber } from "../stores.ts";
import type { WorkDone } from "../upstream/upstream.ts";
import type { Visit } from "../visit.ts";
import type { Difference, Side } from "./difference.ts";

/** A call that comes. */
export interface Sighting {
  readonly requestId: string;
  readonly atMs: number;
  /** When it was admitted, by a clock that never goes back. */
  readonly nowMs: number;
  readonly method: string;
  readonly target: string;
  readonly subscriber: Subscriber;
}

/** How it went on. */
export interface Came {
  readonly row: LogRow;
  /** Its JSON body, where it was read and accepted. */
  readonly body?: Uint8Array | undefined;
  /** Whether its query is in the target. */
  readonly hasQuery: boolean;
  /** The answer, where the cost may stand in it; and the cost, where the answer was a stream or the log says it. */
  readonly work?: WorkDone | undefined;
  readonly metered?: number | undefined;
  /** What its hold was asked to be. */
  readonly asked?: number | undefined;
}

/** A call that was let in, or not, and is not over yet. */
export interface Case {
  readonly visit: Visit;
  readonly refusal: Refusal | undefined;
}

export type Judged =
  /** The shadow's limits or funds did not answer. */
  | { readonly kind: "unjudged"; readonly why: "limits" | "funds" }
  | {
      readonly kind: "judged";
      readonly operation: string | undefined;
      readonly real: Side;
      readonly shadow: Side;
      /** Undefined where the shadow would have done the same. */
      readonly difference: Difference | undefined;
      readonly assumed: Readonly<Assumed>;
    };

/** What stood in no record, and was taken to be so. */
export interface Assumed {
  /** That there were enough credits. */
  credits: boolean;
  /** That the input was good. */
  input: boolean;
}
