// Money that several gates share: reserve + settle pairs on one hot account over three budgets, against a transaction
// for each step from eight connections to the same server.

import { atLeast, atMost, figure, percentile } from "../results/cell.ts";
import type { Cell } from "../results/table.ts";
import type { Row, Run, Section } from "../section.ts";
import { Callers } from "./callers.ts";
import { interleave } from "./interleaved.ts";
import { openPostgresSides } from "./postgres.ts";

const RATIO_AIM = 8;
/** At 64 callers. */
const P99_MS_AIM = 10;

const ROWS: readonly Row[] = [pairs(64), pairs(512)];

export const sharedLedgerSection: Section = {
  id: "shared-debits",
  title: "Debits of one hot account on PostgreSQL with workspace, project and key budgets",
  columns: ["pairs/s", "naive pairs/s", "times", "p50 ms", "p99 ms"],
  rows: ROWS,
  notes: [
    "pair: reserve + settle, two durable steps one after the other, each in a batch with others",
    "naive: two transactions of prepared statements (5 and 5, BEGIN and COMMIT aside) over three rows and no pot, 8 connections",
    "median (least–most) of the rounds; the two sides take turns of a quarter of a second on one server",
  ],
};

function pairs(callers: number): Row {
  return {
    name: `postgres, ${callers} callers`,
    async measure(run) {
      const sides = await openPostgresSides();
      try {
        return await compare(new Callers(sides.stores.ledger, callers), sides.naive, callers, run);
      } finally {
        await sides.close();
      }
    },
  };
}

async function compare(
  callers: Callers,
  naive: Parameters<typeof interleave>[1],
  count: number,
  run: Run,
): Promise<readonly Cell[]> {
  const p50: number[] = [];
  const p99: number[] = [];
  const rounds = await interleave(callers, naive, run, ({ first, second }, number) => {
    const sorted = callers.takeMilliseconds();
    p50.push(percentile(sorted, 0.5));
    p99.push(percentile(sorted, 0.99));
    run.progress(`  round ${number}: ${(first / second).toFixed(1)} times`);
  });
  await callers.checkBooks();
  const times = rounds.map(({ first, second }) => first / second);
  return [
    figure(
      rounds.map(({ first }) => first),
      0,
    ),
    figure(
      rounds.map(({ second }) => second),
      0,
    ),
    figure(times, 1, atLeast(RATIO_AIM, String(RATIO_AIM))),
    figure(p50, 1),
    figure(p99, 1, count === 64 ? atMost(P99_MS_AIM, `${P99_MS_AIM} ms`) : undefined),
  ];
}
