// One world: time, chance, faults, the trace, and who watches. Everything in a run takes from here what it needs.

import { type Random, seededRandom, VirtualClock } from "../../base/index.ts";
import type { AnyScenario } from "../contract-scenario.ts";
import { FaultBoard } from "../network/fault-board.ts";
import type { Delay } from "../scenario.ts";
import type { Subject } from "../subject/subject.ts";
import type { Violation } from "./run.ts";
import { Trace } from "./trace.ts";
import { type Moments, tellAll, type Watcher } from "./watcher.ts";

/** Violations that are kept: the first is what matters, the others tell how it goes on. */
const VIOLATIONS_MAX = 10;

export class SimWorld {
  readonly seed: number | string;
  readonly scenario: AnyScenario;
  readonly subject: Subject;
  readonly clock: VirtualClock;
  readonly trace = new Trace();
  readonly faults: FaultBoard;
  readonly violations: Violation[] = [];
  moments: Moments = tellAll([]);
  /** Every way to a store takes the least that it can: what chance makes slow looks like an outage. */
  areWaysQuick = false;

  constructor(scenario: AnyScenario, seed: number | string, subject: Subject) {
    this.seed = seed;
    this.scenario = scenario;
    this.subject = subject;
    const startMs = Date.UTC(2026, 0, 1) + this.random("start").integer(365) * 86_400_000;
    this.clock = new VirtualClock(startMs);
    this.faults = new FaultBoard(this.clock, scenario.faults);
  }

  get nowMs(): number {
    return this.clock.monotonicMs();
  }

  /** Chance of its own for each part, so that one that draws more does not change another. */
  random(name: string): Random {
    return seededRandom(`${this.seed}, ${name}`);
  }

  /** How long it takes to a store, or back. */
  storeWayMs(random: Random): number {
    const { stores } = this.scenario.network;
    return (this.areWaysQuick ? stores.leastMs : drawDelay(stores, random)) / 2;
  }

  watch(watchers: readonly Watcher[]): void {
    this.moments = tellAll(watchers);
  }

  note(what: string, who: string, value: string | number = ""): void {
    this.trace.note(this.nowMs, what, who, value);
  }

  /** A law does not hold. */
  broken(law: string, found: string): void {
    this.note("BROKEN", law, found);
    if (this.violations.length >= VIOLATIONS_MAX) return;
    this.violations.push({ law, atMs: this.nowMs, found });
  }
}

/** The least, and more with an exponential tail that ends at twenty times the average. */
export function drawDelay({ leastMs, moreMs }: Delay, random: Random): number {
  if (moreMs === 0) return leastMs;
  return leastMs + moreMs * Math.min(20, -Math.log(1 - random.float()));
}
