// What an invariant sees of a run: each moment as a call. A watcher listens to those that it needs.

import type { Answer, Call, JobEnded, JobOutcome, LogRow } from "../../gate/index.ts";
import type {
  Admission,
  Admitted,
  LimitRefused,
  Reservation,
  Reserved,
  SlotClaim,
} from "../../gate/stores.ts";
import type { Command, CommandAnswer, ShardCommand } from "../../store/redis/index.ts";
import type { EndedCall } from "../onlooker.ts";

/** One life of a gate process: a node that was started again is another one. */
export interface Process {
  readonly name: string;
  readonly node: number;
  readonly isAlive: boolean;
}

/** An admission that can be followed from the gate to the server and back. */
export interface Ticketed extends Admission {
  readonly ticket: number;
}

export type Verdict = Admitted | LimitRefused;

/** One request of a caller, and what came of it. */
export interface Attempt {
  readonly caller: string;
  readonly group: string;
  readonly isOwnClient: boolean;
  readonly keyId: string;
  readonly accountId: string;
  readonly operation: string;
  /** One for each call; its attempts share it. */
  readonly nonce: string;
  /** The idempotency key that it was sent with. */
  readonly key: string | undefined;
  readonly sentMs: number;
  /** The process that got it, once one has. */
  host: Process | undefined;
  arrivedMs: number;
  answeredMs: number;
  /** Undefined where none came. Of one that streams the body is what came of it. */
  answer: Answer | undefined;
  /** Whether it streamed, and broke off. */
  isCut: boolean;
  code: string | undefined;
}

export interface Watcher {
  /** A gate asks whether a call may pass. */
  asked?(host: Process, admission: Ticketed): void;
  /** A batch leaves for the server of the limits. */
  batched?(host: Process, batch: readonly ShardCommand[]): void;
  /** The question leaves with it. */
  sent?(host: Process, admission: Ticketed): void;
  /** The server decided, by its own clock. */
  counted?(host: Process, admission: Ticketed, verdict: Verdict, engineMs: number): void;
  /** It did anything else that it was asked to. */
  done?(host: Process, command: Command, answer: CommandAnswer, engineMs: number): void;
  /** The gate hears; undefined: that there is no decision. */
  told?(host: Process, admission: Ticketed, verdict: Verdict | undefined): void;
  /** The gate gives slots of a call back. */
  released?(host: Process, claim: SlotClaim): void;
  /** The server lost what it counted last, or its clock was set. */
  serverChanged?(how: "failover" | "clock_step"): void;
  /** Work is begun for a request of a call. */
  ran?(host: Process, requestId: string, accountId: string, call: string): void;
  /** An event of the answer comes to the gate: what it says that all has cost until then, and whether it is the last. */
  streamed?(requestId: string, cost: number, isLast: boolean): void;
  /** The ledger was asked for a hold. */
  reserved?(reservation: Reservation, reserved: Reserved): void;
  /** A gate asks the ledger to end the hold of a call without a charge. */
  gaveBack?(requestId: string): void;
  /** Work begins that goes on after its call. */
  jobBegan?(jobId: string, accountId: string): void;
  /** It has ended, and some gate is about to be told. */
  jobOver?(jobId: string): void;
  /** A gate was told of its end, and has answered. */
  jobEnded?(jobId: string, outcome: JobOutcome, ended: JobEnded): void;
  /** The row of an answer, and the request as the gate had it. */
  row?(host: Process, row: LogRow, call: Call): void;
  /** A process has put a row into its log, which holds so many by now and has dropped so many. */
  logged?(host: Process, requestId: string, waiting: number, dropped: number): void;
  /** A row has arrived in the log's database. */
  written?(requestId: string): void;
  /** A process asks the directory for a key, so many times at once. */
  lookedUp?(host: Process, atOnce: number): void;
  /** An attempt leaves its caller. */
  tried?(attempt: Attempt): void;
  /** A call is over for its caller, with all its attempts. */
  called?(call: EndedCall): void;
  /** An attempt is over for its caller. */
  ended?(attempt: Attempt): void;
  /** The directory has it that a key is ended. */
  revoked?(keyId: string): void;
  died?(host: Process): void;
  /** Every call is over, and no fault is left. */
  atEnd?(): void;
}

/** Every moment, with nothing left out. */
export type Moments = { readonly [Name in keyof Watcher]-?: NonNullable<Watcher[Name]> };

const NAMES: readonly (keyof Watcher)[] = [
  "asked",
  "batched",
  "sent",
  "counted",
  "done",
  "told",
  "released",
  "serverChanged",
  "ran",
  "streamed",
  "reserved",
  "gaveBack",
  "jobBegan",
  "jobOver",
  "jobEnded",
  "row",
  "logged",
  "written",
  "lookedUp",
  "tried",
  "called",
  "ended",
  "revoked",
  "died",
  "atEnd",
];

/** Of no moment is more told. */
type Tell = (a?: unknown, b?: unknown, c?: unknown, d?: unknown) => void;

/** Tells all watchers of each moment, in their order. */
export function tellAll(watchers: readonly Watcher[]): Moments {
  const moments: Record<string, Tell> = {};
  for (const name of NAMES) {
    const listening: Tell[] = [];
    for (const watcher of watchers) {
      const tell = watcher[name] as Tell | undefined;
      if (tell !== undefined) listening.push(tell.bind(watcher));
    }
    // Without a list of arguments for each watcher: most of what happens is told to several.
    moments[name] = (a, b, c, d) => {
      for (const tell of listening) tell(a, b, c, d);
    };
  }
  return moments as unknown as Moments;
}
