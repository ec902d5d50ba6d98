// The numbers of a run over time: counted as it goes, in intervals of which there are never more than a picture can show.

import type { LogRow } from "../../gate/index.ts";
import type { AnyScenario } from "../contract-scenario.ts";
import type { Cluster } from "../nodes/cluster.ts";
import { isDegraded } from "../traffic/sim-transport.ts";
import { percentile } from "./percentile.ts";
import type { Interval, Run } from "./run.ts";
import type { SimWorld } from "./sim-world.ts";
import type { Attempt, Process, Watcher } from "./watcher.ts";

const INTERVALS_MAX = 600;
const INTERVAL_MS_MIN = 1_000;
/** Latencies that are kept of one interval: more say nothing more of its percentiles. */
const LATENCIES_MAX = 10_000;

interface Counting {
  readonly fromMs: number;
  attempts: number;
  done: number;
  readonly refused: Record<string, number>;
  readonly latenciesMs: number[];
  creditsCharged: number;
  degraded: number;
}

export class Series implements Watcher {
  readonly #world: SimWorld;
  readonly #intervalMs: number;
  readonly #intervals: Interval[] = [];
  #now: Counting;
  #charged = 0;
  #cluster: Cluster | undefined;

  constructor(world: SimWorld) {
    this.#world = world;
    const { durationMs, recoveryMs } = world.scenario;
    const lengthMs = durationMs + recoveryMs;
    this.#intervalMs = Math.max(INTERVAL_MS_MIN, Math.ceil(lengthMs / INTERVALS_MAX));
    this.#now = begun(0);
  }

  watchCluster(cluster: Cluster): void {
    this.#cluster = cluster;
  }

  row(_process: Process, { charged }: LogRow): void {
    this.#moveOn();
    this.#now.creditsCharged += charged;
    this.#charged += charged;
  }

  ended({ answer, code, sentMs, answeredMs }: Attempt): void {
    this.#moveOn();
    const now = this.#now;
    now.attempts++;
    if (code !== undefined) now.refused[code] = (now.refused[code] ?? 0) + 1;
    if (answer === undefined) return;
    if (answer.status < 400) now.done++;
    if (isDegraded(answer)) now.degraded++;
    if (now.latenciesMs.length < LATENCIES_MAX) now.latenciesMs.push(answeredMs - sentMs);
  }

  runOf(callers: readonly { calls: number; done: number; attempts: number }[]): Run<AnyScenario> {
    this.#close();
    const sum = (name: "calls" | "done" | "attempts") =>
      callers.reduce((total, caller) => total + caller[name], 0);
    const { seed, scenario, trace, violations, nowMs } = this.#world;
    return {
      seed,
      scenario,
      digest: trace.digest,
      violations,
      totals: {
        calls: sum("calls"),
        done: sum("done"),
        attempts: sum("attempts"),
        creditsCharged: this.#charged,
        events: trace.count,
      },
      intervals: this.#intervals,
      intervalMs: this.#intervalMs,
      lastLines: trace.lines(),
      lengthMs: nowMs,
    };
  }

  #moveOn(): void {
    if (this.#world.nowMs < this.#now.fromMs + this.#intervalMs) return;
    this.#close();
    const skipped = Math.floor(this.#world.nowMs / this.#intervalMs);
    this.#now = begun(skipped * this.#intervalMs);
  }

  #close(): void {
    const { fromMs, attempts, done, refused, latenciesMs, creditsCharged, degraded } = this.#now;
    latenciesMs.sort((a, b) => a - b);
    const at = (share: number) => percentile(latenciesMs, share);
    const latencyMs = { p50: at(0.5), p99: at(0.99), most: at(1) };
    const underWay = this.#cluster?.underWay ?? 0;
    const counted = { fromMs, attempts, done, refused, creditsCharged, degraded };
    this.#intervals.push({ ...counted, latencyMs, underWay });
  }
}

function begun(fromMs: number): Counting {
  const counts = { attempts: 0, done: 0, creditsCharged: 0, degraded: 0 };
  return { fromMs, ...counts, refused: {}, latenciesMs: [] };
}
