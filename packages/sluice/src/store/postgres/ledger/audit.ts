// The proof that the money adds up, from the rows alone: every sum is made anew by SQL, in one snapshot of the live
// database, while the ledger goes on. What is broken is told with its rows.

import type { Ask, Database } from "../connection/database.ts";
import { type Rule, rules } from "./audit-rules.ts";

/** Rows that are told for each rule; one more, and only their being there is. */
const rowsMax = 100;
/** A large ledger is summed for minutes; it holds nothing up meanwhile. */
const statementMs = 600_000;

/** Every broken rule, a line for each row; none is the proof. */
export function auditLedger(database: Database): Promise<readonly string[]> {
  const check = async (ask: Ask) => {
    await ask(
      `SET LOCAL statement_timeout = ${statementMs}; SET LOCAL search_path = sluice, pg_temp`,
    );
    const broken: string[] = [];
    for (const rule of rules) broken.push(...(await rowsThatBreak(ask, rule)));
    return broken;
  };
  const begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  return database.transaction(check, begin, statementMs * rules.length);
}

async function rowsThatBreak(ask: Ask, { name, sql }: Rule): Promise<readonly string[]> {
  const rows = await ask(`SELECT broken FROM (${sql}) AS broken LIMIT ${rowsMax + 1}`);
  const told = rows.slice(0, rowsMax).map(([row]) => `${name}: ${row}`);
  return rows.length > rowsMax ? [...told, `${name}: and more than ${rowsMax} rows`] : told;
}
