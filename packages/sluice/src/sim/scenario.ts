// A scenario: everything that a run is made from besides its seed, as plain data that can be written down as JSON.

/** Milliseconds on the way: at least `leastMs`, and on average so much more, with a long tail. */
export interface Delay {
  readonly leastMs: number;
  readonly moreMs: number;
}

/** What the API of a run allows. Its operations are always the same: `look`, `make`, `ask` (see `nodes/sim-api.ts`). */
export interface Allowed {
  /** Of each key, over all operations. */
  readonly windowLimit: number;
  readonly windowMs: number;
  /** Of each account, over `make` and `ask`. */
  readonly workLimit: number;
  readonly workMs: number;
  /** `make` at once, of each account. */
  readonly slots: number;
  /** Credits that each account has at the beginning; `make` costs 10, `ask` at most 10. */
  readonly credits: number;
  readonly limitsDown: "open" | "local" | "closed";
}

export interface Nodes {
  readonly count: number;
  /** Their clocks go faster or slower by up to so many millionths. */
  readonly driftPpm: number;
}

export interface LimitsServer {
  /** Its clock is so much ahead of the world's. */
  readonly aheadMs: number;
  /** A decision that takes a node longer is made without it. */
  readonly deadlineMs: number;
  readonly leaseMs: number;
  /** What its replica has not heard of yet, and a failover loses. */
  readonly replicaLagMs: number;
}

/** What callers come to have done. */
export interface Work {
  readonly tookMs: Delay;
  /** Of `make`, in percent: work that takes up to `longMs`, so that its slot has to be kept. */
  readonly longPercent: number;
  /** At most 50,000: an operation's deadline is a minute. */
  readonly longMs: number;
  /** Throws, in percent. */
  readonly failPercent: number;
}

/** How a caller's calls lie in time. */
export type Shape = "steady" | "bursty" | "diurnal";

/** How a caller goes on after a failure: our client, or a model of somebody else's. */
export type PolicyName = "sluice" | "none" | "openai" | "ky" | "p-retry" | "axios-retry" | "aws";

/** Callers that behave alike; each has a key of its own. */
export interface CallerGroup {
  readonly name: string;
  readonly count: number;
  /** Whose keys they are: one account for so many of them. */
  readonly perAccount: number;
  readonly shape: Shape;
  /** Calls, of each. */
  readonly perMinute: number;
  readonly policy: PolicyName;
  /** Parts of the calls, in percent; the rest is `look`. */
  readonly makePercent: number;
  readonly askPercent: number;
  /** The caller leaves after so long, in percent of its calls. */
  readonly leavePercent: number;
  /** Calls with a key that was never made, in percent. */
  readonly strangerPercent: number;
}

/** `upstream` is the API itself, behind its gates. */
export type Part = "limits" | "ledger" | "directory" | "upstream";

/**
 * What goes wrong, and when. `slow`: it takes so much longer; `hung`: what is sent arrives when it is over; `mute`: it does
 * what it is asked and its replies are lost; `refused`: it answers with an error, having done nothing. Without a node: for all.
 */
export type Fault = FaultTime &
  (
    | {
        readonly kind: "slow";
        readonly part: Part;
        readonly node?: number;
        readonly moreMs: number;
      }
    | { readonly kind: "hung" | "mute" | "refused"; readonly part: Part; readonly node?: number }
    /** It answers with a 500, so many times in a hundred. */
    | {
        readonly kind: "failing";
        readonly part: "upstream";
        readonly node?: number;
        readonly percent: number;
      }
    /** The server of the limits is replaced by its replica. */
    | { readonly kind: "failover" }
    /** Its clock is set. */
    | { readonly kind: "clock_step"; readonly stepMs: number }
    /** A node dies, at the moment or at the so-manieth message after it, and comes back at the end. */
    | { readonly kind: "crash"; readonly node: number; readonly afterMessages: number }
    /** The wall clock of a node is set. */
    | { readonly kind: "wall_step"; readonly node: number; readonly stepMs: number }
    /** Requests and answers of callers get lost, in percent. */
    | { readonly kind: "loss"; readonly percent: number }
  );

interface FaultTime {
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** An operator ends keys: so many, at this moment. */
export interface Revocation {
  readonly atMs: number;
  readonly keys: number;
}

export interface Scenario {
  readonly nodes: Nodes;
  readonly limits: LimitsServer;
  readonly network: { readonly callers: Delay; readonly stores: Delay };
  readonly allowed: Allowed;
  readonly work: Work;
  readonly callers: readonly CallerGroup[];
  readonly faults: readonly Fault[];
  readonly revocations: readonly Revocation[];
  /** How long there may be faults. */
  readonly durationMs: number;
  /** How long it may take then until everything is well again. */
  readonly recoveryMs: number;
}
