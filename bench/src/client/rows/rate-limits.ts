/** What is wasted on a rate limit, and how long jobs take under it. */

import { counted, NOTHING, shown } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { PEERS } from "../line-up.ts";
import type { Peer, Sender } from "../peer.ts";
import { patient, sluice, sluiceWithContract } from "../peers/sluice.ts";
import { type Dialect, headersOf, xRateLimit } from "../rate-headers.ts";
import {
  bestMs,
  bucketServer,
  counterServer,
  fixedServer,
  type Rate,
  type RateServer,
  slidingServer,
} from "../rate-servers.ts";
import { type Group, type Score, scoreEach } from "../score.ts";
import { type Play, virtually } from "../stage.ts";

export const JOBS = 300;
export const RATE: Rate = { limit: 60, windowMs: 60_000 };
const PHASE_MS = 20_000;
const HALVED_MS = 100_000;
/** By then, what is not done is not done. */
const LIMIT_MS = 3_600_000;
/** The virtual wall clock begins here. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

/** The server algorithms, each in its worst habit that is common. */
export const SERVERS: Readonly<Record<string, () => RateServer>> = {
  "sliding log": () => slidingServer(RATE),
  "fixed window": () => fixedServer(RATE, PHASE_MS),
  "two buckets": () => counterServer(RATE, PHASE_MS),
  "bucket of 10": () => bucketServer(RATE, 10),
  "GCRA, no burst": () => bucketServer(RATE, 1),
};

interface RateRow {
  readonly title: string;
  readonly server: () => RateServer;
  readonly jobs?: number;
  /** On one key, each with its own policies. */
  readonly clients?: number;
  readonly isAimed?: true;
}

export const slidingLog = rateGroup({
  title: "an exact sliding log",
  server: () => slidingServer(RATE),
  isAimed: true,
});

export const fixedWindow = rateGroup({
  title: "a fixed window that began 20 s ago",
  server: () => fixedServer(RATE, PHASE_MS),
  isAimed: true,
});

export const tokenBucket = rateGroup({
  title: "a bucket of 10 tokens",
  server: () => bucketServer(RATE, 10),
  isAimed: true,
});

export const fourClients = rateGroup({
  title: "an exact sliding log, and four clients with one key that know nothing of each other",
  server: () => slidingServer(RATE),
  clients: 4,
});

/** For `--all`. */
export const moreRates = {
  counter: rateGroup({
    title: "two buckets, 20 s into the newer",
    server: () => counterServer(RATE, PHASE_MS),
  }),
  gcra: rateGroup({ title: "GCRA without a burst", server: () => bucketServer(RATE, 1) }),
  "jobs-60": rateGroup({ title: "a sliding log", server: () => slidingServer(RATE), jobs: 60 }),
  "jobs-120": rateGroup({ title: "a sliding log", server: () => slidingServer(RATE), jobs: 120 }),
  "jobs-600": rateGroup({ title: "a sliding log", server: () => slidingServer(RATE), jobs: 600 }),
  "counts-refused": rateGroup({
    title: "a sliding log that counts what it refuses",
    server: () => slidingServer(RATE, { countsRefused: true }),
  }),
  halved: rateGroup({
    title: "a sliding log whose limit is 30 from second 100 on",
    server: () =>
      slidingServer(RATE, { limitAt: (atMs) => (atMs < HALVED_MS ? RATE.limit : RATE.limit / 2) }),
  }),
} as const;

function rateGroup({ title, server, jobs = JOBS, clients = 1, isAimed }: RateRow): Group {
  const patience = clients === 1 && jobs <= JOBS ? patient : (peer: Peer) => patient(peer, 3_600);
  const lineUp = [sluice, patience(sluice), patience(sluiceWithContract), ...PEERS];
  const best = bestMs(server(), jobs);
  return {
    title: `${jobs} jobs at once on a server of 60 a minute: ${title}`,
    columns: [
      { heading: "knows" },
      { heading: "done", better: "more" },
      { heading: "requests" },
      { heading: "429s", better: "less", ...(clients === 1 && { isSafety: true }) },
      { heading: "last done s", better: "less" },
    ],
    optimum: ["", `${jobs}`, `${jobs}`, "0", (best / 1_000).toFixed(1)],
    notes: [
      "headers: X-RateLimit-Limit, -Remaining, -Reset, and Retry-After; a way takes 5 to 25 ms each time",
      "429s and the last success are compared where all jobs were done",
    ],
    scores: (wanted) =>
      scoreEach(lineUp, wanted, (peer) => measure(peer, { server: server(), jobs, clients })),
    ...(isAimed && { aims: (scores) => aimsOf(title, scores, best) }),
  };
}

function aimsOf(title: string, scores: readonly Score[], best: number) {
  // The plain one ends its calls after 30 s; it wastes nothing, and does not finish.
  const cells = scores.filter(({ name }) => name === patient(sluice).name).flatMap((s) => s.cells);
  const [, , , wasted, last] = cells.map(({ value }) => value ?? Number.NaN);
  const ratio = ((last ?? Number.NaN) * 1_000) / best;
  const text = `${JOBS} jobs at 60 a minute, ${title}`;
  return [
    { text: `wasted 429s, ${text}`, wanted: "0", figure: `${wasted}`, isMet: wasted === 0 },
    {
      text: `completion over the optimum, ${text}`,
      wanted: "≤ 1.01",
      figure: ratio.toFixed(4),
      isMet: ratio <= 1.01,
    },
  ];
}

async function measure(
  peer: Peer,
  { clients, ...row }: { server: RateServer; jobs: number; clients: number },
): Promise<readonly Cell[]> {
  const { done, requests, refused, lastMs } = await playRateLimit(
    [...Array(clients)].fill(peer),
    row,
  );
  const isDone = done === row.jobs;
  return [
    shown(peer.knows),
    counted(done),
    shown(`${requests}`),
    isDone ? counted(refused) : shown(`${refused}`),
    isDone ? counted(lastMs / 1_000, 1) : NOTHING,
  ];
}

/** @param peers that take the jobs in turn, each with its own policies and the same key */
export function playRateLimit(
  peers: readonly Peer[],
  {
    server,
    jobs = JOBS,
    dialect = xRateLimit,
    rate = RATE,
    limitMs = LIMIT_MS,
  }: { server: RateServer; jobs?: number; dialect?: Dialect; rate?: Rate; limitMs?: number },
  play: Play = virtually,
) {
  return play(limitMs + 1, async (stage) => {
    let refused = 0;
    const { fetch, arrivals } = stage.serve(({ atMs }) => {
      const verdict = server.handle(atMs);
      if (!verdict.isAdmitted) refused++;
      const status = verdict.isAdmitted ? 200 : 429;
      return { status, headers: headersOf(dialect, verdict, EPOCH_MS + atMs) };
    });
    const senders: Sender[] = [];
    for (const peer of peers) senders.push(await peer.open({ fetch, rate }));
    let done = 0;
    let lastMs = 0;
    const all = Array.from({ length: jobs }, async (_, job) => {
      await senders[job % senders.length]?.send({ method: "GET", headers: {} });
      done++;
      lastMs = stage.clock.monotonicMs();
    });
    await Promise.race([Promise.allSettled(all), stage.clock.sleep(limitMs)]);
    for (const sender of senders) sender.close?.();
    return { done, requests: arrivals.length, refused, lastMs };
  });
}
