// What the durable stores cost a whole gate: requests per CPU-second by the paired method, both
// servers at once on one core, the stores' threads included.

import type { LogReport } from "../answer.ts";
import { LOG_REPORT_PATH } from "../answer.ts";
import { BARE, contender, type HttpRow, httpPlan, judgeControl, newKey } from "../http-rows.ts";
import { BenchError, requireMachine } from "../machine.ts";
import { type Comparison, comparePaired, median, type Round } from "../paired.ts";
import { spread } from "../table.ts";
import { aim, type Row, type Section } from "./section.ts";

/** The log may take a twentieth of the throughput. */
const LOG_AIM = 0.95;

interface PairedRow {
  readonly name: string;
  readonly baseline: HttpRow;
  readonly server: string;
  readonly bare?: true;
  /** Whether the server tells what became of its log. */
  readonly reports?: true;
  readonly aim?: number;
}

const NO_LOG: HttpRow = { name: "sluice without a log", server: "gate-no-log.ts" };

const CONTROL: PairedRow = {
  name: "A/A: sluice without a log against itself",
  baseline: NO_LOG,
  server: NO_LOG.server,
};

/** One line each: add a server file to bench/servers and name it here. */
const ROWS: readonly PairedRow[] = [
  {
    name: "sqlite log : sluice without a log",
    baseline: NO_LOG,
    server: "gate-sqlite-log.ts",
    reports: true,
    aim: LOG_AIM,
  },
  {
    name: "sqlite, all stores : node:http",
    baseline: BARE,
    server: "gate-sqlite.ts",
    reports: true,
  },
  {
    name: "sqlite, all stores, each call charged : node:http",
    baseline: BARE,
    server: "gate-sqlite-charged.ts",
    reports: true,
  },
];

let control: Comparison | undefined;

export const gateSection: Section = {
  title: "The gate on durable stores, on node:http",
  headings: [
    "ratio",
    "aim",
    "µs/request",
    "baseline µs",
    "serving thread",
    "p99 ms",
    "RSS MB",
    "log dropped",
  ],
  rows: [paired(CONTROL, (done) => (control = done)), ...ROWS.map((row) => paired(row))],
  notes: [
    "ratio: requests per CPU-second as a multiple of the baseline's in the same seconds; all threads count",
    "serving thread: the same ratio without the stores' own threads, as if these had a core to themselves",
    "log dropped: rows, of all requests of the rounds; the log drops rather than hold up a call",
  ],
  judge: () => judgeControl(control),
};

/** The row that tells whether the others mean anything. */
export const controlName = CONTROL.name;

function paired(row: PairedRow, onDone: (comparison: Comparison) => void = () => {}): Row {
  return {
    name: row.name,
    async measure(run) {
      const key = newKey();
      const reports: LogReport[] = [];
      const env = { BENCH_FOLDER: run.folder };
      const candidate = contender(row, key, env);
      const after = async (origin: string) => {
        if (row.reports) reports.push(await readReport(row, origin));
      };
      const comparison = await comparePaired(
        contender(row.baseline, key, env),
        { ...candidate, after },
        httpPlan(requireMachine(), key, run),
        ({ ratio, busy }, number) =>
          run.progress(
            `  round ${number}: ${ratio.toFixed(3)} (core ${(busy * 100).toFixed(0)} % busy)`,
          ),
      );
      onDone(comparison);
      return cellsOf(row, comparison, reports);
    },
  };
}

function cellsOf(
  row: PairedRow,
  { rounds }: Comparison,
  reports: readonly LogReport[],
): readonly string[] {
  const of = (pick: (round: Round) => number) => rounds.map(pick);
  const ratios = of((round) => round.ratio);
  const dropped = reports.map((report) => (100 * report.dropped) / total(report));
  return [
    spread(ratios, 2),
    row.aim === undefined ? "" : aim(`≥ ${row.aim}`, median(ratios) >= row.aim),
    median(of((round) => round.candidate.microsPerRequest)).toFixed(1),
    median(of((round) => round.baseline.microsPerRequest)).toFixed(1),
    spread(of(mainThreadRatio), 2),
    median(of((round) => round.candidate.p99Milliseconds)).toFixed(1),
    (median(of((round) => round.candidate.residentBytes)) / 1_000_000).toFixed(0),
    dropped.length === 0 ? "" : `${median(dropped).toFixed(1)} %`,
  ];
}

function mainThreadRatio({ baseline, candidate }: Round): number {
  return baseline.mainThreadMicrosPerRequest / candidate.mainThreadMicrosPerRequest;
}

/** A log that wrote nothing would win. */
async function readReport(row: PairedRow, origin: string): Promise<LogReport> {
  const answer = await fetch(origin + LOG_REPORT_PATH);
  const report = (await answer.json()) as LogReport;
  if (report.written === 0) throw new BenchError(`${row.name}: no row of the log was written`);
  return report;
}

function total({ written, dropped }: LogReport): number {
  return written + dropped;
}
