// The poll: once a second, one indexed query asks what was changed by others. Numbers become visible in their order,
// so from the last one that was seen nothing is missed; after an outage nothing that was seen counts any more.

import type { Clock } from "../../base/index.ts";
import type { Watchers } from "./watchers.ts";

/** A change, by its number. */
export interface SeenChange {
  readonly sequence: number;
  readonly accountId: string;
}

/** What is polled: the small port that a simulator can be behind. */
export interface ChangeSource {
  /** The number of the newest change; 0 before the first. */
  newest(): Promise<number>;
  /** Changes after that number in their order, at most `max`. */
  after(sequence: number, max: number): Promise<readonly SeenChange[]>;
}

export interface ChangePollOptions {
  readonly source: ChangeSource;
  readonly watchers: Watchers;
  readonly clock: Clock;
  readonly everyMs: number;
  /** The number of the newest change before anything was read. */
  readonly seen: number;
}

/** More changes than these in one poll, and whoever watches forgets everything: that is cheaper. */
const changesMax = 1_000;

/** Polls until the returned function is called. */
export function startChangePoll(options: ChangePollOptions): () => void {
  const { source, watchers, clock, everyMs } = options;
  let seen = options.seen;
  let isLost = false;
  let stopped = false;
  let cancel = () => {};
  const startAnew = async () => {
    // A server that took over may lack what was seen, and have other changes under the same numbers.
    seen = await source.newest();
    isLost = false;
    watchers.tellOfAnything();
  };
  const poll = async () => {
    if (isLost) return startAnew();
    const changes = await source.after(seen, changesMax);
    if (changes.length === changesMax) return startAnew();
    for (const { sequence, accountId } of changes) {
      seen = sequence;
      watchers.tell(accountId);
    }
  };
  const round = () => {
    cancel = clock.after(everyMs, () => {
      void poll()
        .catch(() => {
          isLost = true;
        })
        .finally(() => {
          if (!stopped) round();
        });
    });
  };
  round();
  return () => {
    stopped = true;
    cancel();
  };
}
