// What happens now, second by second, for whoever watches. Counting costs a few additions a request; while nobody watches, none.

import { type Clock, SECOND_MS } from "sluice/base";
import type { LogRow } from "sluice/gate";
import type { LiveEnd, LiveSecond } from "../contract/index.ts";
import { Mailbox } from "./mailbox.ts";
import { SecondTally } from "./second-tally.ts";

export type LiveEvent =
  | { readonly name: "second"; readonly data: LiveSecond }
  | { readonly name: "end"; readonly data: LiveEnd };

export interface LiveEvents extends AsyncIterable<LiveEvent> {
  next(): Promise<IteratorResult<LiveEvent, undefined>>;
  /** Whoever watched has left. */
  return(): Promise<IteratorResult<LiveEvent, undefined>>;
}

export interface LiveCounts {
  /** For each answer of each gate, at its end. */
  answered(row: LogRow): void;
  /** Undefined while too many watch already. Ends by itself after `endsAfterMs`, and at the stop. */
  watch(endsAfterMs: number, signal: AbortSignal): LiveEvents | undefined;
  /** Whoever watches hears the end. */
  stop(): void;
  readonly watchers: number;
}

interface Options {
  readonly clock: Clock;
  /** Calls that are under way now, over all gates. */
  readonly underWay: () => number;
}

const watchersMax = 64;

export function createLiveCounts({ clock, underWay }: Options): LiveCounts {
  const mailboxes = new Set<Mailbox<LiveEvent>>();
  let tally: SecondTally | undefined;
  let cancelTick: () => void = () => undefined;
  let isStopped = false;

  const tick = () => {
    if (tally === undefined) return;
    const data = tally.close(clock.wallMs(), underWay());
    for (const mailbox of mailboxes) mailbox.put({ name: "second", data });
    cancelTick = clock.after(SECOND_MS, tick);
  };
  const enter = (mailbox: Mailbox<LiveEvent>) => {
    mailboxes.add(mailbox);
    if (mailboxes.size > 1) return;
    tally = new SecondTally();
    cancelTick = clock.after(SECOND_MS, tick);
  };
  const leave = (mailbox: Mailbox<LiveEvent>) => {
    if (!mailboxes.delete(mailbox) || mailboxes.size > 0) return;
    tally = undefined;
    cancelTick();
  };

  return {
    answered: (row) => tally?.add(row),
    watch(endsAfterMs, signal) {
      if (mailboxes.size >= watchersMax) return undefined;
      const mailbox = new Mailbox<LiveEvent>();
      // Before anybody reads: what happens from now on counts, and a place is taken.
      enter(mailbox);
      if (isStopped) mailbox.last(theEnd("stopping"));
      const cancelEnd = clock.after(endsAfterMs, () => mailbox.last(theEnd("again")));
      return eventsFrom(mailbox, signal, () => {
        cancelEnd();
        leave(mailbox);
      });
    },
    stop() {
      isStopped = true;
      for (const mailbox of mailboxes) mailbox.last(theEnd("stopping"));
    },
    get watchers() {
      return mailboxes.size;
    },
  };
}

/**
 * What comes into a mailbox, until its end or until its reader leaves. No generator: one that nobody has asked for anything would
 * not hear that its reader has left.
 */
function eventsFrom(
  mailbox: Mailbox<LiveEvent>,
  signal: AbortSignal,
  onEnd: () => void,
): LiveEvents {
  const end = () => {
    signal.removeEventListener("abort", end);
    mailbox.close();
    onEnd();
  };
  signal.addEventListener("abort", end, { once: true });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const value = await mailbox.take();
      if (value !== undefined) return { value, done: false };
      end();
      return { value: undefined, done: true };
    },
    async return() {
      end();
      return { value: undefined, done: true };
    },
  };
}

function theEnd(reason: LiveEnd["reason"]): LiveEvent {
  return { name: "end", data: { reason } };
}
