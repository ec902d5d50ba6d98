/** What a call costs of the machine's time and memory, with a `fetch` that answers at once. In real time. */

import { counted, NOTHING } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { DEFAULTS } from "../line-up.ts";
import type { AnyFetch, Call, Needs, Peer, Sender } from "../peer.ts";
import { sluice, sluiceCalls } from "../peers/sluice.ts";
import { sluiceOnStub, stubAlone } from "../peers/stubbed-transport.ts";
import { type Group, type Score, scoreEach } from "../score.ts";
import { answer } from "../scripted-fetch.ts";

const CALLS = 20_000;
const WARM_UP = 3_000;
/** Libraries that wait for the platform's timers make fewer calls in it. */
const LONGEST_MS = 1_500;
const HELD = 10_000;
const ARRIVE_MS = 30_000;
const OWN_MICROS = 5;
const IN_FLIGHT_KIB = 2;
const QUEUED_KIB = 1;
const CALL: Call = { method: "GET", headers: {} };

const LINE_UP = [sluice, sluiceCalls, ...DEFAULTS];

/** Nobody is slowed down by what these say. */
const HEADERS = {
  "content-length": "2",
  "x-ratelimit-limit": "10000000",
  "x-ratelimit-remaining": "9999999",
  "x-ratelimit-reset": "60",
};

const answersAtOnce: AnyFetch = async () => answer(200, HEADERS);

export const ownTime: Group = {
  title: `Own time: ${CALLS.toLocaleString("en")} warm calls, real time`,
  columns: [
    { heading: "1 at once, p50 µs", better: "less" },
    { heading: "64 at once, p50 µs", better: "less" },
    { heading: "64 at once, µs a call", better: "less" },
  ],
  optimum: ["", "", ""],
  notes: [
    "the stub's answer and reading its body are in every figure: bare fetch is the floor, not a library",
    "the first two rows have a stub in place of the transport: nobody makes or reads a Response there, nor listens",
    "with 64 at once, p50 is how long one call took among 63 others; µs a call is time by calls",
    "time, not work: a library that goes through the platform's timers for each call waits a millisecond for each",
    "fewer calls where 20,000 take longer than 1.5 s",
    "figures of this machine at this moment: compare rows of one run only",
  ],
  scores: (wanted) =>
    scoreEach([sluiceOnStub, stubAlone, ...LINE_UP], wanted, async (peer) => {
      const alone = await pace(peer, 1);
      const many = await pace(peer, 64);
      return [counted(alone.p50, 1), counted(many.p50, 1), counted(many.perCall, 1)];
    }),
  aims: (scores) => {
    const ofRow = (name: string) => scores.find((score) => score.name === name)?.cells[0]?.value;
    const own = (ofRow(sluiceOnStub.name) ?? Number.NaN) - (ofRow(stubAlone.name) ?? Number.NaN);
    return [
      {
        text: "own cost of a call, stubbed transport, everything on: p50 above the stub's",
        wanted: `≤ ${OWN_MICROS} µs`,
        figure: `${own.toFixed(1)} µs`,
        isMet: own <= OWN_MICROS,
      },
    ];
  },
};

async function pace(peer: Peer, atOnce: number) {
  const sender = await peer.open({ fetch: answersAtOnce });
  await run(sender, WARM_UP, atOnce);
  globalThis.gc?.();
  const beganMs = performance.now();
  const took = await run(sender, CALLS, atOnce);
  const perCall = ((performance.now() - beganMs) * 1_000) / took.length;
  sender.close?.();
  took.sort();
  return { perCall, p50: (took[took.length >> 1] ?? 0) * 1_000 };
}

/** How long each call took; fewer than asked for when time is up. */
async function run(sender: Sender, calls: number, atOnce: number): Promise<Float64Array> {
  const took = new Float64Array(calls);
  const untilMs = performance.now() + LONGEST_MS;
  let begun = 0;
  let ended = 0;
  const caller = async () => {
    while (begun < calls) {
      begun++;
      const beganMs = performance.now();
      await sender.send(CALL);
      const nowMs = performance.now();
      took[ended++] = nowMs - beganMs;
      if (nowMs > untilMs) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return took.subarray(0, ended);
}

export const ownMemory: Group = {
  title: `Own memory: ${HELD.toLocaleString("en")} calls held, heap after a collection`,
  columns: [
    { heading: "on the way, KiB a call", better: "less" },
    { heading: "queued, KiB a call", better: "less" },
  ],
  optimum: ["", ""],
  notes: [
    "on the way: all in a fetch that does not answer yet; queued: one there, the others behind it",
    "– where calls cannot wait in the library; concurrency is set for both columns where there is a setting",
  ],
  scores: (wanted) =>
    scoreEach(LINE_UP, wanted, async (peer) => [
      counted(await held(peer, { running: 2 * HELD, waiting: 2 * HELD }), 2),
      peer.hasQueue ? await queued(peer) : NOTHING,
    ]),
  aims: (scores) => [
    memoryAim("in flight", scores, 0, IN_FLIGHT_KIB),
    memoryAim("queued", scores, 1, QUEUED_KIB),
  ],
};

/** The leanest of ours, as it stands: what its answer will take is in it. */
function memoryAim(what: string, scores: readonly Score[], column: number, most: number) {
  const ours = scores.flatMap(({ isOurs, cells }) => (isOurs ? (cells[column]?.value ?? []) : []));
  const least = Math.min(...ours);
  return {
    text: `memory of a call ${what}`,
    wanted: `≤ ${most} KiB`,
    figure: `${least} KiB`,
    isMet: least <= most,
  };
}

async function queued(peer: Peer): Promise<Cell> {
  return counted(await held(peer, { running: 1, waiting: 2 * HELD }), 2);
}

async function held(peer: Peer, room: NonNullable<Needs["room"]>): Promise<number> {
  let isHolding = false;
  const waiting: (() => void)[] = [];
  const fetch: AnyFetch = async () => {
    if (isHolding) await new Promise<void>((resolve) => waiting.push(resolve));
    return answer(200, HEADERS);
  };
  const sender = await peer.open({ fetch, room });
  await run(sender, 100, 1);
  isHolding = true;
  const before = await heapUsed();
  const calls = Array.from({ length: HELD }, () => sender.send(CALL));
  await arrived(waiting, Math.min(HELD, room.running), peer.name);
  const after = await heapUsed();
  isHolding = false;
  for (const resolve of waiting.splice(0)) resolve();
  sender.close?.();
  // Some let theirs out one by one, and some forget what waits when they are closed.
  const settled = Promise.allSettled(calls);
  await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, LONGEST_MS))]);
  return (after - before) / HELD / 1_024;
}

/** Some libraries let their calls out one by one. */
async function arrived(waiting: readonly unknown[], count: number, name: string): Promise<void> {
  const untilMs = performance.now() + ARRIVE_MS;
  while (waiting.length < count) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (performance.now() > untilMs) {
      throw new Error(`${name} sent ${waiting.length} calls of ${count} in ${ARRIVE_MS} ms`);
    }
  }
}

/** Once everything that was begun has come to rest. */
async function heapUsed(): Promise<number> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (globalThis.gc === undefined) throw new Error("run it with node --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
