// A process that spends credits as fast as it can, and says what it was answered, until it is killed.

import { writeSync } from "node:fs";
import { systemClock } from "../../../src/base/index.ts";
import { openSqliteStores } from "../../../src/store/sqlite/index.ts";

const [, , file = "", name = ""] = process.argv;
const { ledger } = await openSqliteStores({ file });
const funds = {
  accountId: "acct_1",
  allowance: { credits: 1_000_000_000, reset: { kind: "calendar_month" } },
} as const;
const budgets = [{ scope: "key", id: "key_1", cap: 1_000_000_000 }] as const;
let made = 0;

/** At once, whatever happens next: the other process must know of it. */
const tell = (...words: readonly (string | number)[]) => writeAll(`${words.join("\t")}\n`);

/** Whole, also through a pipe that is full for the moment: who reads it may be slow. */
function writeAll(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

async function spend(): Promise<never> {
  for (;;) {
    const nth = made++;
    const holdId = `${name}, ${nth}`;
    const nowMs = systemClock.wallMs();
    const expiresAtMs = nowMs + 60_000;
    const jobUntilMs = nowMs + 3_600_000;
    const call = { holdId, funds, budgets, amount: 10, expiresAtMs };
    await ledger.reserve({ ...call, operation: "create", keyId: "key_1" }, nowMs);
    tell("reserved", holdId);
    const charge = 1 + (nth % 10);
    if (nth % 3 === 0) {
      const slots = [`slot of ${holdId}`];
      await ledger.detach({ holdId, slots, expiresAtMs: jobUntilMs, rememberMs: 0 }, nowMs);
      tell("detached", holdId);
      // Some jobs run longer than this process.
      if (nth % 9 === 0) {
        tell("left", holdId);
        continue;
      }
    }
    await ledger.settle({ holdId, charge, rememberMs: 0 }, nowMs);
    tell("settled", holdId, charge);
  }
}

await Promise.all(Array.from({ length: 20 }, spend));
