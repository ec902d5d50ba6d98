// A process that spends credits as fast as it can, and says what it was answered, until it is killed.

import { systemClock } from "../../../src/base/index.ts";
import { openSqliteStores } from "../../../src/store/sqlite/index.ts";
import { tell } from "../tell.ts";

const [, , file = "", name = ""] = process.argv;
const { ledger } = await openSqliteStores({ file });
const funds = {
  accountId: "acct_1",
  allowance: { credits: 1_000_000_000, reset: { kind: "calendar_month" } },
} as const;
const budgets = [{ scope: "key", id: "key_1", cap: 1_000_000_000 }] as const;
let made = 0;

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
