// A row of servers under load: which file, what it must answer before anything is measured, and the
// A/A row by which a table is believed or not.

import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { checkExchange, type Exchange, itemsExchange, loadOf } from "./exchange.ts";
import { BenchError, type Cores } from "./machine.ts";
import { type Comparison, type Contender, median, type Plan } from "./paired.ts";
import { startServer } from "./server-process.ts";

export interface HttpRow {
  readonly name: string;
  /** A file of bench/servers. */
  readonly server: string;
  /** A bare server answers anybody; every other one must refuse an unknown key. */
  readonly bare?: true;
  /** What the file reads to know which server to be. */
  readonly env?: Readonly<Record<string, string>>;
}

export const BARE: HttpRow = { name: "node:http", server: "raw.ts", bare: true };

/** How far from 1.00 the A/A row may lie before the other rows stop meaning anything. */
const CONTROL_TOLERANCE = 0.05;

const KEY_BYTES = 16;

export function newKey({ keyPrefix }: Exchange = itemsExchange): string {
  return keyPrefix + randomBytes(KEY_BYTES).toString("hex");
}

/** Well formed, so that a guarded server has to look it up. */
export function nobodysKey({ keyPrefix }: Exchange): string {
  return keyPrefix + "0".repeat(2 * KEY_BYTES);
}

export function httpPlan(
  cores: Cores,
  key: string,
  { rounds, seconds }: Pick<Plan, "rounds" | "seconds">,
  exchange: Exchange = itemsExchange,
): Plan {
  return {
    cores,
    load: loadOf(exchange, key),
    rounds,
    seconds,
    warmUpSeconds: 2,
  };
}

export function contender(
  row: HttpRow,
  key: string,
  env: Readonly<Record<string, string>> = {},
  exchange: Exchange = itemsExchange,
): Contender {
  const unknownKey = nobodysKey(exchange);
  const guard = { name: row.name, key, ...(!row.bare && { unknownKey }) };
  const file = fileURLToPath(new URL(`../servers/${row.server}`, import.meta.url));
  return {
    name: row.name,
    start: (core) => startServer(file, core, { BENCH_KEY: key, ...env, ...row.env }),
    check: (origin) => checkExchange(exchange, origin, guard),
  };
}

/** Throws when the baseline against itself is too far from 1.00. */
export function judgeControl(control: Comparison | undefined): void {
  judgeRatios(control?.rounds.map((round) => round.ratio) ?? []);
}

export function judgeRatios(ratios: readonly number[]): void {
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
