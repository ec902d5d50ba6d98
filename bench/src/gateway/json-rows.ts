// 1 KB of JSON through each proxy: requests per CPU-second, beside three others in the same seconds: our own bare
// proxy, @fastify/http-proxy and nginx.

import type { LogReport } from "../answer.ts";
import { loadOf } from "../exchange.ts";
import { judgeRatios } from "../http-rows.ts";
import { type Contender, median, type Plan, type Reading, runTogether } from "../paired.ts";
import { aim, type Row, type Run, type Section } from "../section.ts";
import { spread } from "../table.ts";
import { checkJson, jsonExchange } from "./exchanges.ts";
import { BARE, GATES, PEERS, type ReverseProxy } from "./proxies.ts";
import { onStage, type Stage } from "./stage.ts";

const CONNECTIONS = 64;
/** Of which each has a part: a proxy in JavaScript is slow until its code is compiled. */
const WARM_UP_SECONDS = 5;

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

const CONTROL: ReverseProxy = { ...BARE, name: "A/A: an open path against itself" };

const ROWS: readonly JsonRow[] = [
  { proxy: BARE, aim: { to: "fastify", ratio: 1.8 } },
  { proxy: GATES.memory, aim: { to: "bare", ratio: 0.85 } },
  { proxy: GATES.memoryFree },
  { proxy: GATES.memoryCounted, isLong: true },
  { proxy: GATES.sharedFree, aim: { to: "bare", ratio: 0.7 } },
  { proxy: GATES.shared, aim: { to: "bare", ratio: 0.5 } },
  { proxy: GATES.sqliteFree },
  { proxy: GATES.sqlite },
  ...Object.values(PEERS).map((proxy) => ({ proxy })),
];

const HEADINGS = [
  "× open path",
  "× @fastify/http-proxy",
  "× nginx",
  "aim",
  "µs/request",
  "p99 ms",
  "RSS MB",
  "core busy",
];

let control: readonly Round[] = [];

export const jsonSection: Section = {
  title: "1 KB of JSON, 64 connections kept",
  headings: HEADINGS,
  rows: [
    jsonRow({ proxy: CONTROL }, (rounds) => {
      control = rounds;
    }),
    ...ROWS.map((row) => jsonRow(row)),
  ],
  control: CONTROL.name,
  notes: [
    "×: requests per CPU-second of all threads and children, as a multiple of the other's in the same seconds",
    "four proxies share a core: p99 is no latency to quote",
  ],
  judge: () => judgeRatios(control.map((round) => ratioTo("bare", round) ?? Number.NaN)),
};

/** Readings of the same seconds. */
interface Round {
  readonly candidate: Reading;
  /** Without the one that is the candidate. */
  readonly references: Readonly<Partial<Record<Reference, Reading>>>;
  readonly busy: number;
}

function jsonRow(row: JsonRow, onDone: (rounds: readonly Round[]) => void = () => {}): Row {
  return {
    name: row.proxy.name,
    ...(row.isLong && { isLong: row.isLong }),
    measure: (run) =>
      onStage(run, [row.proxy], async (stage) => {
        const rounds = await play(row.proxy, stage, run);
        for (const round of rounds) run.progress(`  ${told(round)}`);
        onDone(rounds);
        return cellsOf(row, rounds);
      }),
  };
}

/** All at once on one core, in the same processes for all rounds: a proxy runs for weeks. */
async function play(proxy: ReverseProxy, { cores, setup }: Stage, run: Run): Promise<Round[]> {
  const { rounds, seconds } = run;
  const reports: LogReport[] = [];
  const beside = NAMES.filter((name) => REFERENCES[name] !== proxy);
  const contenders = [...beside.map((name) => REFERENCES[name]), proxy].map(
    (one): Contender => ({
      name: one.name,
      start: (core) => one.start(core, setup),
      check: (origin) => checkJson(one, origin, setup.key),
      after: async (origin) => {
        if (one.report) reports.push(await one.report(origin));
      },
    }),
  );
  const load = { ...loadOf(jsonExchange, setup.key), connections: CONNECTIONS };
  const plan: Plan = { cores, load, rounds, seconds, warmUpSeconds: WARM_UP_SECONDS };
  const readings = await runTogether(contenders, plan, rounds);
  if (proxy.keepsLog) run.note(`of its log ${droppedShare(reports)} was dropped`);
  return readings.map((round) => roundOf(beside, round, seconds));
}

function droppedShare(reports: readonly LogReport[]): string {
  const sum = (pick: (report: LogReport) => number) =>
    reports.reduce((all, report) => all + pick(report), 0);
  const dropped = sum((report) => report.dropped);
  return `${((100 * dropped) / (dropped + sum((report) => report.written))).toFixed(1)} %`;
}

function roundOf(
  beside: readonly Reference[],
  readings: readonly Reading[],
  seconds: number,
): Round {
  const candidate = readings.at(-1);
  if (candidate === undefined) throw new Error("a round has readings");
  return {
    candidate,
    references: Object.fromEntries(beside.map((name, index) => [name, readings[index]])),
    busy: readings.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / seconds,
  };
}

function cellsOf(row: JsonRow, rounds: readonly Round[]): readonly string[] {
  const of = (pick: (round: Round) => number) => rounds.map(pick);
  const ratios = (to: Reference) => rounds.flatMap((round) => ratioTo(to, round) ?? []);
  return [
    ...NAMES.map((name) => (ratios(name).length === 0 ? "" : spread(ratios(name), 2))),
    row.aim === undefined ? "" : aimOf(row.aim, ratios(row.aim.to)),
    median(of(({ candidate }) => candidate.microsPerRequest)).toFixed(1),
    median(of(({ candidate }) => candidate.p99Milliseconds)).toFixed(1),
    (median(of(({ candidate }) => candidate.residentBytes)) / 1_000_000).toFixed(0),
    `${(100 * median(of(({ busy }) => busy))).toFixed(0)} %`,
  ];
}

function aimOf({ to, ratio }: NonNullable<JsonRow["aim"]>, ratios: readonly number[]): string {
  return aim(`≥ ${ratio.toFixed(2)} × ${REFERENCES[to].name}`, median(ratios) >= ratio);
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
