// What a gate adds to an answer's time where the machine is not full: our open path and a gate take turns of a round, each alone
// on its core, both at half of what the gate could do.

import { loadOf } from "../exchange.ts";
import { atMost, figure, median, middle, shown } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import type { Row, Run, Section } from "../section.ts";
import type { ServerProcess } from "../server-process.ts";
import type { Load } from "../wrk.ts";
import { checkJson, jsonExchange } from "./exchanges.ts";
import { CONTROL } from "./line-up.ts";
import { BARE, GATES, PEERS, type ReverseProxy, standingOf } from "./proxies.ts";
import { loadFor } from "./slices.ts";
import { onStage, type Stage, withProxies } from "./stage.ts";

const CONNECTIONS = 64;
const WARM_UP_SECONDS = 2;
const FULL_LOAD_SECONDS = 1;
/** Of the gate with everything in memory, over our open path. */
const ADDED_P99_MS = 1;

interface LatencyRow {
  readonly proxy: ReverseProxy;
  readonly aimMs?: number;
  readonly isLong?: true;
}

const ROWS: readonly LatencyRow[] = [
  { proxy: CONTROL },
  { proxy: GATES.memory, aimMs: ADDED_P99_MS },
  { proxy: GATES.sharedFree, aimMs: ADDED_P99_MS },
  { proxy: GATES.shared, isLong: true },
  { proxy: GATES.sqlite, isLong: true },
  { proxy: PEERS.fastify, isLong: true },
  { proxy: PEERS.nginx, isLong: true },
];

export const latencySection: Section = {
  id: "latency",
  title: "Time added to an answer at half load, over our open path",
  columns: [
    { heading: "added p50 ms", neutral: 0 },
    { heading: "added p99 ms", neutral: 0 },
    "p50 ms",
    "p99 ms",
    "open path p50",
    "open path p99",
    "requests/s",
    "of full load",
  ],
  rows: ROWS.map(latencyRow),
  control: CONTROL.name,
  notes: [
    `${CONNECTIONS} callers who wait between two requests as long as makes half of the load that the row could take`,
    "added: the difference in two turns that follow each other; the median of all rounds",
  ],
};

/** Two turns that follow each other. */
interface Turn {
  readonly bare: Latency;
  readonly own: Latency;
}

interface Latency {
  readonly requests: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

function latencyRow(row: LatencyRow): Row {
  return {
    ...standingOf(row.proxy),
    ...(row.isLong && { isLong: row.isLong }),
    measure: (run) =>
      onStage(run, row.proxy, (stage) =>
        withProxies([BARE, row.proxy], stage, checkJson, (servers) =>
          measure(row, run, stage, servers),
        ),
      ),
  };
}

async function measure(
  { proxy, aimMs }: LatencyRow,
  run: Run,
  { cores, setup }: Stage,
  [bare, own]: readonly ServerProcess[],
): Promise<readonly Cell[]> {
  if (bare === undefined || own === undefined) throw new Error("a turn has two sides");
  const full: Load = { ...loadOf(jsonExchange, setup.key), connections: CONNECTIONS };
  const drive = async (server: ServerProcess, load: Load, seconds: number) =>
    (await loadFor(proxy.name, server, load, seconds, cores.load)).report;
  for (const server of [bare, own]) await drive(server, full, WARM_UP_SECONDS);
  const fullRate = (await drive(own, full, FULL_LOAD_SECONDS)).requests / FULL_LOAD_SECONDS;
  const thinkMilliseconds = Math.round((1_000 * CONNECTIONS) / (fullRate / 2));
  const half = { ...full, thinkMilliseconds };
  const turns: Turn[] = [];
  while (turns.length < run.rounds) {
    const turn = {
      bare: await drive(bare, half, run.seconds),
      own: await drive(own, half, run.seconds),
    };
    turns.push(turn);
    run.progress(`  round ${turns.length}: p99 ${addedP99(turn).toFixed(2)} ms added`);
  }
  const of = (pick: (turn: Turn) => number) => turns.map(pick);
  const rate = median(of((turn) => turn.own.requests)) / run.seconds;
  return [
    figure(
      of((turn) => turn.own.p50Milliseconds - turn.bare.p50Milliseconds),
      2,
    ),
    figure(of(addedP99), 2, aimMs === undefined ? undefined : atMost(aimMs, `${aimMs} ms`)),
    middle(
      of((turn) => turn.own.p50Milliseconds),
      2,
    ),
    middle(
      of((turn) => turn.own.p99Milliseconds),
      2,
    ),
    middle(
      of((turn) => turn.bare.p50Milliseconds),
      2,
    ),
    middle(
      of((turn) => turn.bare.p99Milliseconds),
      2,
    ),
    shown(rate.toFixed(0)),
    shown(`${((100 * rate) / fullRate).toFixed(0)} %`),
  ];
}

function addedP99({ bare, own }: Turn): number {
  return own.p99Milliseconds - bare.p99Milliseconds;
}
