/** What a total outage is made of: the calls that there are, or many times as many. */
import { mostInOneSecond } from "../arrivals.ts";
import { PEERS } from "../line-up.ts";
import type { Peer } from "../peer.ts";
import { sluice } from "../peers/sluice.ts";
import { type Cell, counted, type Group, NOTHING, scoreEach, shown } from "../score.ts";
import { scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const STARTS_MS = 30_000;
const ENDS_MS = 90_000;
const CALLS = 150;
const LIMIT_MS = 1_200_000;

export const outage: Group = {
  title: "A total outage of 60 s: one call a second for 150 s, 503 at once from second 30 to 90",
  columns: [
    { heading: "requests in it" },
    { heading: "per call", better: "less" },
    { heading: "most in 1 s", better: "less" },
    { heading: "its calls saved", better: "more" },
    { heading: "well again after s", better: "less" },
    { heading: "lost after it", better: "less" },
  ],
  optimum: ["60", "1.00", "1–2", "", "0.0", "0"],
  notes: [
    "per call: requests that arrive in the outage, by the 60 calls made in it; below 1, calls were turned away unasked",
    "saved: calls made in the outage that succeeded in the end, by retries that outlast it",
    "well again: until the first success of a call made after the outage; lost: of the 60 calls after it",
  ],
  scores: () => scoreEach([sluice, ...PEERS], measure),
};

function measure(peer: Peer): Promise<readonly Cell[]> {
  return inVirtualTime(LIMIT_MS + 1, async (clock) => {
    const isDown = (atMs: number) => atMs >= STARTS_MS && atMs < ENDS_MS;
    const { fetch, arrivals } = scriptedFetch(clock, ({ atMs }) => ({
      status: isDown(atMs) ? 503 : 200,
    }));
    const sender = await peer.open({ fetch });
    const succeededMs: number[] = [];
    const calls = Array.from({ length: CALLS }, async (_, second) => {
      await clock.sleep(second * 1_000);
      await sender.send({ method: "GET", headers: {} });
      succeededMs[second] = clock.monotonicMs();
    });
    await Promise.race([Promise.allSettled(calls), clock.sleep(LIMIT_MS)]);
    sender.close?.();
    const during = arrivals.filter(({ atMs }) => isDown(atMs)).map(({ atMs }) => atMs);
    const after = ENDS_MS / 1_000;
    const succeededIn = (from: number, to: number) =>
      succeededMs.slice(from, to).filter((atMs) => atMs !== undefined);
    const later = succeededIn(after, CALLS);
    return [
      shown(`${during.length}`),
      counted(during.length / 60, 2),
      counted(mostInOneSecond(during)),
      counted(succeededIn(STARTS_MS / 1_000, after).length),
      later.length === 0 ? NOTHING : counted((Math.min(...later) - ENDS_MS) / 1_000, 1),
      counted(CALLS - after - later.length),
    ];
  });
}
