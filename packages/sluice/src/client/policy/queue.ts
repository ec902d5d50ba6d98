/**
 * Who waits and who goes next. A class is worth a head start: whoever has waited as long as one class is worth has caught
 * up with who comes now in the next, so nobody starves, and two calls never change their order.
 */
import { DAY_MS } from "../../base/index.ts";
import { insist, numbers } from "../decide/numbers.ts";
import { Concurrency, type RunOutcome } from "./queue-concurrency.ts";
import {
  inOrder,
  Line,
  type Place,
  PRIORITIES,
  type Slots,
  type Ticket,
  type Waiting,
} from "./queue-line.ts";

export type { RunOutcome } from "./queue-concurrency.ts";
export type { Priority, Ticket, Waiting } from "./queue-line.ts";

export interface QueueOptions {
  /** Calls of these operations that may run at once: the contract's slots, with the caller's own limits. */
  readonly slots?: readonly SlotsLimit[] | undefined;
  /** Operations whose calls wait in lines of their own, besides those with slots: they may be held up alone. */
  readonly apart?: readonly string[];
  /** Calls that may run at once, whatever the operation: at first. @default 8 */
  readonly concurrencyStart?: number;
  /** @default 1 */
  readonly concurrencyMin?: number;
  /** @default 64 */
  readonly concurrencyMax?: number;
  /** One more is refused, or takes the place of the last in line. @default 1,000 */
  readonly waitingMax?: number;
  /**
   * A call whose turn comes later is given up, at once where that is known, with `retryAt`: for workers that have something
   * better to do than wait. The call's deadline ends a wait, too. @default a day
   */
  readonly waitMaxMs?: number;
  /** The wait that is worth a class. @default 10,000 */
  readonly ageingMs?: number;
  /** The share of the concurrency that is kept for calls of high priority. @default 0.1 */
  readonly reserve?: number;
  /** Told of a call that lost its place to a better one. */
  readonly onShed?: (ticket: Ticket) => void;
}

export interface SlotsLimit {
  readonly name: string;
  readonly limit: number;
  readonly operations: readonly string[];
}

export interface Queue {
  /**
   * Goes at once, where there is room and nobody waits.
   * @param isApart whether those who wait do so for something of their own, and may be passed. @default false
   */
  pass(call: Waiting, isApart?: boolean): Ticket | undefined;
  /** Refused where as many wait already as may, and all of them go before this one. */
  enter(call: Waiting): Ticket | "refused";
  /**
   * Who goes now; it holds its slots until it leaves. Ask again until nobody does.
   * @param mayLeave false while nothing may be sent. @param isHeld whether calls of an operation may not be sent.
   */
  next(
    nowMs: number,
    mayLeave: boolean,
    isHeld?: (operation: string) => boolean,
  ): Ticket | undefined;
  /** One that went has ended. */
  leave(ticket: Ticket, outcome: RunOutcome, nowMs: number): void;
  /** One that waits or is on the way was given up. */
  remove(ticket: Ticket): void;
  readonly waiting: number;
  readonly running: number;
  readonly concurrency: number;
  readonly waitMaxMs: number;
}

export const QUEUE_DEFAULTS = {
  concurrencyStart: 8,
  concurrencyMin: 1,
  concurrencyMax: 64,
  waitingMax: 1_000,
  waitMaxMs: DAY_MS,
  ageingMs: 10_000,
  reserve: 0.1,
} as const satisfies Omit<QueueOptions, "slots" | "apart" | "onShed">;

export function createQueue(options: QueueOptions = {}): Queue {
  return new PriorityQueue(options);
}

class PriorityQueue implements Queue {
  readonly #settings: Readonly<Record<keyof typeof QUEUE_DEFAULTS, number>>;
  readonly #onShed: QueueOptions["onShed"];
  readonly #concurrency: Concurrency;
  readonly #lanes: ReadonlyMap<string, readonly Line[]>;
  /** For operations without slots. */
  readonly #rest = laneFor([]);
  readonly #lines: readonly Line[];
  #sequence = 0;
  #waiting = 0;
  #running = 0;
  /** Of those that run, the ones that may not use what is kept for high priority. */
  #others = 0;

