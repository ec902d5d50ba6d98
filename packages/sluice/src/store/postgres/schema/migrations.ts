// The way of a database from any earlier version of the schema to this program's: forward only, all of it in one
// transaction, by one node while the others wait.

import { assert } from "../../../base/index.ts";
import type { Ask, Database } from "../connection/database.ts";
import { directorySchema } from "./directory.ts";
import { ledgerSchema } from "./ledger.ts";
import { ledgerFunctions } from "./ledger-run.ts";
import { noticesSchema } from "./notices.ts";
import { pagesSchema } from "./pages.ts";
import { requestLogConditions, requestLogSchema, requestLogShortages } from "./request-log.ts";
import { requestLogDays } from "./request-log-days.ts";

/** One step: what brings a schema of the version before to this one. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Every step there ever was; what was released is never edited. The last one makes the functions as they are now. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: directorySchema + ledgerSchema + requestLogSchema },
  { version: 2, sql: requestLogShortages },
  { version: 3, sql: requestLogDays },
  { version: 4, sql: noticesSchema },
  { version: 5, sql: pagesSchema },
  { version: 6, sql: requestLogConditions + ledgerFunctions },
];

/** A schema that this program must not touch, with what to do about it. */
export class ForeignSchemaError extends Error {
  override readonly name: string = "ForeignSchemaError";
}

/** Held until the commit. Whoever comes second finds the work done. */
const LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('sluice/migrations', 0))";

/** An index on a large table takes longer than any statement of a gate; who starts beside it waits as long. */
const MOST_MS = 600_000;
const PATIENCE = `SET LOCAL statement_timeout = ${MOST_MS}; SET LOCAL lock_timeout = ${MOST_MS}`;

/** Brings the schema to the newest version; throws, and changes nothing, when that is impossible. */
export async function migrate(
  database: Database,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  assert(
    steps.every(({ version }, at) => version === at + 1),
    () => "migrations are numbered from 1 without a gap",
  );
  // A server that does not answer is found out here, soon.
  const [known] = await database.ask("SELECT to_regclass('sluice.version')");
  const [row] = known?.[0] === null ? [] : await database.ask("SELECT version FROM sluice.version");
  if (Number(row?.[0]) === steps.length) return;
  const bring = async (ask: Ask) => {
    await ask(PATIENCE);
    await ask(LOCK);
    const version = await checkedVersion(ask, steps.length);
    if (version === steps.length) return;
    await ask("SET LOCAL search_path = sluice, pg_temp");
    for (const { sql } of steps.slice(version)) await ask(sql);
    await ask("UPDATE version SET version = $1", [steps.length]);
  };
  await database.transaction(bring, "BEGIN", MOST_MS);
}

async function checkedVersion(ask: Ask, newest: number): Promise<number> {
  const [schema] = await ask("SELECT to_regnamespace('sluice'), to_regclass('sluice.version')");
  if (schema?.[0] === null) {
    await ask(
      "CREATE SCHEMA sluice; CREATE TABLE sluice.version (version int NOT NULL); " +
        "INSERT INTO sluice.version VALUES (0)",
    );
    return 0;
  }
  if (schema?.[1] === null) {
    throw new ForeignSchemaError(
      'this database has a schema "sluice" of another program: name another database',
    );
  }
  const [row] = await ask("SELECT version FROM sluice.version");
  const version = Number(row?.[0]);
  if (version <= newest) return version;
  throw new ForeignSchemaError(
    `the schema "sluice" has version ${version}, this program knows ${newest} and older: start the ` +
      "newer program again, or put back the backup from before the upgrade",
  );
}
