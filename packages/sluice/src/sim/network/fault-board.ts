// Which faults there are now: what is sent asks here before it goes, and again when it arrives.

import type { Clock } from "../../base/index.ts";
import type { Fault, Part } from "../scenario.ts";

export type PartFault = Extract<Fault, { readonly part: Part }>;

export class FaultBoard {
  readonly #clock: Clock;
  readonly #faults: readonly Fault[];
  readonly #byPart = new Map<Part, PartFault[]>();
  #losses: Extract<Fault, { readonly kind: "loss" }>[] = [];
  #areOver = false;
  #overMs = 0;

  constructor(clock: Clock, faults: readonly Fault[]) {
    this.#clock = clock;
    this.#faults = faults;
    for (const fault of faults) {
      if (fault.kind === "loss") this.#losses.push(fault);
      if ("part" in fault) {
        this.#byPart.set(fault.part, [...(this.#byPart.get(fault.part) ?? []), fault]);
      }
    }
  }

  get all(): readonly Fault[] {
    return this.#faults;
  }

  get areOver(): boolean {
    return this.#areOver;
  }

  /** From now on there are none. */
  end(): void {
    if (this.#areOver) return;
    this.#areOver = true;
    this.#overMs = this.#clock.monotonicMs();
  }

  /** What is wrong with the way from a node to a part of the stores; the worst, where several things are. */
  on(part: Part, node: number): PartFault | undefined {
    const faults = this.#byPart.get(part);
    if (faults === undefined || this.#areOver) return undefined;
    const nowMs = this.#clock.monotonicMs();
    let worst: PartFault | undefined;
    for (const fault of faults) {
      if (fault.node !== undefined && fault.node !== node) continue;
      if (nowMs < fault.fromMs || nowMs >= fault.fromMs + fault.lengthMs) continue;
      if (worst === undefined || worst.kind === "slow") worst = fault;
    }
    return worst;
  }

  /** Whether anything at all was wrong on that way at any time since. */
  wereAny(part: Part, node: number, sinceMs: number): boolean {
    const nowMs = this.#clock.monotonicMs();
    for (const fault of this.#byPart.get(part) ?? []) {
      if (fault.node !== undefined && fault.node !== node) continue;
      if (this.endOf(fault) > sinceMs && fault.fromMs <= nowMs) return true;
    }
    return false;
  }

  /** When a fault ends, or ended. */
  endOf({ fromMs, lengthMs }: Fault): number {
    return Math.min(fromMs + lengthMs, this.#areOver ? this.#overMs : Number.POSITIVE_INFINITY);
  }

  /** How many of a hundred requests and answers get lost now. */
  get lossPercent(): number {
    if (this.#areOver) return 0;
    const nowMs = this.#clock.monotonicMs();
    let percent = 0;
    for (const { fromMs, lengthMs, percent: share } of this.#losses) {
      if (nowMs >= fromMs && nowMs < fromMs + lengthMs) percent = Math.max(percent, share);
    }
    return percent;
  }
}
