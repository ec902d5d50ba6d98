// A table of servers, each beside its baseline by the paired method, with the stores' threads and
// without them.

import { LOG_REPORT_PATH, type LogReport } from "./answer.ts";
import { type Exchange, itemsExchange } from "./exchange.ts";
import { contender, type HttpRow, httpPlan, newKey } from "./http-rows.ts";
import { BenchError, requireMachine } from "./machine.ts";
import { type Comparison, comparePaired, type Round } from "./paired.ts";
import { EMPTY, figure, median, middle, shown } from "./results/cell.ts";
import type { Bar, Cell, Column } from "./results/table.ts";
import type { Row, Run, Section } from "./section.ts";

export interface PairedRow extends HttpRow {
  readonly baseline: HttpRow;
  /** A ratio is compared with another one only where both are to the same. @default the baseline's name */
  readonly league?: string;
  /** @default the items */
  readonly exchange?: Exchange;
  /** Whether the server tells what became of its log. */
  readonly reports?: true;
  /** What each call costs. */
  readonly credits?: number;
  /** Starts what both servers ask on their way; its time is nobody's. @default nothing */
  readonly beside?: (run: Run) => Promise<Beside>;
  readonly isLong?: true;
  /** What the ratio ought to be. */
  readonly bar?: Bar;
}

/** Running beside the servers of a row. */
export interface Beside {
  /** How the servers find it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const NOTHING: Beside = { env: {}, stop: async () => {} };

const COLUMNS: readonly (string | Column)[] = [
  { heading: "ratio", better: "more" },
  "µs/request",
  "baseline µs",
  "serving thread",
  "p99 ms",
  "RSS MB",
  "log dropped",
];

const NOTES = [
  "ratio: requests per CPU-second as a multiple of the baseline's in the same seconds; all threads count",
  "serving thread: the same ratio of that thread alone, as if the stores' threads and the garbage collector's " +
    "had a core to themselves",
];

const LOG_NOTE =
  "log dropped: rows, of all requests of the rounds; the log drops rather than hold up a call";

/** `control` is a baseline against itself: it tells whether the other rows mean anything. */
export function pairedSection(
  { id, title }: Pick<Section, "id" | "title">,
  control: PairedRow,
  rows: readonly PairedRow[],
): Section {
  return {
    id,
    title,
    columns: COLUMNS,
    rows: [control, ...rows].map(paired),
    control: control.name,
    isJudged: true,
    notes: rows.some(({ reports }) => reports) ? [...NOTES, LOG_NOTE] : NOTES,
  };
}

function paired(row: PairedRow): Row {
  const exchange = row.exchange ?? itemsExchange;
  return {
    name: row.name,
    side: row.side ?? (row.bare ? "bound" : "ours"),
    league: row.league ?? row.baseline.name,
    ...(row.isLong && { isLong: row.isLong }),
    async measure(run) {
      const beside = (await row.beside?.(run)) ?? NOTHING;
      try {
        return await measurePair(row, exchange, run, beside);
      } finally {
        await beside.stop();
      }
    },
  };
}

async function measurePair(
  row: PairedRow,
  exchange: Exchange,
  run: Run,
  beside: Beside,
): Promise<readonly Cell[]> {
  const key = newKey(exchange);
  const plan = httpPlan(requireMachine(), key, run, exchange);
  const reports: LogReport[] = [];
  const env = { BENCH_FOLDER: run.folder, ...beside.env };
  const after = async (origin: string) => {
    if (row.reports) reports.push(await readReport(row, origin, plan.load.connections));
  };
  const comparison = await comparePaired(
    contender(row.baseline, key, env, exchange),
    { ...contender(row, key, env, exchange), after },
    plan,
    ({ ratio, busy }, number) =>
      run.progress(
        `  round ${number}: ${ratio.toFixed(3)} (core ${(busy * 100).toFixed(0)} % busy)`,
      ),
  );
  return cellsOf(row, comparison, reports);
}

function cellsOf(
  row: PairedRow,
  { rounds }: Comparison,
  reports: readonly LogReport[],
): readonly Cell[] {
  const of = (pick: (round: Round) => number) => rounds.map(pick);
  const dropped = reports.map((report) => (100 * report.dropped) / total(report));
  return [
    figure(
      of((round) => round.ratio),
      2,
      row.bar,
    ),
    middle(
      of((round) => round.candidate.microsPerRequest),
      1,
    ),
    middle(
      of((round) => round.baseline.microsPerRequest),
      1,
    ),
    figure(of(mainThreadRatio), 2),
    middle(
      of((round) => round.candidate.p99Milliseconds),
      1,
    ),
    middle(
      of((round) => round.candidate.residentBytes / 1_000_000),
      0,
    ),
    dropped.length === 0 ? EMPTY : shown(`${median(dropped).toFixed(1)} %`),
  ];
}

function mainThreadRatio({ baseline, candidate }: Round): number {
  return baseline.mainThreadMicrosPerRequest / candidate.mainThreadMicrosPerRequest;
}

/** A log that wrote nothing would win, and so would a gate that charged nothing. */
async function readReport(
  { name, credits = 0 }: PairedRow,
  origin: string,
  connections: number,
): Promise<LogReport> {
  const answer = await fetch(origin + LOG_REPORT_PATH);
  const report = (await answer.json()) as LogReport;
  const { written } = report;
  if (written === 0) throw new BenchError(`${name}: no row of the log was written`);
  // The end of the warm-up and of the round each cut off what was under way.
  const due = credits * (written - 2 * connections);
  if (report.credits < due) {
    throw new BenchError(`${name}: ${written} calls were charged ${report.credits} credits`);
  }
  return report;
}

function total({ written, dropped }: LogReport): number {
  return written + dropped;
}
