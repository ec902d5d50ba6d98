/** One request on its way through the gate: what each step found, for the steps after it. */
import { assert } from "../base/index.ts";
import type { Matched, Refusal, StepName } from "../contract/index.ts";
import type { AnswerStream, ByteSource, Call } from "./call.ts";
import type { Caller, Identity, WindowRule } from "./keys/identity.ts";
import type { OperationSettings } from "./operations.ts";
import type { Payer } from "./scope.ts";
import type { Settings } from "./settings.ts";
import type {
  Budget,
  BudgetState,
  RowDetails,
  SlotClaim,
  StoredAnswer,
  WindowState,
} from "./stores.ts";
import type { BoundedBody } from "./stream/bounded-body.ts";
import type { RunningWork } from "./upstream/running.ts";
import type { WorkDone } from "./upstream/upstream.ts";

/** Input that passed its schemas. */
export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly bodyBytes: Uint8Array | undefined;
  /** The body on its way, where nobody reads it. */
  readonly passedBody: BoundedBody | undefined;
}

export interface Hold {
  readonly id: string;
  readonly amount: number;
  /** Whether there is an idempotency record to store the answer with. */
  readonly remembers: boolean;
}

/** An answer that is still to come: events with a completion among them, bytes, or whatever another protocol says. */
export interface Streaming {
  readonly kind: "events" | "bytes" | "upgraded";
  readonly source: ByteSource;
  readonly running: RunningWork;
}

/** A refusal that a test key asked for, waiting for the step that owns its condition. */
export interface Simulation {
  readonly step: StepName;
  readonly refusal: Refusal;
}

/** Where the id of a request comes from, and the time at which it came. */
interface Arrival extends Pick<Settings, "nextRequestId"> {
  readonly clock: Pick<Settings["clock"], "wallMs" | "monotonicMs">;
}

const NOTHING: Matched = { kind: "nothing" };

export class Visit {
  readonly call: Call;
  readonly requestId: string;
  /** When it came: by the wall clock, for people, and by the monotonic one, for durations. */
  readonly atMs: number;
  readonly startedMs: number;
  /** The step that it is in, and whether anything threw on the way. */
  step: StepName = "match";
  faulted = false;
  /** Whether any step had to wait, so that `startedMs` is past. */
  waited = false;
  /** From *match*. */
  path = "/";
  search = "";
  matched: Matched = NOTHING;
  operation: OperationSettings | undefined = undefined;
  /** From *identify*. */
  identity: Identity | undefined = undefined;
  /** Whether the key was believed though it could not be asked for anew. */
  keyIsStale = false;
  /** Whether the secret that opened it is one that is being rotated out. */
  secretIsOlder = false;
  simulation: Simulation | undefined = undefined;
  /** From *admit*. */
  windowClaims: readonly WindowRule[] | undefined = undefined;
  windows: readonly WindowState[] | undefined = undefined;
  /** The monotonic instant of that decision. */
  admittedMs = 0;
  slots: readonly SlotClaim[] | undefined = undefined;
  /** How the first kind of them stood after that decision. */
  slotsTaken: RowDetails["slots"] = undefined;
  /** Whether this process decided alone, or nobody did. */
  limitsAreDown = false;
  /** From *validate*. */
  input: Input | undefined = undefined;
  /** Who pays, where the input says so. */
  payer: Payer | undefined = undefined;
  /** From *reserve*. */
  hold: Hold | undefined = undefined;
  /** What it was asked to be, whether or not there was as much. */
  asked = 0;
  /** What the hold was, also after it ended. */
  held = 0;
  /** The budget with the least room after it. */
  narrowestBudget: BudgetState | undefined = undefined;
  replayed: StoredAnswer | undefined = undefined;
  creditsRemaining: number | undefined = undefined;
  /** What is charged of the hold, as soon as it is known. */
  cost: number | undefined = undefined;
  /** From *run*. */
  work: WorkDone | undefined = undefined;
  /** The answer that streams, and the work that goes on while it does. */
  stream: Streaming | undefined = undefined;
  /** The body of an answer of which only the head is sent, where most of it was still to come. */
  unsent: AnswerStream | undefined = undefined;
  /** What a stream has cost until now; undefined for answers that are whole. */
  metered: number | undefined = undefined;
  /** Tells those who wait for it that the call of a job is over. */
  jobStarted: (() => void) | undefined = undefined;
  /** From *settle*. */
  charged = 0;
  /** What a shadow keeps of the call while it is under way. */
  beside: object | undefined = undefined;

  constructor(call: Call, gate: Arrival) {
    this.call = call;
    this.atMs = gate.clock.wallMs();
    this.startedMs = gate.clock.monotonicMs();
    this.requestId = gate.nextRequestId(this.atMs);
  }

  /** The caller, known from *identify* on. */
  get known(): Identity {
    assert(this.identity !== undefined, "asked for the caller before identify");
    return this.identity;
  }

  /** The caller as the upstream is told of it: with the workspace and the project that pay. */
  get caller(): Caller {
    return this.payer?.caller ?? this.known.caller;
  }

  get budgets(): readonly Budget[] {
    return this.payer?.budgets ?? this.known.budgets;
  }

  /** The operation, certain from *validate* on. */
  get settled(): OperationSettings {
    assert(this.operation !== undefined, "asked for the operation before validate");
    return this.operation;
  }
}
