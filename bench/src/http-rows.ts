// A row of servers under load: which file, what it must answer before anything is measured, and the
// A/A row by which a table is believed or not.

import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { ITEMS, ITEMS_PATH } from "./answer.ts";
import { BenchError, type Cores } from "./machine.ts";
import { type Comparison, type Contender, median, type Plan } from "./paired.ts";

export interface HttpRow {
  readonly name: string;
  /** A file of bench/servers. */
  readonly server: string;
  /** A bare server answers anybody; every other one must refuse an unknown key. */
  readonly bare?: true;
}

export const BARE: HttpRow = { name: "node:http", server: "raw.ts", bare: true };

/** How far from 1.00 the A/A row may lie before the other rows stop meaning anything. */
const CONTROL_TOLERANCE = 0.05;

export function newKey(): string {
  return `bench_live_${randomBytes(16).toString("hex")}`;
}

export function httpPlan(
  cores: Cores,
  key: string,
  { rounds, seconds }: Pick<Plan, "rounds" | "seconds">,
): Plan {
  return {
    cores,
    load: { path: ITEMS_PATH, headers: { "x-api-key": key }, connections: 32 },
    rounds,
    seconds,
    warmUpSeconds: 2,
  };
}

export function contender(
  row: HttpRow,
  key: string,
  env: Readonly<Record<string, string>> = {},
): Contender {
  return {
    name: row.name,
    file: fileURLToPath(new URL(`../servers/${row.server}`, import.meta.url)),
    env: { BENCH_KEY: key, ...env },
    check: (origin) => checkAnswers(row, origin, key),
  };
}

/** A server that forgets the check or answers less would win: look before measuring. */
async function checkAnswers(row: HttpRow, origin: string, key: string): Promise<void> {
  const ask = (apiKey: string) =>
    fetch(origin + ITEMS_PATH, { headers: { "x-api-key": apiKey } }).catch((error) => {
      throw new BenchError(`${row.name}: no answer (${error.cause ?? error})`);
    });
  const known = await ask(key);
  const body = await known.text();
  if (known.status !== 200 || body !== JSON.stringify(ITEMS)) {
    throw new BenchError(`${row.name}: expected 200 and the items, got ${known.status} ${body}`);
  }
  if (row.bare) return;
  const unknown = await ask(`bench_live_${"0".repeat(32)}`);
  await unknown.body?.cancel();
  if (unknown.status !== 401) {
    throw new BenchError(`${row.name}: expected 401 for an unknown key, got ${unknown.status}`);
  }
}

/** Throws when the baseline against itself is too far from 1.00. */
export function judgeControl(control: Comparison | undefined): void {
  const ratios = control?.rounds.map((round) => round.ratio) ?? [];
  const ratio = median(ratios);
  if (Math.abs(ratio - 1) <= CONTROL_TOLERANCE) return;
  if (ratios.length < 3) {
    console.log(`Fewer than 3 rounds: a smoke test (the A/A row reads ${ratio.toFixed(2)}).`);
    return;
  }
  throw new BenchError(
    `The A/A row reads ${ratio.toFixed(2)} where 1.00 is due: the machine is too restless, ` +
      "so do not quote this table.",
  );
}
