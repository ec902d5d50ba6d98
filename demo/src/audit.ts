// `npm run audit`: proves that the money of a home adds up, also while a gate serves it. It ends with 0 when it
// does, with 1 and every broken rule with its rows when it does not, and with 2 when there is nothing to prove.

import { statSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStores, type SqliteStores } from "sluice/store/sqlite";
import { readEnvironment, StartError } from "./environment.ts";

const unproven = 2;

async function audit(home: string): Promise<number> {
  const stores = await openLedger(join(home, "sluice.db"));
  try {
    const broken = await stores.audit();
    for (const line of broken) console.log(line);
    if (broken.length > 0) {
      console.error(`Broken: ${counted(broken.length, "row")} in ${home} that should not be so.`);
      return 1;
    }
    const { length } = await stores.ledger.expiredHolds();
    const ranOut = `${counted(length, "hold")} ran out, uncharged: their calls died`;
    console.log(length === 0 ? "clean" : `clean; ${ranOut}`);
    return 0;
  } finally {
    await stores.close();
  }
}

/** Never makes one: an empty ledger would be clean. */
async function openLedger(file: string): Promise<SqliteStores> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.size === 0) {
    throw new StartError(
      `No ledger at ${file}: set SLUICE_HOME to a folder that npm start has served.`,
    );
  }
  return openSqliteStores({ file });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

try {
  process.exitCode = await audit(readEnvironment(process.env, process.cwd()).home);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error instanceof StartError ? reason : `Cannot audit: ${reason}`);
  process.exitCode = unproven;
}
