/** Calls a second over real sockets, each client beside the platform's `fetch` by the paired method. In real time. */
import { fileURLToPath } from "node:url";
import { requireMachine } from "../../machine.ts";
import { figure, median, shown } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { type ServerProcess, startServer } from "../../server-process.ts";
import { type Reading, startCaller } from "../caller-process.ts";
import { type Group, type Score, scoreEach } from "../score.ts";

const SERVER = fileURLToPath(new URL("../../../servers/rate-headers.ts", import.meta.url));
const BASELINE = "fetch";
const WARM_UP_MS = 5_000;
const ROUND_MS = 2_000;
const ROUNDS = 3;
const WANTED = 2.5;

interface Row {
  readonly name: string;
  /** Of `callers.ts`. */
  readonly caller: string;
  readonly isOurs?: boolean;
  readonly isBound?: true;
}

const CONTROL: Row = { name: "fetch beside itself", caller: BASELINE, isBound: true };
const CEILING: Row = { name: "undici.request alone", caller: "undici" };
const OURS: Row = {
  name: "sluice, typed calls, undici",
  caller: "sluice calls over undici",
  isOurs: true,
};
const ROWS: readonly Row[] = [
  CONTROL,
  CEILING,
  OURS,
  { name: "sluice.fetch, undici", caller: "sluice fetch over undici", isOurs: true },
];
const MORE_OURS: readonly Row[] = [
  { name: "sluice, typed calls, fetch", caller: "sluice calls over fetch", isOurs: true },
];
const PEER_ROWS: readonly Row[] = [
  "undici RetryAgent",
  "cockatiel over undici",
  "ky",
  "got",
  "axios + axios-retry",
  "openai SDK",
].map((caller) => ({ name: caller, caller }));

export const throughput: Group = throughputGroup([...ROWS, ...PEER_ROWS.slice(0, 1)]);

export const throughputOfAll: Group = throughputGroup([...ROWS, ...MORE_OURS, ...PEER_ROWS]);

function throughputGroup(rows: readonly Row[]): Group {
  return {
    title:
      "Calls a CPU-second over real sockets, as a multiple of the platform's fetch in the same seconds",
    columns: [
      { heading: "ratio (min–max)", better: "more" },
      { heading: "µs a call" },
      { heading: "fetch µs" },
      { heading: "calls/s" },
      { heading: "fetch calls/s" },
    ],
    optimum: ["", "", "", "", ""],
    notes: [
      "two processes share one core, 32 calls at once each; a bare node:http on the other core answers both",
      `µs are CPU time of the whole process; the median of ${ROUNDS} rounds of ${ROUND_MS / 1_000} s, after ${WARM_UP_MS / 1_000} s of warm-up`,
      "undici.request alone is the floor under everything on undici: it retries, paces and limits nothing",
    ],
    scores: (wanted) =>
      withServer((server) => scoreEach(rows, wanted, (row) => measure(row, server))),
    control: CONTROL.name,
    aims: (scores) => [undiciAim(scores)],
  };
}

async function withServer<T>(act: (server: ServerProcess) => Promise<T>): Promise<T> {
  const server = await startServer(SERVER, requireMachine().load, {});
  try {
    return await act(server);
  } finally {
    await server.stop();
  }
}

async function measure({ caller }: Row, { origin }: ServerProcess): Promise<readonly Cell[]> {
  const rounds = await pair(caller, origin);
  const micros = ({ cpuSeconds, calls }: Reading) => (cpuSeconds * 1_000_000) / calls;
  const of = (pick: (baseline: Reading, own: Reading) => number) =>
    rounds.map(([baseline, own]) => pick(baseline, own));
  const ratios = of((baseline, own) => micros(baseline) / micros(own));
  return [
    figure(ratios, 2),
    shown(median(of((_, own) => micros(own))).toFixed(0)),
    shown(median(of((baseline) => micros(baseline))).toFixed(0)),
    shown(median(of((_, own) => own.calls / own.seconds)).toFixed(0)),
    shown(median(of(({ calls, seconds }) => calls / seconds)).toFixed(0)),
  ];
}

/** Both at once on one core, so that whatever slows the machine slows both. */
async function pair(
  caller: string,
  origin: string,
): Promise<readonly (readonly [Reading, Reading])[]> {
  const core = requireMachine().server;
  const baseline = await startCaller(BASELINE, core, origin);
  try {
    const own = await startCaller(caller, core, origin);
    try {
      const both = (ms: number) => Promise.all([baseline.callFor(ms), own.callFor(ms)] as const);
      await both(WARM_UP_MS);
      const rounds = [];
      while (rounds.length < ROUNDS) rounds.push(await both(ROUND_MS));
      return rounds;
    } finally {
      await own.stop();
    }
  } finally {
    await baseline.stop();
  }
}

function undiciAim(scores: readonly Score[]) {
  const ratio = ratioOf(scores, OURS);
  return {
    text: "calls a second on undici, as a multiple of global fetch",
    wanted: `≥ ${WANTED}`,
    figure: ratio.toFixed(2),
    isMet: ratio >= WANTED,
  };
}

function ratioOf(scores: readonly Score[], { name }: Row): number {
  return scores.find((score) => score.name === name)?.cells[0]?.value ?? Number.NaN;
}
