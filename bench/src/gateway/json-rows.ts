// 1 KB of JSON through each proxy: requests per CPU-second, beside three others in the same seconds: our own bare
// proxy, @fastify/http-proxy and nginx.

import type { LogReport } from "../answer.ts";
import { loadOf } from "../exchange.ts";
import { drive, type Plan, type Reading, read } from "../paired.ts";
import { atLeast, EMPTY, figure, median, middle, shown } from "../results/cell.ts";
import { ratioPicture } from "../results/ratio-picture.ts";
import type { Cell, Column } from "../results/table.ts";
import type { Row, Run, Section } from "../section.ts";
import type { ServerProcess } from "../server-process.ts";
import { checkJson, jsonExchange } from "./exchanges.ts";
import { CONTROL } from "./line-up.ts";
import { BARE, GATES, PEERS, type ReverseProxy, standingOf } from "./proxies.ts";
import { openStage, type Stage, withBeside } from "./stage.ts";

const CONNECTIONS = 64;
/** Alone on the core: a proxy in JavaScript is slow until its code is compiled. */
const WARM_UP_SECONDS = 3;

/** What every proxy stands beside. */
const REFERENCES = { bare: BARE, fastify: PEERS.fastify, nginx: PEERS.nginx } as const;
type Reference = keyof typeof REFERENCES;
const NAMES = ["bare", "fastify", "nginx"] as const satisfies readonly Reference[];

interface JsonRow {
  readonly proxy: ReverseProxy;
  readonly isLong?: true;
  /** The least ratio that is good enough, and to what. */
  readonly aim?: { readonly to: Reference; readonly ratio: number };
}

const ROWS: readonly JsonRow[] = [
  { proxy: BARE, aim: { to: "fastify", ratio: 1.8 } },
  { proxy: GATES.memory, aim: { to: "bare", ratio: 0.85 } },
  { proxy: GATES.memoryFree },
  { proxy: GATES.memoryCounted, isLong: true },
  { proxy: GATES.sharedFree, aim: { to: "bare", ratio: 0.7 } },
  { proxy: GATES.shared, aim: { to: "bare", ratio: 0.5 } },
  { proxy: GATES.sqlite },
  { proxy: GATES.sqliteFree, isLong: true },
  ...Object.values(PEERS).map((proxy) => ({ proxy })),
];

const COLUMNS: readonly (string | Column)[] = [
  { heading: "× open path", better: "more" },
  "× @fastify/http-proxy",
  "× nginx",
  "µs/request",
  "p99 ms",
  "RSS MB",
  "core busy",
];

let references: StandingReferences | undefined;

export const jsonSection: Section = {
  id: "json",
  title: "1 KB of JSON, 64 connections kept",
  columns: COLUMNS,
  async open(run) {
    const opened = await openReferences(run);
    references = opened;
    return () => opened.close();
  },
  rows: [{ proxy: CONTROL }, ...ROWS].map(jsonRow),
  control: CONTROL.name,
  isJudged: true,
  picture: (table) => ["gateway-json", ratioPicture(table, "requests per CPU-second")],
  notes: [
    "×: requests per CPU-second of all threads and children, as a multiple of the other's in the same seconds",
    "four proxies share a core: p99 is no latency to quote",
  ],
};

/** Readings of the same seconds. */
interface Round {
  readonly candidate: Reading;
  /** Without the one that is the candidate. */
  readonly references: Readonly<Partial<Record<Reference, Reading>>>;
  readonly busy: number;
}

function jsonRow(row: JsonRow): Row {
  return {
    ...standingOf(row.proxy),
    ...(row.isLong && { isLong: row.isLong }),
    async measure(run) {
      if (references === undefined) throw new Error("the section has been opened");
      const { stage, servers } = references;
      const rounds = await withBeside(run, row.proxy, stage, (beside) =>
        play(row.proxy, beside, servers, run),
      );
      return cellsOf(row, rounds);
    },
  };
}

/** The references stand throughout, and the candidate stays for its rounds: a proxy runs for weeks. */
interface StandingReferences {
  readonly stage: Stage;
  readonly servers: ReadonlyMap<Reference, ServerProcess>;
  close(): Promise<void>;
}

