// What a caller does of itself: when its next call comes and what it is, whatever became of those before. So a seed's calls are
// the same however fast the machine, the network and the gate are.

import type { Random } from "../../base/index.ts";
import type { AnyGroup } from "../contract-scenario.ts";
import type { Subject } from "../subject/subject.ts";
import { type Arrivals, arrivalsOf } from "./arrivals.ts";

const LEAVES_AFTER_MS_MAX = 2_000;
const STRANGERS = 5;

export interface Wish {
  readonly operation: string;
  /** The caller leaves after so long, unless it is answered by then. */
  readonly leavesMs: number | undefined;
  /** Which key that nobody has it calls with, in place of its own. */
  readonly stranger: number | undefined;
}

export class Habit {
  readonly #subject: Subject;
  readonly #group: AnyGroup;
  readonly #random: Random;
  readonly #arrivals: Arrivals;

  constructor(subject: Subject, group: AnyGroup, lengthMs: number, random: Random) {
    this.#subject = subject;
    this.#group = group;
    this.#random = random;
    this.#arrivals = arrivalsOf(group, lengthMs, random);
  }

  /** How long from this moment of the run until the next call. */
  untilNextMs(nowMs: number): number {
    return this.#arrivals.nextMs(nowMs);
  }

  /** What that call is. */
  next(): Wish {
    const { leavePercent, strangerPercent } = this.#group;
    const random = this.#random;
    const operation = this.#subject.draw(this.#group, random);
    const leaves = random.integer(100) < leavePercent;
    const leavesMs = leaves ? random.float() * LEAVES_AFTER_MS_MAX : undefined;
    const isStranger = random.integer(100) < strangerPercent;
    return { operation, leavesMs, stranger: isStranger ? random.integer(STRANGERS) : undefined };
  }
}
