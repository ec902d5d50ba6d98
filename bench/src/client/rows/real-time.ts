/** Whether virtual time tells the truth: five scenarios played ten times as fast, in virtual time and over real sockets. */

import type { Aim } from "../../results/table.ts";
import { DEFAULTS } from "../line-up.ts";
import type { Peer } from "../peer.ts";
import { patient, sluice } from "../peers/sluice.ts";
import { fixedServer, slidingServer } from "../rate-servers.ts";
import type { Group, Score } from "../score.ts";
import { type Play, really, virtually } from "../stage.ts";
import { playBrownOut } from "./brown-out.ts";
import { playOutage } from "./outage.ts";
import { playRateLimit } from "./rate-limits.ts";
import { playRetryAfter } from "./retry-after.ts";

const SCALE = 10;
const RATE = { limit: 60, windowMs: 60_000 / SCALE };
const PHASE_MS = 20_000 / SCALE;
const RETRY_AFTER_MS = 6_000;
const SHARE = 0.3;
/** What a peer has not done by then, it has not done: in both kinds of time. */
const LIMIT_MS = 40_000;
const BROWN_OUT = { calls: 400, perSecond: 20, limitMs: LIMIT_MS };
const AGREE = 0.05;

interface Scenario {
  readonly name: string;
  /** The same figure from either kind of time. */
  readonly play: (peer: Peer, play: Play) => Promise<number>;
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: "sliding log: last done s",
    play: async (peer, play) => {
      const row = { server: slidingServer(RATE), rate: RATE, limitMs: LIMIT_MS };
      return (await playRateLimit([peer], row, play)).lastMs / 1_000;
    },
  },
  {
    name: "fixed window: last done s",
    play: async (peer, play) => {
      const row = { server: fixedServer(RATE, PHASE_MS), rate: RATE, limitMs: LIMIT_MS };
      return (await playRateLimit([peer], row, play)).lastMs / 1_000;
    },
  },
  {
    name: "outage: requests in all",
    play: async (peer, play) => (await playOutage(peer, undefined, play, SCALE)).arrivedMs.length,
  },
  {
    name: "Retry-After 6: ended s",
    play: async (peer, play) =>
      (await playRetryAfter(peer, {}, play, RETRY_AFTER_MS)).endedMs / 1_000,
  },
  {
    name: "brown-out: load",
    play: async (peer, play) => (await playBrownOut(peer, SHARE, play, BROWN_OUT)).load,
  },
];

export const realTime: Group = realTimeGroup([patient(sluice)]);

export const realTimeOfAll: Group = realTimeGroup([patient(sluice), ...DEFAULTS]);

function realTimeGroup(peers: readonly Peer[]): Group {
  return {
    title: `Virtual and real time: the scenarios above ${SCALE} times as fast, here over real sockets`,
    columns: SCENARIOS.map(({ name }) => ({ heading: name })),
    optimum: SCENARIOS.map(() => ""),
    notes: [
      "each cell: in virtual time → in real time, and by how much they differ; all five run at once in real time",
      "the same scripts behind node:http and the platform's fetch, with the same ways of 5 to 25 ms",
    ],
    async scores(wanted) {
      const scores: Score[] = [];
      for (const peer of peers.filter(({ isOurs, name }) => isOurs || wanted(name))) {
        console.error(`  ${peer.name}`);
        scores.push(await measure(peer));
      }
      return scores;
    },
    aims,
  };
}

async function measure(peer: Peer): Promise<Score> {
  const virtual: number[] = [];
  for (const { play } of SCENARIOS) virtual.push(await play(peer, virtually));
  const real = await Promise.all(SCENARIOS.map(({ play }) => play(peer, really)));
  const cells = virtual.map((one, index) => {
    const other = real[index] ?? Number.NaN;
    const apart = Math.abs(other - one) / one;
    const digits = Number.isInteger(one) && Number.isInteger(other) ? 0 : 2;
    return {
      text: `${one.toFixed(digits)} → ${other.toFixed(digits)} (${(100 * apart).toFixed(1)} %)`,
      value: apart,
    };
  });
  return { name: peer.name, isOurs: peer.isOurs === true, cells };
}

function aims(scores: readonly Score[]): readonly Aim[] {
  const apart = scores
    .filter(({ isOurs }) => isOurs)
    .flatMap(({ cells }) => cells.map(({ value }) => value ?? Number.NaN));
  const most = Math.max(...apart);
  return [
    {
      text: "ours in virtual and in real time, five scenarios: furthest apart",
      wanted: `≤ ${100 * AGREE} %`,
      figure: `${(100 * most).toFixed(1)} %`,
      isMet: most <= AGREE,
    },
  ];
}
