// What happens now, second by second, for whoever watches. Counting costs a few additions a request; while nobody watches, none.

import type { Clock } from "sluice/base";
import type { LogRow } from "sluice/gate";
import type { LiveEnd, LiveSecond } from "../contract/index.ts";
import { Mailbox } from "./mailbox.ts";
import { SecondTally } from "./second-tally.ts";

export type LiveEvent =
  | { readonly name: "second"; readonly data: LiveSecond }
  | { readonly name: "end"; readonly data: LiveEnd };

export interface LiveCounts {
  /** For each answer of each gate, at its end. */
  answered(row: LogRow): void;
  /** Undefined while too many watch already. Ends by itself after `endsAfterMs`, and at the stop. */
  watch(endsAfterMs: number, signal: AbortSignal): AsyncGenerator<LiveEvent> | undefined;
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
const secondMs = 1_000;

export function createLiveCounts({ clock, underWay }: Options): LiveCounts {
  const mailboxes = new Set<Mailbox<LiveEvent>>();
  let tally: SecondTally | undefined;
  let cancelTick = () => undefined as void;
  let isStopped = false;

  const tick = () => {
    if (tally === undefined) return;
    const data = tally.close(clock.wallMs(), underWay());
    for (const mailbox of mailboxes) mailbox.put({ name: "second", data });
    cancelTick = clock.after(secondMs, tick);
  };
  const enter = (mailbox: Mailbox<LiveEvent>) => {
    mailboxes.add(mailbox);
    if (mailboxes.size > 1) return;
    tally = new SecondTally();
    cancelTick = clock.after(secondMs, tick);
  };
  const leave = (mailbox: Mailbox<LiveEvent>) => {
    mailboxes.delete(mailbox);
    if (mailboxes.size > 0) return;
    tally = undefined;
    cancelTick();
  };

  async function* events(mailbox: Mailbox<LiveEvent>, endsAfterMs: number, signal: AbortSignal) {
    const cancelEnd = clock.after(endsAfterMs, () => mailbox.last(theEnd("again")));
    const onAbort = () => mailbox.close();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      for (let event = await mailbox.take(); event !== undefined; event = await mailbox.take()) {
        yield event;
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      cancelEnd();
      leave(mailbox);
    }
  }

  return {
    answered: (row) => tally?.add(row),
    watch(endsAfterMs, signal) {
      if (mailboxes.size >= watchersMax) return undefined;
      const mailbox = new Mailbox<LiveEvent>();
      // Before anybody reads: what happens from now on counts, and a place is taken.
      enter(mailbox);
      if (isStopped) mailbox.last(theEnd("stopping"));
      return events(mailbox, endsAfterMs, signal);
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

function theEnd(reason: LiveEnd["reason"]): LiveEvent {
  return { name: "end", data: { reason } };
}