  constructor({ slots = [], apart = [], onShed, ...given }: QueueOptions) {
    const { concurrencyStart, concurrencyMin, concurrencyMax } = QUEUE_DEFAULTS;
    const most = given.concurrencyMax ?? concurrencyMax;
    const least = given.concurrencyMin ?? concurrencyMin;
    const start = Math.max(least, Math.min(most, concurrencyStart));
    const defaults = { ...QUEUE_DEFAULTS, concurrencyStart: start };
    this.#settings = numbers("queue", defaults, given, ["reserve"]);
    insist(this.#settings.reserve < 1, "queue.reserve is a share, below 1");
    this.#onShed = onShed;
    this.#concurrency = new Concurrency(this.#settings);
    this.#lanes = lanesOf(slots, apart);
    this.#lines = [...this.#lanes.values(), this.#rest].flat();
  }

  pass(call: Waiting, isApart = false): Ticket | undefined {
    if (this.#waiting > 0 && !isApart) return undefined;
    if (this.#running >= this.#concurrency.limit) return undefined;
    const place = this.#placeFor(call);
    const { rank, slots } = place.line;
    if ((rank > 0 && !this.#isOpenToAll) || !slots.every(isFree)) return undefined;
    return this.#start(place, call.enteredMs);
  }

  enter(call: Waiting): Ticket | "refused" {
    const place = this.#placeFor(call);
    if (this.#waiting >= this.#settings.waitingMax) {
      const last = this.#lines.reduce(
        (worst, { last }) => (last !== undefined && inOrder(worst, last) < 0 ? last : worst),
        place,
      );
      if (last === place) return "refused";
      this.#drop(last);
      this.#onShed?.(last);
    }
    place.line.append(place);
    this.#waiting++;
    return place;
  }

  next(
    nowMs: number,
    mayLeave: boolean,
    isHeld?: (operation: string) => boolean,
  ): Ticket | undefined {
    const { ageingMs } = this.#settings;
    if (!mayLeave || this.#waiting === 0) return undefined;
    if (this.#running >= this.#concurrency.limit) return undefined;
    const isOpenToAll = this.#isOpenToAll;
    const heads = this.#lines.flatMap((line) => this.#headOf(line, nowMs) ?? []).sort(inOrder);
    const kept = new Set<Slots>();
    for (const head of heads) {
      const { rank, slots } = head.line;
      if (rank > 0 && !isOpenToAll) continue;
      if (isHeld?.(head.call.operation ?? "")) continue;
      if (slots.every((slot) => isFree(slot) && !kept.has(slot))) {
        this.#drop(head);
        return this.#start(head, nowMs);
      }
      // Slots that are never free at the same moment are in the end kept for whoever needs them all.
      if (nowMs - head.call.enteredMs < PRIORITIES.length * ageingMs) continue;
      for (const slot of slots) kept.add(slot);
    }
    return undefined;
  }

  leave(ticket: Ticket, outcome: RunOutcome, nowMs: number): void {
    const place = ticket as Place;
    if (place.state !== "running") return;
    this.#concurrency.learn(outcome, this.#running, place.startedMs, nowMs);
    this.#end(place);
  }

  remove(ticket: Ticket): void {
    const place = ticket as Place;
    if (place.state === "waiting") this.#drop(place);
    else if (place.state === "running") this.#end(place);
  }

  get waiting(): number {
    return this.#waiting;
  }

  get waitMaxMs(): number {
    return this.#settings.waitMaxMs;
  }

  get running(): number {
    return this.#running;
  }

  get concurrency(): number {
    return this.#concurrency.limit;
  }

  #placeFor(call: Waiting): Place {
    const lane = this.#lanes.get(call.operation ?? "") ?? this.#rest;
    const line = lane[PRIORITIES.indexOf(call.priority)];
    insist(line !== undefined, `queue: there is no priority ${call.priority}`);
    return {
      call,
      key: call.enteredMs + line.rank * this.#settings.ageingMs,
      sequence: this.#sequence++,
      line,
      state: "waiting",
      startedMs: 0,
      before: undefined,
      behind: undefined,
    };
  }

  /** Beside what is kept for high priority there is room. */
  get #isOpenToAll(): boolean {
    const { limit } = this.#concurrency;
    return this.#others < limit - Math.round(limit * this.#settings.reserve);
  }

  /** The first of a line that is still in time. */
  #headOf(line: Line, nowMs: number): Place | undefined {
    while (line.first !== undefined && line.first.call.deadlineMs <= nowMs) this.#drop(line.first);
    return line.first;
  }

  #drop(place: Place): void {
    place.line.unlink(place);
    place.state = "left";
    this.#waiting--;
  }

  #start(place: Place, nowMs: number): Place {
    place.state = "running";
    place.startedMs = nowMs;
    this.#count(place, 1);
    return place;
  }

  #end(place: Place): void {
    place.state = "left";
    this.#count(place, -1);
  }

  #count({ line }: Place, by: 1 | -1): void {
    this.#running += by;
    if (line.rank > 0) this.#others += by;
    for (const slot of line.slots) slot.used += by;
  }
}

function isFree({ used, limit }: Slots): boolean {
  return used < limit;
}

/** A line for each class. */
function laneFor(slots: readonly Slots[]): readonly Line[] {
  return PRIORITIES.map((_, rank) => new Line(rank, slots));
}

function lanesOf(
  limits: readonly SlotsLimit[],
  apart: readonly string[],
): ReadonlyMap<string, readonly Line[]> {
  const needs = new Map<string, Slots[]>(apart.map((operation) => [operation, []]));
  for (const { name, limit, operations } of limits) {
    insist(limit >= 1, `queue: slots ${name}: a limit of ${limit} lets nobody go`);
    const slots = { limit, used: 0 };
    for (const operation of operations) {
      needs.set(operation, [...(needs.get(operation) ?? []), slots]);
    }
  }
  return new Map(Array.from(needs, ([operation, slots]) => [operation, laneFor(slots)]));
}
