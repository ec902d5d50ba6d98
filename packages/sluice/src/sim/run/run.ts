// What a run gives back: what came of it in numbers over time, and which laws were broken.

import type { AnyScenario } from "../contract-scenario.ts";
import type { Scenario } from "../scenario.ts";

export interface Run<S extends AnyScenario = Scenario> {
  readonly seed: number | string;
  readonly scenario: S;
  /** Of everything that happened, in order: two runs with the same are the same run. */
  readonly digest: string;
  /** Empty for a run in which every law held; the run stops at the first. */
  readonly violations: readonly Violation[];
  readonly totals: Totals;
  /** One after the other, `intervalMs` each; callers' attempts are counted when they end. */
  readonly intervals: readonly Interval[];
  readonly intervalMs: number;
  /** The last that happened before a law was broken, or before the end: a line each. */
  readonly lastLines: readonly string[];
  /** Virtual time that passed, from the first call to the end of recovery. */
  readonly lengthMs: number;
}

export interface Violation {
  /** The law as a sentence. */
  readonly law: string;
  readonly atMs: number;
  /** What broke it, with the ids and numbers. */
  readonly found: string;
}

export interface Totals {
  /** What callers wanted done, however often they tried. */
  readonly calls: number;
  /** Calls that were done in the end. */
  readonly done: number;
  /** Requests that were sent for them. */
  readonly attempts: number;
  readonly creditsCharged: number;
  /** Things that happened, as the trace counts them. */
  readonly events: number;
}

export interface Interval {
  /** Since the beginning of the run. */
  readonly fromMs: number;
  readonly attempts: number;
  /** Answered with a 2xx. */
  readonly done: number;
  /** Answered with anything else, by code; and "no_answer". */
  readonly refused: Readonly<Record<string, number>>;
  /** Of attempts that were answered; 0 where none was. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly most: number };
  readonly creditsCharged: number;
  /** Answers that said that limits were counted without their store. */
  readonly degraded: number;
  /** Calls under way over all nodes, at the end of the interval. */
  readonly underWay: number;
}
