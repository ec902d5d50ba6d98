/** Lines: calls of one class that need the same slots, in the order in which they came. Whoever gives up leaves at once. */

export const PRIORITIES = ["high", "normal", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface Waiting {
  /** Undefined for what is no operation of the contract. */
  readonly operation: string | undefined;
  readonly priority: Priority;
  /** Never goes back from one call to the next. */
  readonly enteredMs: number;
  /** From then on it is not let go; whoever waits must watch it too, and remove the ticket. */
  readonly deadlineMs: number;
}

/** One that waits or is on the way. */
export interface Ticket {
  readonly call: Waiting;
}

export interface Slots {
  readonly limit: number;
  used: number;
}

/** What a ticket is inside the queue. */
export interface Place extends Ticket {
  /** When it entered, plus the head start of the classes above its own: the smallest goes first. */
  readonly key: number;
  readonly sequence: number;
  readonly line: Line;
  state: "waiting" | "running" | "left";
  startedMs: number;
  before: Place | undefined;
  behind: Place | undefined;
}

export class Line {
  /** 0 for the highest class. */
  readonly rank: number;
  readonly slots: readonly Slots[];
  first: Place | undefined;
  last: Place | undefined;

  constructor(rank: number, slots: readonly Slots[]) {
    this.rank = rank;
    this.slots = slots;
  }

  append(place: Place): void {
    place.before = this.last;
    if (place.before === undefined) this.first = place;
    else place.before.behind = place;
    this.last = place;
  }

  unlink({ before, behind }: Place): void {
    if (before === undefined) this.first = behind;
    else before.behind = behind;
    if (behind === undefined) this.last = before;
    else behind.before = before;
  }
}

/** Who goes before whom. */
export function inOrder(a: Place, b: Place): number {
  return a.key - b.key || a.sequence - b.sequence;
}