async function openReferences(run: Run): Promise<StandingReferences> {
  const stage = await openStage(run);
  const servers = new Map<Reference, ServerProcess>();
  const close = async () => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await stage.close();
  };
  try {
    for (const name of NAMES) servers.set(name, await startWarm(REFERENCES[name], stage, run));
    return { stage, servers, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Checked, and loaded by itself until its code is compiled. */
async function startWarm(proxy: ReverseProxy, stage: Stage, run: Run): Promise<ServerProcess> {
  const { cores, setup } = stage;
  const server = await proxy.start(cores.server, setup);
  try {
    await checkJson(proxy, server.origin, setup.key);
    await drive(proxy, server, planOf(stage, run), WARM_UP_SECONDS);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function planOf({ cores, setup }: Stage, { rounds, seconds }: Run): Plan {
  const load = { ...loadOf(jsonExchange, setup.key), connections: CONNECTIONS };
  return { cores, load, rounds, seconds, warmUpSeconds: WARM_UP_SECONDS };
}

/** All at once on one core. */
async function play(
  proxy: ReverseProxy,
  stage: Stage,
  standing: ReadonlyMap<Reference, ServerProcess>,
  run: Run,
): Promise<Round[]> {
  const beside = [...standing].filter(([name]) => REFERENCES[name] !== proxy);
  const plan = planOf(stage, run);
  const server = await startWarm(proxy, stage, run);
  try {
    const rounds: Round[] = [];
    while (rounds.length < run.rounds) {
      const [candidate, ...others] = await Promise.all([
        read(proxy, server, plan),
        ...beside.map(([name, reference]) => read(REFERENCES[name], reference, plan)),
      ]);
      const round = roundOf(candidate, beside, others, run);
      rounds.push(round);
      run.progress(`  round ${rounds.length}: ${told(round)}`);
    }
    const report = await proxy.report?.(server.origin);
    if (proxy.keepsLog && report) run.note(`of its log ${droppedShare(report)} was dropped`);
    return rounds;
  } finally {
    await server.stop();
  }
}

function roundOf(
  candidate: Reading,
  beside: readonly (readonly [Reference, ServerProcess])[],
  others: readonly Reading[],
  { seconds }: Run,
): Round {
  const cpuSeconds = [candidate, ...others].reduce((sum, reading) => sum + reading.cpuSeconds, 0);
  return {
    candidate,
    references: Object.fromEntries(beside.map(([name], index) => [name, others[index]])),
    busy: cpuSeconds / seconds,
  };
}

function droppedShare({ dropped, written }: LogReport): string {
  return `${((100 * dropped) / (dropped + written)).toFixed(1)} %`;
}

function cellsOf(row: JsonRow, rounds: readonly Round[]): readonly Cell[] {
  const of = (pick: (round: Round) => number) => rounds.map(pick);
  const ratios = (to: Reference) => rounds.flatMap((round) => ratioTo(to, round) ?? []);
  return [
    ...NAMES.map((name) => {
      const bar = row.aim?.to === name ? atLeast(row.aim.ratio) : undefined;
      return ratios(name).length === 0 ? EMPTY : figure(ratios(name), 2, bar);
    }),
    middle(
      of(({ candidate }) => candidate.microsPerRequest),
      1,
    ),
    middle(
      of(({ candidate }) => candidate.p99Milliseconds),
      1,
    ),
    middle(
      of(({ candidate }) => candidate.residentBytes / 1_000_000),
      0,
    ),
    shown(`${(100 * median(of(({ busy }) => busy))).toFixed(0)} %`),
  ];
}

/** Above 1 the candidate is cheaper. Undefined where it is the reference itself. */
function ratioTo(name: Reference, { candidate, references }: Round): number | undefined {
  const reference = references[name];
  return reference && reference.microsPerRequest / candidate.microsPerRequest;
}

function told(round: Round): string {
  const ratios = NAMES.map((name) => `${ratioTo(name, round)?.toFixed(3) ?? "–"} × ${name}`);
  return `${ratios.join(", ")} (core ${(round.busy * 100).toFixed(0)} % busy)`;
}
