// The windows of one contract, each with a pacer of its own: a call leaves when every window that counts it has room, and
// its answer is read by the one that its headers describe. The others go by what they themselves have let go.
import type { RateState } from "../failure/hints.ts";
import { createPacer, type Flight, type KnownWindow, type Pacer } from "./pacer.ts";
import { describedBy } from "./pacing/described.ts";
import { RoundTrips } from "./pacing/round-trips.ts";

/** A window as a contract declares it. */
export interface ContractWindow extends KnownWindow {
  /** The operations that count. @default all */
  readonly operations?: readonly string[] | undefined;
}

/** One pacer where one window counts everything or none is known, else one for each. */
export function createPacing(windows: readonly ContractWindow[], jitterMs?: number): Pacer {
  const [first] = windows;
  if (windows.length < 2 && first?.operations === undefined) {
    return createPacer({
      ...(first && { window: first }),
      ...(jitterMs !== undefined && { jitterMs }),
    });
  }
  return new WindowSet(windows, new RoundTrips(jitterMs));
}

/** A window with its pacer, as the headers may describe it. */
interface Counter {
  readonly operations: readonly string[] | undefined;
  readonly pacer: Pacer;
}

class WindowSet implements Pacer {
  readonly apart: readonly string[];
  readonly #all: readonly Counter[];
  /** The windows that count an operation, where they are not those of every call. */
  readonly #own: ReadonlyMap<string, readonly Counter[]>;
  readonly #common: readonly Counter[];
  /** For calls that no window counts: what their headers say. */
  readonly #rest: readonly Counter[];
  readonly #trips: RoundTrips;

  constructor(windows: readonly ContractWindow[], trips: RoundTrips) {
    const counter = (window?: ContractWindow): Counter => ({
      operations: window?.operations,
      pacer: createPacer(window && { window }, trips),
    });
    this.#trips = trips;
    this.#all = windows.map(counter);
    this.#rest = [counter()];
    this.#common = this.#all.filter(({ operations }) => operations === undefined);
    this.apart = [...new Set(windows.flatMap(({ operations }) => operations ?? []))];
    const counting = (operation: string) =>
      this.#all.filter(({ operations }) => operations?.includes(operation) ?? true);
    this.#own = new Map(this.apart.map((operation) => [operation, counting(operation)]));
  }

  get belief() {
    return (this.#all[0] as Counter).pacer.belief;
  }

  waitMs(nowMs: number, operation?: string): number {
    // What no call may, is for the windows of every call to say.
    const counting = operation === undefined ? this.#common : this.#counting(operation);
    let mostMs = 0;
    for (const { pacer } of counting) mostMs = Math.max(mostMs, pacer.waitMs(nowMs));
    return mostMs;
  }

  sent(nowMs: number, operation = ""): Flight {
    const counting = this.#counting(operation);
    const flights = counting.map(({ pacer }) => pacer.sent(nowMs));
    return {
      answered: (atMs, states, refused) => {
        this.#trips.add(atMs - nowMs);
        const told = this.#toldOf(counting, states);
        const suspects = suspectsOf(told);
        for (const [index, flight] of flights.entries()) {
          const state = told[index];
          flight.answered(atMs, state ? [state] : [], suspects(state) ? refused : undefined);
        }
      },
      lost: (atMs) => {
        this.#trips.addLost(nowMs, atMs);
        for (const flight of flights) flight.lost(atMs);
      },
    };
  }

  #counting(operation: string): readonly Counter[] {
    const counting = this.#own.get(operation) ?? this.#common;
    return counting.length > 0 ? counting : this.#rest;
  }

  /** What is said of each window that counted the call. */
  #toldOf(counting: readonly Counter[], states: readonly RateState[]): (RateState | undefined)[] {
    const beliefOf = ({ pacer }: Counter) => pacer.belief;
    const beliefs = counting.map(beliefOf);
    const others = this.#all.filter((counter) => !counting.includes(counter)).map(beliefOf);
    const owners = states.map((state) => describedBy(state, beliefs, others));
    return beliefs.map((belief) => states[owners.indexOf(belief)]);
  }
}

/** Who can have refused: the windows that are told to be empty, else those of which nothing is told, else any. */
function suspectsOf(told: readonly (RateState | undefined)[]) {
  const isEmpty = (state: RateState | undefined) => state?.remaining === 0;
  const isUntold = (state: RateState | undefined) => state === undefined;
  return [isEmpty, isUntold].find((test) => told.some(test)) ?? (() => true);
}
