// The clock of one process: it drifts, its wall clock is set, and with the process it falls silent for ever.

import { type Clock, sleepBy, type VirtualClock } from "../../base/index.ts";

/** A hair of a millisecond: a timer of a clock that drifts must not fire before its time by that clock. */
const HAIR_MS = 1e-6;

export class NodeClock implements Clock {
  readonly #world: VirtualClock;
  readonly #rate: number;
  readonly #bornMs: number;
  /** Process clocks begin anywhere. */
  readonly #startsAtMs: number;
  /** Of the machine, which outlives the process. */
  readonly #wallOffsetMs: () => number;
  #isSilent = false;

  constructor(
    world: VirtualClock,
    options: {
      readonly driftPpm: number;
      readonly startsAtMs: number;
      readonly wallOffsetMs: () => number;
    },
  ) {
    this.#world = world;
    this.#rate = 1 + options.driftPpm / 1e6;
    this.#bornMs = world.monotonicMs();
    this.#startsAtMs = options.startsAtMs;
    this.#wallOffsetMs = options.wallOffsetMs;
  }

  wallMs(): number {
    return this.#world.wallMs() + Math.round(this.#wallOffsetMs());
  }

  monotonicMs(): number {
    return this.#startsAtMs + (this.#world.monotonicMs() - this.#bornMs) * this.#rate;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepBy((callback) => this.after(ms, callback), signal);
  }

  after(ms: number, callback: () => void): () => void {
    const worldMs = this.#rate === 1 ? ms : ms / this.#rate + HAIR_MS;
    return this.#world.after(worldMs, () => {
      if (!this.#isSilent) callback();
    });
  }

  /** The process is dead: nothing that it waits for comes. */
  silence(): void {
    this.#isSilent = true;
  }
}
