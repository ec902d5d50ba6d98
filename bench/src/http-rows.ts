// A row of servers under load: which file, and what it must answer before anything is measured.

import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { checkExchange, type Exchange, itemsExchange, loadOf } from "./exchange.ts";
import type { Cores } from "./machine.ts";
import type { Contender, Plan } from "./paired.ts";
import type { SideOf } from "./results/table.ts";
import { startServer } from "./server-process.ts";

export interface HttpRow {
  readonly name: string;
  /** A file of bench/servers. */
  readonly server: string;
  /** A bare server answers anybody; every other one must refuse an unknown key. */
  readonly bare?: true;
  /** @default "ours", and a bare server is a bound */
  readonly side?: SideOf;
  /** What the file reads to know which server to be. */
  readonly env?: Readonly<Record<string, string>>;
}

export const BARE: HttpRow = { name: "node:http", server: "raw.ts", bare: true };

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
