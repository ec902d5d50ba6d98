/** What an outage is made of: the calls that there are, or many times as many. */

import { lines } from "../../pictures.ts";
import { counted, NOTHING, shown } from "../../results/cell.ts";
import { mostInOneSecond, perSecond } from "../arrivals.ts";
import { PEERS } from "../line-up.ts";
import { offer } from "../offer.ts";
import type { Peer } from "../peer.ts";
import { sluice } from "../peers/sluice.ts";
import { type Group, type Score, scoreEach } from "../score.ts";
import type { Answer } from "../scripted-fetch.ts";
import { type Play, virtually } from "../stage.ts";

const STARTS_MS = 30_000;
const ENDS_MS = 90_000;
const CALLS = 150;
const LIMIT_MS = 400_000;
/** A connection that nobody answers is given up by then. */
const TIMEOUT_MS = 10_000;
/** Of the longest gap between two of our probes: 10 s, and a fifth. */
const PROBE_GAP_S = 12;

interface Trouble {
  /** Of the picture. */
  readonly name: string;
  readonly title: string;
  /** From second 30 to 90. */
  readonly answer: (atMs: number) => Answer;
  readonly aims?: Group["aims"];
}

export const outage: Group = outageGroup({
  name: "outage",
  title: "A total outage of 60 s: one call a second for 150 s, 503 at once from second 30 to 90",
  answer: () => ({ status: 503 }),
  aims: (scores) => {
    const cells = scores.find(({ isOurs }) => isOurs)?.cells ?? [];
    const [, perCall, , , wellAfter] = cells.map(({ value }) => value ?? Number.NaN);
    return [
      {
        text: "load amplification in a total outage",
        wanted: "≤ 1.1",
        figure: `${perCall}`,
        isMet: (perCall ?? Number.NaN) <= 1.1,
      },
      {
        text: "well again after a total outage",
        wanted: `within one probe gap, ${PROBE_GAP_S} s`,
        figure: `${wellAfter} s`,
        isMet: (wellAfter ?? Number.NaN) <= PROBE_GAP_S,
      },
    ];
  },
});

export const flapping: Group = outageGroup({
  name: "flapping",
  title:
    "A flapping server: one call a second for 150 s, 5 s of 503 and 5 s of 200 in turn from second 30 to 90",
  answer: (atMs) => ({ status: Math.floor(atMs / 5_000) % 2 === 0 ? 503 : 200 }),
});

export const slowThenDead: Group = outageGroup({
  name: "slow-then-dead",
  title:
    "Slow, then dead: one call a second for 150 s, 600 ms more from second 30, no answer at all from 60 to 90",
  answer: (atMs) =>
    atMs < (STARTS_MS + ENDS_MS) / 2
      ? { status: 200, afterMs: 600 }
      : { status: 200, afterMs: 10 * TIMEOUT_MS },
});

function outageGroup({ name, title, answer, aims }: Trouble): Group {
  return {
    title,
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
      "per call: requests that arrive in it, by the 60 calls made in it; below 1, calls were turned away unasked",
      "saved: calls made in it that succeeded in the end",
      "well again: until the first success of a call made after it; lost: of the 60 calls after it",
    ],
    scores: (wanted) => scoreEach([sluice, ...PEERS], wanted, (peer) => measure(peer, answer)),
    ...(aims && { aims }),
    pictures: (scores) => ({
      [name]: lines(
        { title, x: "second", y: "requests a second" },
        scores.map(({ name, isOurs, perSecond: values = [] }) => ({ name, isOurs, values })),
      ),
    }),
  };
}

async function measure(
  peer: Peer,
  answer: Trouble["answer"],
): Promise<Pick<Score, "cells" | "perSecond">> {
  const { requests, mostInOne, saved, wellAfterMs, lost, arrivedMs } = await playOutage(
    peer,
    answer,
  );
  const cells = [
    shown(`${requests}`),
    counted(requests / 60, 2),
    counted(mostInOne),
    counted(saved),
    wellAfterMs === undefined ? NOTHING : counted(wellAfterMs / 1_000, 1),
    counted(lost),
  ];
  return { cells, perSecond: perSecond(arrivedMs, CALLS) };
}

/** @param scale by how much faster it is played than the group says */
export function playOutage(
  peer: Peer,
  answer: Trouble["answer"] = () => ({ status: 503 }),
  play: Play = virtually,
  scale = 1,
) {
  const [startsMs, endsMs] = [STARTS_MS / scale, ENDS_MS / scale];
  return play(LIMIT_MS + 1, async (stage) => {
    const isIn = (atMs: number) => atMs >= startsMs && atMs < endsMs;
    const script = ({ atMs }: { readonly atMs: number }) =>
      isIn(atMs) ? answer(atMs * scale) : { status: 200 };
    const { fetch, arrivals } = stage.serve(script, { timeoutMs: TIMEOUT_MS });
    const sender = await peer.open({ fetch });
    const limitMs = LIMIT_MS / scale;
    const good = await offer(stage, [sender], { calls: CALLS, perSecond: scale, limitMs });
    const during = arrivals.map(({ atMs }) => atMs).filter(isIn);
    const madeIn = ([from, to]: readonly [number, number]) =>
      [...good].flatMap(([call, ms]) => (call >= from && call < to ? [ms] : []));
    const [first, after] = [STARTS_MS / 1_000, ENDS_MS / 1_000];
    const later = madeIn([after, CALLS]);
    return {
      requests: during.length,
      arrivedMs: arrivals.map(({ atMs }) => atMs),
      mostInOne: mostInOneSecond(during),
      saved: madeIn([first, after]).length,
      wellAfterMs: later.length === 0 ? undefined : Math.min(...later) - endsMs,
      lost: CALLS - after - later.length,
    };
  });
}
