/** What is wasted on a rate limit, and how long jobs take under it. */
import { PEERS } from "../line-up.ts";
import type { Peer } from "../peer.ts";
import { patient, sluice, sluiceWithContract } from "../peers/sluice.ts";
import {
  bestMs,
  fixedServer,
  type Rate,
  type RateServer,
  rateHeaders,
  slidingServer,
} from "../rate-servers.ts";
import { type Cell, counted, type Group, NOTHING, scoreEach, shown } from "../score.ts";
import { scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const JOBS = 300;
const RATE: Rate = { limit: 60, windowMs: 60_000 };
const PHASE_MS = 20_000;
/** By then, what is not done is not done. */
const LIMIT_MS = 1_800_000;

const LINE_UP = [sluice, patient(sluice), patient(sluiceWithContract), ...PEERS];

export const slidingLog = rateGroup("an exact sliding log", () => slidingServer(RATE));

export const fixedWindow = rateGroup("a fixed window that began 20 s ago", () =>
  fixedServer(RATE, PHASE_MS),
);

function rateGroup(kind: string, newServer: () => RateServer): Group {
  return {
    title: `${JOBS} jobs at once on a server of 60 a minute: ${kind}`,
    columns: [
      { heading: "knows" },
      { heading: "done", better: "more" },
      { heading: "requests" },
      { heading: "429s", better: "less" },
      { heading: "last done s", better: "less" },
    ],
    optimum: ["", `${JOBS}`, `${JOBS}`, "0", (bestMs(newServer(), JOBS) / 1_000).toFixed(1)],
    notes: [
      "headers: X-RateLimit-Limit, -Remaining, -Reset, and Retry-After; a way takes 5 to 25 ms each time",
      "429s and the last success are compared where all jobs were done",
    ],
    scores: () => scoreEach(LINE_UP, (peer) => measure(peer, newServer())),
  };
}

function measure(peer: Peer, server: RateServer): Promise<readonly Cell[]> {
  return inVirtualTime(LIMIT_MS + 1, async (clock) => {
    let refused = 0;
    const { fetch, arrivals } = scriptedFetch(clock, ({ atMs }) => {
      const verdict = server.handle(atMs);
      if (!verdict.isAdmitted) refused++;
      return { status: verdict.isAdmitted ? 200 : 429, headers: rateHeaders(server, verdict) };
    });
    const sender = await peer.open({ fetch, rate: RATE });
    let done = 0;
    let lastMs = 0;
    const jobs = Array.from({ length: JOBS }, async () => {
      await sender.send({ method: "GET", headers: {} });
      done++;
      lastMs = clock.monotonicMs();
    });
    await Promise.race([Promise.allSettled(jobs), clock.sleep(LIMIT_MS)]);
    sender.close?.();
    const last = lastMs / 1_000;
    return [
      shown(peer.knows),
      counted(done),
      shown(`${arrivals.length}`),
      done === JOBS ? counted(refused) : shown(`${refused}`),
      done === JOBS ? counted(last, 1) : NOTHING,
    ];
  });
}
