// What a replay adds up: by account, by operation and over time. Of each there are only so many, however long the log is.

import type { DifferenceKind, Judged } from "../../gate/index.ts";

export interface PlanSum {
  calls: number;
  newlyRefused: number;
  newlyPassed: number;
  refusedOtherwise: number;
  chargedOtherwise: number;
  /** Refused in the log, and under the other contract. */
  refusedWas: number;
  refusedWould: number;
  creditsWas: number;
  creditsWould: number;
}

export interface PlanInterval {
  readonly fromMs: number;
  readonly calls: number;
  readonly refusedWas: number;
  readonly refusedWould: number;
}

type Kind = { [K in DifferenceKind]: keyof PlanSum };
const MEMBERS: Kind = {
  newly_refused: "newlyRefused",
  newly_passed: "newlyPassed",
  refused_otherwise: "refusedOtherwise",
  charged_otherwise: "chargedOtherwise",
};

export function noSum(): PlanSum {
  return {
    ...{ calls: 0, newlyRefused: 0, newlyPassed: 0, refusedOtherwise: 0, chargedOtherwise: 0 },
    ...{ refusedWas: 0, refusedWould: 0, creditsWas: 0, creditsWould: 0 },
  };
}

type Known = Extract<Judged, { kind: "judged" }>;

export function addTo(sum: PlanSum, { real, shadow, difference }: Known): void {
  sum.calls++;
  if (difference !== undefined) sum[MEMBERS[difference.kind]]++;
  if (real.status >= 400) sum.refusedWas++;
  if (shadow.status >= 400) sum.refusedWould++;
  sum.creditsWas += real.charged;
  sum.creditsWould += shadow.charged;
}

/** Sums by name; those of names beyond the bound are one, which has none. */
export class NamedSums {
  readonly #sums = new Map<string, PlanSum>();
  readonly #namesMax: number;
  readonly #others = noSum();

  constructor(namesMax: number) {
    this.#namesMax = namesMax;
  }

  of(name: string): PlanSum {
    const known = this.#sums.get(name);
    if (known !== undefined) return known;
    if (this.#sums.size >= this.#namesMax) return this.#others;
    const sum = noSum();
    this.#sums.set(name, sum);
    return sum;
  }

  get size(): number {
    return this.#sums.size;
  }

  /** What changed most comes first. */
  list(): readonly (PlanSum & { readonly name: string | undefined })[] {
    const rows = [...this.#sums].map(([name, sum]) => ({
      ...sum,
      name: name as string | undefined,
    }));
    if (this.#others.calls > 0) rows.push({ ...this.#others, name: undefined });
    const weight = (sum: PlanSum) =>
      sum.newlyRefused + sum.newlyPassed + Math.abs(sum.creditsWould - sum.creditsWas) / 1e6;
    return rows.sort((a, b) => weight(b) - weight(a) || b.calls - a.calls);
  }
}

const INTERVALS_MAX = 240;

/** Over time: intervals grow twice as long whenever there are too many. */
export class PlanSeries {
  #intervalMs = 1_000;
  #startMs: number | undefined;
  #intervals: PlanInterval[] = [];

  add(atMs: number, { real, shadow }: Known): void {
    this.#startMs ??= Math.floor(atMs / 1_000) * 1_000;
    let at = this.#placeOf(atMs);
    while (at >= INTERVALS_MAX) {
      this.#widen();
      at = this.#placeOf(atMs);
    }
    for (let next = this.#intervals.length; next <= at; next++) {
      const fromMs = this.#startMs + next * this.#intervalMs;
      this.#intervals.push({ fromMs, calls: 0, refusedWas: 0, refusedWould: 0 });
    }
    const one = this.#intervals[at] as PlanInterval;
    this.#intervals[at] = {
      fromMs: one.fromMs,
      calls: one.calls + 1,
      refusedWas: one.refusedWas + (real.status >= 400 ? 1 : 0),
      refusedWould: one.refusedWould + (shadow.status >= 400 ? 1 : 0),
    };
  }

  get intervalMs(): number {
    return this.#intervalMs;
  }

  list(): readonly PlanInterval[] {
    return this.#intervals;
  }

  #placeOf(atMs: number): number {
    return Math.max(0, Math.floor((atMs - (this.#startMs ?? atMs)) / this.#intervalMs));
  }

  #widen(): void {
    this.#intervalMs *= 2;
    const wide: PlanInterval[] = [];
    for (let at = 0; at < this.#intervals.length; at += 2) {
      const one = this.#intervals[at] as PlanInterval;
      const next = this.#intervals[at + 1];
      wide.push({
        fromMs: one.fromMs,
        calls: one.calls + (next?.calls ?? 0),
        refusedWas: one.refusedWas + (next?.refusedWas ?? 0),
        refusedWould: one.refusedWould + (next?.refusedWould ?? 0),
      });
    }
    this.#intervals = wide;
  }
}
