// A moment of a busy system: all nodes at their full rate for a fraction of a second, request by request. What decides how
// batches form is the production code (limits far away, the batcher of the ledger); what takes time is modelled: processors
// that do one thing at a time, ways, commits, by unit costs that somebody measured.

import { percentile } from "../run/percentile.ts";
import type { Delay } from "../scenario.ts";

/** Plain data: everything that a moment is made from besides its seed. */
export interface Moment {
  /** Processes that serve; each has one processor. */
  readonly nodes: number;
  /** Over all nodes. */
  readonly requestsPerSecond: number;
  /** What is counted, behind a tenth as long in which queues fill. 10 to 60,000. */
  readonly lengthMs: number;
  /** Of the requests, in percent: those that reserve and settle credits. */
  readonly chargedPercent: number;
  /** Those whose key the node has to look up. */
  readonly lookUpPercent: number;
  readonly node: {
    /** Of its processor, for a request from its first byte to its last, stores and all. */
    readonly requestUs: number;
    /** More for a charged one. */
    readonly chargedUs: number;
  };
  readonly limits: {
    /** Servers that share the shards. */
    readonly servers: number;
    /** Of a server's processor, for a batch and for each decision in it. */
    readonly batchUs: number;
    readonly decisionUs: number;
    /** A decision that takes longer is made by the node alone. */
    readonly deadlineMs: number;
  };
  readonly database: {
    readonly cores: number;
    readonly batchUs: number;
    /** For each reservation, and each settlement. */
    readonly commandUs: number;
    /** Until a commit is on the disk. */
    readonly commitMs: number;
    readonly lookUpUs: number;
    readonly logRowUs: number;
  };
  /** From a node to a store and back. */
  readonly way: Delay;
}

export interface MomentRun {
  /** That began while it was counted. */
  readonly requests: number;
  /** What the gate adds to a request, its own work included: the API behind it is not in it. */
  readonly addedMs: Percentiles;
  /** Of what is there, from 0 to 1. */
  readonly busy: {
    readonly nodes: number;
    readonly limits: number;
    readonly database: number;
  };
  /** How many go together, on average; 0 where none went. */
  readonly together: { readonly decisions: number; readonly commands: number };
  /** Decided by the node alone, because the servers of the limits did not answer in time. */
  readonly decidedAlone: number;
  /** Requests that the ledger did not take, because too many waited. */
  readonly overloaded: number;
  /** Not over yet a second after the end. */
  readonly unanswered: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
}

export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => percentile(sorted, share);
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999) };
}
