// A scenario: everything that a run is made from besides its seed, as plain data that can be written down as JSON.

/** Milliseconds on the way: at least `leastMs`, and on average so much more, with a long tail. */
export interface Delay {
  readonly leastMs: number;
  readonly moreMs: number;
}

/** What the API of a run allows. Its operations are always the same: see `nodes/sim-api.ts`. */
export interface Allowed {
  /** Of each key, over all operations. */
  readonly windowLimit: number;
  readonly windowMs: number;
  /** Of each account, over all operations but `look`. */
  readonly workLimit: number;
  readonly workMs: number;
  /** `make` at once, of each account; and so many jobs of `build`. */
  readonly slots: number;
  /** Credits that each account has at the beginning; `make` costs 10, all others but `look` at most 10. */
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

/** What `build` starts. */
export interface Jobs {
  readonly tookMs: Delay;
  readonly failPercent: number;
  /** Of which nobody ever reports the end, in percent: they are taken for dead at `ageMs`. */
  readonly lostPercent: number;
  /** From 1,000 to 60,000. */
  readonly ageMs: number;
}

/** Credits a month that may be spent below an account, which has one workspace, and in it a project for each two keys. */
export interface Budgets {
  readonly workspace?: number;
  readonly project?: number;
  readonly key?: number;
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
  /** `tell`, whose answer streams. @default 0 */
  readonly tellPercent?: number;
  /** `build`, which starts a job, and asks how it stands until it has ended. @default 0 */
  readonly buildPercent?: number;
  /** Calls with an idempotency key of the caller's own, in percent; our client always has one. @default 0 */
  readonly keyedPercent?: number;
  /** Of those the ones that take the key of an earlier call by mistake. @default 0 */
  readonly reusedPercent?: number;
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
  /** @default quick ones that all end well */
  readonly jobs?: Jobs;
  /** @default none */
  readonly budgets?: Budgets;
  readonly callers: readonly CallerGroup[];
  readonly faults: readonly Fault[];
  readonly revocations: readonly Revocation[];
  /** How long there may be faults. */
  readonly durationMs: number;
  /** How long it may take then until everything is well again. */
  readonly recoveryMs: number;
}
