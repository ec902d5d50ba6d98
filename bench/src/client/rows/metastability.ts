/** Whether a server that has too much to do for a moment ever gets well again under those who call it. */

import { lines } from "../../pictures.ts";
import { counted, shown } from "../../results/cell.ts";
import { perSecond, within } from "../arrivals.ts";
import { DEFAULTS, PEERS } from "../line-up.ts";
import type { Peer, Sender } from "../peer.ts";
import { sluice } from "../peers/sluice.ts";
import { type Group, type Score, scoreEach } from "../score.ts";
import { connectionFailure, type Script, scriptedFetch } from "../scripted-fetch.ts";
import { inVirtualTime } from "../virtual-time.ts";

const CAPACITY = 300;
const OFFERED = 280;
const STANDS_MS = 5_000;
const GOES_MS = 15_000;
const ENDS_MS = 45_000;
/** What it is judged by in the end. */
const LAST_MS = 5_000;
/** Calls that wait in the server; one more is reset. Two seconds of work, of which half is for nobody. */
const BACKLOG = 600;
const TIMEOUT_MS = 1_000;
const LIMIT_MS = 300_000;
/** Goodput from which on all is well. */
const WELL = 0.95 * OFFERED;
const WELL_SECONDS = 5;

export const metastability: Group = metastableGroup(1, DEFAULTS);

export const metastabilityOfAll: Group = metastableGroup(1, PEERS);

export const metastableFleet: Group = metastableGroup(20, PEERS);

/** @param clients that offer the same load together, each with its own policies. */
function metastableGroup(clients: number, peers: readonly Peer[]): Group {
  const who = clients === 1 ? "one client" : `${clients} clients`;
  return {
    title:
      `Metastability: ${CAPACITY} a second served in order, ${OFFERED} offered by ${who}; ` +
      `the server stands still from second ${STANDS_MS / 1_000} to ${GOES_MS / 1_000}`,
    columns: [
      { heading: "per call in it", better: "less" },
      { heading: "most in 1 s after it", better: "less" },
      { heading: "well again after s", better: "less" },
      { heading: "lost after it", better: "less" },
      { heading: "goodput in the end", better: "more" },
      { heading: "requests/s in the end" },
      { heading: "returns" },
    ],
    optimum: ["", `${OFFERED}`, "1.0", "0", `${OFFERED}`, `${OFFERED}`, "yes"],
    notes: [
      `the server works off everything it has taken in, also what nobody waits for any more; ${BACKLOG} wait, the rest is reset`,
      `every fetch gives up after ${TIMEOUT_MS / 1_000} s; the run ends at second ${ENDS_MS / 1_000}, and its last ${LAST_MS / 1_000} s are the end`,
      "per call in it: requests that arrive while it stands still, by the calls made then",
      "well again: until the first of five seconds in each of which 95 % of what is offered succeeds",
    ],
    aims: (scores) => [
      {
        text: `a server that stood still for 10 s comes back, ${who}`,
        wanted: "returns",
        figure: scores.find(({ isOurs }) => isOurs)?.cells.at(-1)?.text ?? "",
        isMet: scores.find(({ isOurs }) => isOurs)?.cells.at(-1)?.text === "yes",
      },
    ],
    scores: (wanted) => scoreEach([sluice, ...peers], wanted, (peer) => measure(peer, clients)),
    pictures: (scores) => ({
      [`metastability-${clients}`]: lines(
        {
          title: `Requests that arrive while ${OFFERED} a second are offered by ${who}`,
          x: `second; the server stands still from ${STANDS_MS / 1_000} to ${GOES_MS / 1_000}`,
          y: "requests a second",
        },
        scores.map(({ name, isOurs, perSecond: values = [] }) => ({ name, isOurs, values })),
      ),
    }),
  };
}

async function measure(peer: Peer, clients: number): Promise<Pick<Score, "cells" | "perSecond">> {
  const { sentMs, arrivedMs, good } = await play(peer, clients);
  const goodMs = [...good.values()];
  const [goodIn, arrivedIn] = [goodMs, arrivedMs].map((ms) => perSecond(ms, ENDS_MS / 1_000));
  const first = GOES_MS / 1_000;
  const after = goodIn?.slice(first) ?? [];
  const wellAt = after.findIndex((_, second) =>
    after.slice(second, second + WELL_SECONDS).every((count) => count >= WELL),
  );
  const lost = sentMs.filter((ms, call) => ms >= GOES_MS && !good.has(call)).length;
  const most = Math.max(...(arrivedIn?.slice(first) ?? []));
  const inTheEnd = (ms: readonly number[]) =>
    within(ms, ENDS_MS - LAST_MS, ENDS_MS) / (LAST_MS / 1_000);
  const cells = [
    counted(within(arrivedMs, STANDS_MS, GOES_MS) / within(sentMs, STANDS_MS, GOES_MS), 2),
    { text: `${most}`, value: Math.max(CAPACITY, most) },
    wellAt < 0 ? shown("never") : counted(wellAt),
    counted(lost),
    counted(Math.min(OFFERED, inTheEnd(goodMs))),
    shown(inTheEnd(arrivedMs).toFixed(0)),
    shown(inTheEnd(goodMs) >= WELL ? "yes" : "NO"),
  ];
  return { cells, perSecond: arrivedIn ?? [] };
}

/** When each call was made, when each request arrived, and when each call that succeeded did. */
function play(peer: Peer, clients: number) {
  return inVirtualTime(LIMIT_MS + 1, async (clock) => {
    const { fetch, arrivals } = scriptedFetch(clock, serverInOrder(), { timeoutMs: TIMEOUT_MS });
    const senders: Sender[] = [];
    for (let client = 0; client < clients; client++) senders.push(await peer.open({ fetch }));
    const good = new Map<number, number>();
    const sentMs = Array.from(
      { length: (OFFERED * ENDS_MS) / 1_000 },
      (_, call) => (call * 1_000) / OFFERED,
    );
    const calls = sentMs.map(async (ms, call) => {
      await clock.sleep(ms);
      await senders[call % clients]?.send({ method: "GET", headers: {} });
      good.set(call, clock.monotonicMs());
    });
    await Promise.race([Promise.allSettled(calls), clock.sleep(ENDS_MS)]);
    for (const sender of senders) sender.close?.();
    return { sentMs, arrivedMs: arrivals.map(({ atMs }) => atMs), good: new Map(good) };
  });
}

/** Does one after the other, as they came, and nothing at all while it stands still. */
function serverInOrder(): Script {
  const workMs = 1_000 / CAPACITY;
  const doneMs: number[] = [];
  let done = 0;
  return ({ atMs }) => {
    while ((doneMs[done] ?? Number.POSITIVE_INFINITY) <= atMs) done++;
    if (doneMs.length - done >= BACKLOG)
      return { status: 0, throws: connectionFailure("ECONNRESET") };
    const beginsMs = Math.max(atMs, doneMs.at(-1) ?? 0);
    const standsStill = beginsMs + workMs > STANDS_MS && beginsMs < GOES_MS;
    const readyMs = (standsStill ? GOES_MS : beginsMs) + workMs;
    doneMs.push(readyMs);
    return { status: 200, afterMs: readyMs - atMs };
  };
}
