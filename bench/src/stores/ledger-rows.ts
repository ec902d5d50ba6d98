// Durable debits: reserve + settle pairs of many callers on one hot account, against bare batched
// updates by the same engine.

import { atLeast, figure, grouped, median, percentile } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import { type Row, type Run, rowFolder, type Section } from "../section.ts";
import { Callers } from "./callers.ts";
import { type Engine, type RawDebits, ROWS_PER_RAW_DEBIT } from "./engine.ts";
import { interleave, type Rates, type Side } from "./interleaved.ts";
import { sqlite } from "./sqlite.ts";

const RATIO_AIM = 0.7;
const RATE_AIM = 50_000;

/** One line each; another engine is another file like `sqlite.ts`. */
const ROWS: readonly Row[] = [pairs(sqlite, 64), pairs(sqlite, 512)];

export const ledgerSection: Section = {
  id: "debits",
  title: "Durable debits on one hot account with workspace, project and key budgets",
  columns: ["pairs/s", "raw debits/s", "per debit", "per row", "p50 ms", "p99 ms"],
  rows: ROWS,
  notes: [
    "pair: reserve + settle, two durable steps one after the other, each in a batch with others",
    `raw: UPDATE balance + INSERT a line (${ROWS_PER_RAW_DEBIT} rows), as many in one transaction as there are callers`,
    "per debit: pairs a second over raw debits a second; per row: the same in rows written",
    "median (least–most) of the rounds; the two sides take turns of a quarter of a second",
  ],
};

function pairs(engine: Engine, callers: number): Row {
  return {
    name: `${engine.name}, ${callers} callers`,
    async measure(run) {
      const folder = rowFolder(run);
      const stores = await engine.openStores(folder);
      const raw = await engine.openRaw(folder);
      try {
        const aloneMs = await oneCommitMs(raw);
        run.note(
          `${engine.rowsPerPair} rows a pair and ${engine.rowsPerBatch} a batch; ` +
            `a raw debit alone is durable in ${aloneMs.toFixed(2)} ms`,
        );
        return await comparePairs(engine, new Callers(stores.ledger, callers), callers, raw, run);
      } finally {
        await raw.close();
        await stores.close();
      }
    },
  };
}

async function comparePairs(
  engine: Engine,
  callers: Callers,
  batch: number,
  raw: RawDebits,
  run: Run,
): Promise<readonly Cell[]> {
  const p50: number[] = [];
  const p99: number[] = [];
  const rounds = await interleave(callers, rawSide(raw, batch), run, (rates, number) => {
    const sorted = callers.takeMilliseconds();
    p50.push(percentile(sorted, 0.5));
    p99.push(percentile(sorted, 0.99));
    run.progress(`  round ${number}: ${(rates.first / rates.second).toFixed(3)} a debit`);
  });
  await callers.checkBooks();
  const rate = rounds.map(({ first }) => first);
  const perDebit = rounds.map(({ first, second }) => first / second);
  const rows = engine.rowsPerPair / ROWS_PER_RAW_DEBIT;
  return [
    figure(rate, 0, atLeast(RATE_AIM, `${grouped(RATE_AIM)}/s`)),
    figure(
      rounds.map(({ second }: Rates) => second),
      0,
    ),
    figure(perDebit, 2, atLeast(RATIO_AIM)),
    figure(
      perDebit.map((ratio) => ratio * rows),
      2,
    ),
    figure(p50, 1),
    figure(p99, 1),
  ];
}

function rawSide(raw: RawDebits, batch: number): Side {
  return {
    async run(forMs) {
      const startedMs = performance.now();
      let done = 0;
      while (performance.now() - startedMs < forMs) {
        await raw.debit(batch);
        done += batch;
      }
      return { done, elapsedMs: performance.now() - startedMs };
    },
  };
}

/** Whether the disk keeps its word: far below a tenth of a millisecond it hardly can. */
async function oneCommitMs(raw: RawDebits): Promise<number> {
  const milliseconds: number[] = [];
  for (let i = 0; i < 100; i++) {
    const startedMs = performance.now();
    await raw.debit(1);
    milliseconds.push(performance.now() - startedMs);
  }
  return median(milliseconds);
}
