/** Who keeps to `Retry-After`, and to a deadline of their own. */

import { counted, NOTHING, shown } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { PEERS } from "../line-up.ts";
import type { Needs, Peer } from "../peer.ts";
import { patient, sluice } from "../peers/sluice.ts";
import { type Group, scoreEach, zeroAim } from "../score.ts";
import { type Play, virtually } from "../stage.ts";

const WAIT_MS = 61_000;
const DEADLINE_MS = 30_000;
const LIMIT_MS = 1_200_000;
/** Under which an end after the deadline is the last timer's doing. */
const TOLERANCE_MS = 100;

export const retryAfter: Group = {
  title: "A 429 with Retry-After: 61, obeyed or not; then the same with a deadline of 30 s",
  columns: [
    { heading: "requests" },
    { heading: "early retries", better: "less", isSafety: true },
    { heading: "earliest by ms", better: "less" },
    { heading: "ended" },
    { heading: "with a deadline s", better: "less" },
    { heading: "overran", better: "less", isSafety: true },
  ],
  optimum: ["1 or 2", "0", "0", "", "0.0", "no"],
  notes: [
    "earliest: how long before the server allowed it; each 429 counts down the same 61 s",
    "with a deadline: when the call ends where 30 s are asked for; who knows that 61 s do not fit fails at once",
    "deadlines as each offers them: totalTimeout, timeout, maxRetryTime, expiration, a policy, an abort by hand",
  ],
  scores: (wanted) => scoreEach([sluice, patient(sluice), ...PEERS], wanted, measure),
  aims: (scores) => [zeroAim("early retries", scores, 1), zeroAim("deadline overruns", scores, 5)],
};

async function measure(peer: Peer): Promise<readonly Cell[]> {
  const free = await playRetryAfter(peer, {});
  const early = free.arrivedMs.slice(1).filter((atMs) => atMs < free.allowedMs);
  const earliest = Math.max(0, free.allowedMs - (free.arrivedMs[1] ?? free.allowedMs));
  // It has the deadline in its name: another one would be another row.
  const isPatient = peer.name !== sluice.name && peer.isOurs === true;
  const bound = isPatient ? undefined : await playRetryAfter(peer, { deadlineMs: DEADLINE_MS });
  return [
    shown(`${free.arrivedMs.length}`),
    counted(early.length),
    counted(Math.round(earliest)),
    shown(`${free.how} at ${(free.endedMs / 1_000).toFixed(1)} s`),
    bound === undefined ? NOTHING : counted(bound.endedMs / 1_000, 1),
    bound === undefined
      ? NOTHING
      : bound.endedMs > DEADLINE_MS + TOLERANCE_MS
        ? { text: "OVERRAN", value: 1 }
        : { text: "no", value: 0 },
  ];
}

export function playRetryAfter(
  peer: Peer,
  needs: Pick<Needs, "deadlineMs">,
  play: Play = virtually,
  waitMs = WAIT_MS,
) {
  return play(LIMIT_MS + 1, async ({ clock, serve }) => {
    let allowedMs = 0;
    const { fetch, arrivals } = serve(({ atMs }) => {
      allowedMs ||= atMs + waitMs;
      const leftMs = allowedMs - atMs;
      if (leftMs <= 0) return { status: 200 };
      return { status: 429, headers: { "retry-after": `${Math.ceil(leftMs / 1_000)}` } };
    });
    const sender = await peer.open({ fetch, ...needs });
    const how = await Promise.race([
      sender.send({ method: "GET", headers: {} }).then(
        () => "done",
        () => "failed",
      ),
      clock.sleep(LIMIT_MS).then(() => "not"),
    ]);
    const endedMs = clock.monotonicMs();
    sender.close?.();
    return { how, endedMs, allowedMs, arrivedMs: arrivals.map(({ atMs }) => atMs) };
  });
}
