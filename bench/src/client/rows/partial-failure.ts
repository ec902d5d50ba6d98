/** A server of which a part fails: what works must stay in reach, and what does not must not be hammered. */

import { counted } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { mostInOneSecond } from "../arrivals.ts";
import { PEERS } from "../line-up.ts";
import type { Peer } from "../peer.ts";
import { sluice } from "../peers/sluice.ts";
import { type Group, scoreEach } from "../score.ts";
import { scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const SHARDS = 4;
const PER_SECOND = 20;
const SECONDS = 60;
const CALLS = PER_SECOND * SECONDS;
const LIMIT_MS = 1_200_000;

export const oneShardBad: Group = shardGroup(1);

export const threeShardsBad: Group = shardGroup(3);

function shardGroup(bad: number): Group {
  return {
    title: `A server that fails in part: ${bad} of ${SHARDS} shards answer 503 at once, ${PER_SECOND} calls a second for ${SECONDS} s`,
    columns: [
      { heading: "well shards: lost", better: "less" },
      { heading: "share", better: "less" },
      { heading: "ill shards: per call", better: "less" },
      { heading: "most in 1 s", better: "less" },
      { heading: "requests" },
    ],
    optimum: ["0", "0 %", "", "", ""],
    notes: [
      "all calls are of one operation at one address; which shard has it, only the server knows",
      "lost: calls for shards that are well and yet did not succeed; per call: requests that reach ill shards, by calls for them",
    ],
    scores: (wanted) => scoreEach([sluice, ...PEERS], wanted, (peer) => measure(peer, bad)),
  };
}

function measure(peer: Peer, bad: number): Promise<readonly Cell[]> {
  return inVirtualTime(LIMIT_MS + 1, async (clock) => {
    // Mixed, so that neither the first calls nor every so-manieth are all of one kind.
    const isBad = (call: number) => (call * 7 + Math.floor(call / 4)) % SHARDS < bad;
    const { fetch, arrivals } = scriptedFetch(clock, ({ headers }) => ({
      status: isBad(Number(headers.get("x-call"))) ? 503 : 200,
    }));
    const sender = await peer.open({ fetch });
    let good = 0;
    const calls = Array.from({ length: CALLS }, async (_, call) => {
      await clock.sleep((call * 1_000) / PER_SECOND);
      await sender.send({ method: "GET", headers: { "x-call": `${call}` } });
      good++;
    });
    await Promise.race([Promise.allSettled(calls), clock.sleep(LIMIT_MS)]);
    sender.close?.();
    const forIll = Array.from({ length: CALLS }, (_, call) => call).filter(isBad).length;
    const toIll = arrivals.filter(({ headers }) => isBad(Number(headers.get("x-call"))));
    const lost = CALLS - forIll - good;
    return [
      counted(lost),
      { text: `${((100 * lost) / (CALLS - forIll)).toFixed(1)} %`, value: lost },
      counted(toIll.length / forIll, 2),
      counted(mostInOneSecond(toIll.map(({ atMs }) => atMs))),
      counted(arrivals.length),
    ];
  });
}
