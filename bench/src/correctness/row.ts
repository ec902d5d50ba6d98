/** A promise, and the trace that tries to break it. */
import type { Peer } from "../client/peer.ts";
import type { Contender } from "./contender.ts";
import type { Finding } from "./finding.ts";
import type { Stage } from "./stage.ts";

export interface Promised {
  /** What `--only` finds it by. */
  readonly name: string;
  /** The promise, as one says it to a customer. */
  readonly asked: string;
  /** What is done, in one sentence; a limit is ten calls a window. */
  readonly trace: string;
  /** What a reader must know to judge fairly: what somebody promises less of on purpose, for one. */
  readonly note?: string;
  /** Where ours breaks it, and means to: why. Anywhere else a broken promise of ours fails the test. */
  readonly onPurpose?: string;
}

/** One that servers keep: limiters and gates. */
export interface Row extends Promised {
  /** Played in real time whatever counts, and for one contender after another: it starts processes, or gates. */
  readonly isReal?: true;
  /** Undefined where a contender has no words for what is asked. */
  judge(contender: Contender, stage: Stage): Promise<Finding | undefined>;
}

/** One that callers' libraries keep, against servers by script in virtual time. */
export interface ClientRow extends Promised {
  /** Undefined where a library has no words for what is asked. */
  judge(peer: Peer): Promise<Finding | undefined>;
}
