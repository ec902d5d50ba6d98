/** What happens twice when answers get lost after the server has done its work. */

import { counted, shown } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { PEERS } from "../line-up.ts";
import type { Peer } from "../peer.ts";
import { sluice, sluiceOfAWidePlan } from "../peers/sluice.ts";
import { type Group, scoreEach, zeroAim } from "../score.ts";
import { connectionFailure, scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const CALLS = 100;
const LIMIT_MS = 1_200_000;

export const someLostAnswers = lostGroup("every fifth call loses its first answer", 5);

export const allLostAnswers = lostGroup("every call loses its first answer", 1);

/** @param every of so many calls one loses its first answer, after the effect. */
function lostGroup(which: string, every: number): Group {
  return {
    title: `Effects that happen twice: ${CALLS} POSTs, one a second; ${which}`,
    columns: [
      { heading: "done twice", better: "less", isSafety: true },
      { heading: "answered", better: "more" },
      { heading: "own key: done twice", better: "less", isSafety: true },
      { heading: "own key: answered", better: "more" },
    ],
    optimum: ["0", `${CALLS}`, "0", `${CALLS}`],
    notes: [
      "the answer is lost after the effect; the server knows Idempotency-Key, and does nothing twice for one key",
      "own key: the caller sends one with each call; before that, whatever the library does by itself",
      "who repeats nothing does nothing twice and has no answer: both columns count",
      "answered is compared where nothing was done twice",
    ],
    scores: (wanted) =>
      scoreEach([sluice, sluiceOfAWidePlan, ...PEERS], wanted, async (peer) => [
        ...(await measure(peer, every, () => ({}))),
        ...(await measure(peer, every, (call) => ({
          "idempotency-key": `call-${call}-of-this-bench`,
        }))),
      ]),
    aims: (scores) => [zeroAim(`duplicate effects, ${which}`, scores, 0, 2)],
  };
}

function measure(
  peer: Peer,
  every: number,
  headersFor: (call: number) => Record<string, string>,
): Promise<readonly Cell[]> {
  return inVirtualTime(LIMIT_MS + 1, async (clock) => {
    const effects = new Map<string, number>();
    const seen = new Set<string>();
    const keys = new Set<string>();
    const { fetch } = scriptedFetch(clock, ({ headers }) => {
      const call = headers.get("x-call") ?? "";
      const key = headers.get("idempotency-key");
      const isFirst = !seen.has(call);
      seen.add(call);
      if (key === null || !keys.has(key)) effects.set(call, (effects.get(call) ?? 0) + 1);
      if (key !== null) keys.add(key);
      if (!isFirst || Number(call) % every > 0) return { status: 200 };
      return { status: 0, throws: connectionFailure("ECONNRESET") };
    });
    const sender = await peer.open({ fetch });
    let answered = 0;
    const calls = Array.from({ length: CALLS }, async (_, call) => {
      await clock.sleep(call * 1_000);
      await sender.send({ method: "POST", headers: { "x-call": `${call}`, ...headersFor(call) } });
      answered++;
    });
    await Promise.race([Promise.allSettled(calls), clock.sleep(LIMIT_MS)]);
    sender.close?.();
    const twice = [...effects.values()].filter((count) => count > 1).length;
    return [counted(twice), twice === 0 ? counted(answered) : shown(`${answered}`)];
  });
}
