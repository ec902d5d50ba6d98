// One second of all APIs, counted as their answers end; and the keys that were refused most in the last minute.

import { DURATION_BOUNDS_MS, type LogRow } from "sluice/gate";
import type { LiveSecond } from "../contract/index.ts";

const topMax = 10;
const minuteSeconds = 60;
/** Keys and codes of one second: whoever is refused beyond that is not among the most refused. */
const namesMax = 1_000;

export class SecondTally {
  #now = newSecond();
  /** Refused keys of each second of the last minute, oldest first. */
  readonly #minute: ReadonlyMap<string, number>[] = [];

  add(row: LogRow): void {
    const now = this.#now;
    now.requests++;
    now.credits += row.charged;
    if (row.status >= 500) now.faults++;
    if (row.degraded?.includes("limits")) now.degraded.limits++;
    if (row.degraded?.includes("keys")) now.degraded.keys++;
    count(now.durations, classOf(row.durationMs));
    if (row.ending !== "refused") return;
    count(now.codes, JSON.stringify([row.api, row.code ?? ""]));
    if (row.keyId !== undefined) count(now.keys, row.keyId);
  }

  /** What there was since the last time. */
  close(atMs: number, underWay: number): LiveSecond {
    const { requests, faults, credits, degraded, durations, codes, keys } = this.#now;
    this.#now = newSecond();
    this.#minute.push(keys);
    if (this.#minute.length > minuteSeconds) this.#minute.shift();
    return {
      atMs,
      requests,
      refusals: top(codes).map(([name, count]) => {
        const [api = "", code = ""] = JSON.parse(name) as string[];
        return { api, code, count };
      }),
      faults,
      credits,
      latency: requests === 0 ? null : latencyOf(durations, requests),
      underWay,
      degraded,
      refusedKeys: this.#mostRefused(),
    };
  }

  #mostRefused(): LiveSecond["refusedKeys"] {
    const sums = new Map<string, number>();
    for (const second of this.#minute) {
      for (const [keyId, times] of second) sums.set(keyId, (sums.get(keyId) ?? 0) + times);
    }
    return top(sums).map(([keyId, count]) => ({ keyId, count }));
  }
}

function newSecond() {
  return {
    requests: 0,
    faults: 0,
    credits: 0,
    degraded: { limits: 0, keys: 0 },
    durations: new Map<number, number>(),
    codes: new Map<string, number>(),
    keys: new Map<string, number>(),
  };
}

function count<Name>(counts: Map<Name, number>, name: Name): void {
  const before = counts.get(name);
  if (before !== undefined || counts.size < namesMax) counts.set(name, (before ?? 0) + 1);
}

function top(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, topMax);
}

function classOf(durationMs: number): number {
  const found = DURATION_BOUNDS_MS.findIndex((boundMs) => durationMs <= boundMs);
  return found < 0 ? DURATION_BOUNDS_MS.length : found;
}

/** Upper bounds: the class in which the request of that rank lies. What lies beyond the last bound is said to be at it. */
function latencyOf(durations: ReadonlyMap<number, number>, requests: number) {
  const at = (part: number) => {
    let left = Math.ceil(requests * part);
    for (const [index, boundMs] of DURATION_BOUNDS_MS.entries()) {
      left -= durations.get(index) ?? 0;
      if (left <= 0) return boundMs;
    }
    return DURATION_BOUNDS_MS.at(-1) ?? 0;
  };
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
