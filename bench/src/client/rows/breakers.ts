/** Whether breakers open when they must not, and whether they open when they must. */

import { counted } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { BREAKERS } from "../line-up.ts";
import type { Peer, Sender } from "../peer.ts";
import { optionsOf, senderOf, sluice } from "../peers/sluice.ts";
import { type Group, scoreEach, zeroAim } from "../score.ts";
import { type Scripted, scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const IDLE_MS = 300_000;
/** 20 a second; no call takes longer. */
const PACE_MS = 50;
const LIMIT_MS = 3_600_000;

const ours: Peer = {
  ...sluice,
  open: (needs) => senderOf(undefined, { ...optionsOf(needs), attempts: 1 }),
};

export const breakers: Group = {
  title:
    "Breakers, without retries: calls turned away that should not be, and asked that should not be",
  columns: [
    { heading: "after 1 failure", better: "less", isSafety: true },
    { heading: "while 40 % fail", better: "less", isSafety: true },
    { heading: "1 failure after 5 idle min", better: "less", isSafety: true },
    { heading: "asked in 60 s of failure", better: "less" },
  ],
  optimum: ["0", "", "0", ""],
  notes: [
    "after 1 failure: of ten calls, one a second, after the very first call has failed",
    "40 %: of 100 calls, 20 a second: one second is well, in four every other call fails",
    "idle: after those and 5 minutes of nothing, one failure; then of ten calls, one a second",
    "asked: requests of 60 calls in 60 s to a server that is down: a breaker that never opens asks 60 times",
  ],
  scores: (wanted) => scoreEach([ours, ...BREAKERS], wanted, measure),
  aims: (scores) => [zeroAim("false breaker openings", scores, 0, 1, 2)],
};

interface Stage extends Scripted {
  readonly sender: Sender;
  /** What comes next, from now on. */
  readonly say: (status: number) => void;
  readonly sleep: (ms: number) => Promise<void>;
}

async function measure(peer: Peer): Promise<readonly Cell[]> {
  const first = await on(peer, async (stage) => {
    stage.say(500);
    await ask(stage, 1);
    return turnedAway(stage);
  });
  let asked = 0;
  const idle = await on(peer, async (stage) => {
    for (let call = 0; call < 100; call++) {
      stage.say(call >= 20 && call % 2 === 1 ? 500 : 200);
      await Promise.all([ask(stage, 1), stage.sleep(PACE_MS)]);
    }
    asked = stage.arrivals.length;
    await stage.sleep(IDLE_MS);
    stage.say(500);
    await ask(stage, 1);
    return turnedAway(stage);
  });
  const down = await on(peer, async (stage) => {
    stage.say(500);
    return ask(stage, 60, 1_000);
  });
  return [counted(first), counted(100 - asked), counted(idle), counted(down)];
}

/** Of ten calls that would succeed. */
async function turnedAway(stage: Stage): Promise<number> {
  stage.say(200);
  return 10 - (await ask(stage, 10, 1_000));
}

/** Calls, one after the other; answers how many of them reached the server. */
async function ask({ sender, arrivals, sleep }: Stage, calls: number, everyMs = 0) {
  const before = arrivals.length;
  for (let call = 0; call < calls; call++) {
    await sender.send({ method: "GET", headers: {} }).catch(() => "counted by its arrival");
    if (everyMs > 0) await sleep(everyMs);
  }
  return arrivals.length - before;
}

function on(peer: Peer, act: (stage: Stage) => Promise<number>): Promise<number> {
  return inVirtualTime(LIMIT_MS, async (clock) => {
    let status = 200;
    const scripted = scriptedFetch(clock, () => ({
      status,
      headers: {
        "x-ratelimit-limit": "100000",
        "x-ratelimit-remaining": "99999",
        "x-ratelimit-reset": "1",
      },
    }));
    const sender = await peer.open({ fetch: scripted.fetch });
    const say = (next: number) => {
      status = next;
    };
    const ended = await act({ ...scripted, sender, say, sleep: (ms) => clock.sleep(ms) });
    sender.close?.();
    return ended;
  });
}
