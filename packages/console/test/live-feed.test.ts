// The feed of what happens now: opened again whenever it ends, and bounded.

import type { LiveSecond } from "@sluice/gateway/admin";
import { describe, expect, it } from "vitest";
import { keptSeconds, LiveFeed, type LiveFeedOptions } from "../src/console/live/live-feed.ts";

type Stream = readonly ({ readonly name: string; readonly data: unknown } | Error)[];

const second = (atMs: number) => ({ name: "second", data: { atMs } as LiveSecond });
const end = (reason: string) => ({ name: "end", data: { reason } });

/** Each stream once, one after the other; then one that says nothing until it is left. */
function feedOf(streams: readonly Stream[], isFinal: LiveFeedOptions["isFinal"] = () => false) {
  const waits: number[] = [];
  const statuses: string[] = [];
  let opened = 0;
  const feed = new LiveFeed({
    async *watch(signal) {
      const stream = streams[opened++];
      if (stream === undefined) await new Promise((resolve) => (signal.onabort = resolve));
      for (const event of stream ?? []) {
        if (event instanceof Error) throw event;
        yield event;
      }
    },
    wait: async (ms) => void waits.push(ms),
    random: () => 1,
    isFinal,
  });
  feed.listen(() => {
    if (statuses.at(-1) !== feed.state().status) statuses.push(feed.state().status);
  });
  return { feed, waits, statuses, opened: () => opened };
}

async function atRest(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

describe("the live feed", () => {
  it("goes on at once where a stream ends in good order", async () => {
    const { feed, waits, opened } = feedOf([[second(1), end("again")], [second(2)]]);
    feed.start();
    await atRest();
    expect(feed.state().seconds.map(({ atMs }) => atMs)).toEqual([1, 2]);
    expect([opened(), waits]).toEqual([3, [1_000]]);
  });

  it("comes back later and later to a gateway that is down, and soon to one that answered", async () => {
    const down = [new Error("down")];
    const { feed, waits, statuses } = feedOf([
      down,
      down,
      down,
      [second(1), ...down],
      [end("stopping")],
    ]);
    feed.start();
    await atRest();
    expect(waits).toEqual([1_000, 2_000, 4_000, 1_000, 2_000]);
    expect(statuses).toEqual(["connecting", "reconnecting", "live", "reconnecting"]);
    expect(feed.state().seconds).toHaveLength(1);
  });

  it("waits half a minute at most", async () => {
    const { feed, waits } = feedOf(Array.from({ length: 9 }, () => [new Error("down")]));
    feed.start();
    await atRest();
    expect(waits.slice(5)).toEqual([30_000, 30_000, 30_000, 30_000]);
  });

  it("keeps the last quarter of an hour, and that while it rests", async () => {
    const all = Array.from({ length: keptSeconds + 5 }, (_, at) => second(at));
    const { feed } = feedOf([all.slice(0, 600), all.slice(600)]);
    feed.start();
    for (let turn = 0; turn < 20; turn++) await atRest();
    expect(feed.state().seconds).toHaveLength(keptSeconds);
    expect(feed.state().seconds[0]?.atMs).toBe(5);
    feed.rest();
    await atRest();
    expect([feed.state().status, feed.state().seconds.length]).toEqual(["resting", keptSeconds]);
  });

  it("does not ask again where there is nothing to watch", async () => {
    const { feed, opened, waits } = feedOf([[new Error("not serving")]], () => true);
    feed.start();
    await atRest();
    expect([feed.state().status, opened(), waits]).toEqual(["not_serving", 1, []]);
  });
});
