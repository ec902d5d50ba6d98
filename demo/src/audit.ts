// `npm run audit`: proves that the money of a home, or of a database, adds up, also while gates serve it. It ends with 0
// when it does, with 1 and every broken rule with its rows when it does not, and with 2 when there is nothing to prove.

import { openForAudit, StartError } from "@sluice/gateway";
import { type Environment, readEnvironment } from "./environment.ts";
import { storesOf } from "./stores.ts";

const unproven = 2;

async function audit(environment: Environment): Promise<number> {
  const { home, servers } = environment;
  const ledger = await openForAudit(storesOf(environment));
  try {
    const broken = await ledger.audit();
    for (const line of broken) console.log(line);
    if (broken.length > 0) {
      const where = servers === undefined ? home : "the database";
      console.error(`Broken: ${counted(broken.length, "row")} in ${where} that should not be so.`);
      return 1;
    }
    const expired = await ledger.expired();
    const ranOut = `${counted(expired, "hold")} ran out, uncharged: their calls died`;
    console.log(expired === 0 ? "clean" : `clean; ${ranOut}`);
    return 0;
  } finally {
    await ledger.close();
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

try {
  process.exitCode = await audit(readEnvironment(process.env, process.cwd()));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error instanceof StartError ? reason : `Cannot audit: ${reason}`);
  process.exitCode = unproven;
}
