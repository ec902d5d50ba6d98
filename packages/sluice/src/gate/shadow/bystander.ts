/** Who stands beside a gate: is told of each call when it comes and when it is over, at once, and can change nothing. */
import type { Call } from "../call.ts";
import type { Identity } from "../keys/identity.ts";
import type { Job, LogRow } from "../stores.ts";
import type { WorkDone } from "../upstream/upstream.ts";

/** None of these may throw, wait, or take longer than it takes to write something down. */
export interface Bystander {
  /** A call of a known key comes to *admit*. */
  begin(seen: SeenCall): void;
  /** It was answered, with this row in the log; undefined where no row could be made. Of one that never began: nothing. */
  end(seen: SeenCall, row: LogRow | undefined): void;
  /** A job is over, and with it its slots. */
  jobEnded(job: Job): void;
}

/** What a bystander sees of a call; a visit is one. */
export interface SeenCall {
  readonly call: Call;
  readonly requestId: string;
  readonly atMs: number;
  readonly startedMs: number;
  readonly waited: boolean;
  readonly identity: Identity | undefined;
  readonly simulation: object | undefined;
  readonly input: { readonly bodyBytes: Uint8Array | undefined } | undefined;
  /** What its hold was asked to be. */
  readonly asked: number;
  readonly metered: number | undefined;
  readonly work: WorkDone | undefined;
  /** What the bystander keeps with it. */
  beside: object | undefined;
}
