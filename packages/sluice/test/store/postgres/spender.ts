// A gate's ledger that spends as fast as it can, says what it was answered, and goes on when its server is gone, until
// it is killed.

import pg from "pg";
import { systemClock } from "../../../src/base/index.ts";
import { openPostgresStores } from "../../../src/store/postgres/index.ts";
import { tell } from "../tell.ts";

const [, , address = "", name = ""] = process.argv;
const pool = new pg.Pool({ ...JSON.parse(address), max: 6, connectionTimeoutMillis: 2_000 });
const { ledger } = await openPostgresStores({ pool });
const budgets = [{ scope: "key", id: "key_1", cap: 1_000_000_000 }] as const;
let made = 0;

/** One call from its start to its end, or to where it was cut off. */
async function call(): Promise<void> {
  const nth = made++;
  const holdId = `${name}, ${nth}`;
  const nowMs = systemClock.wallMs();
  const funds = {
    accountId: `acct_${nth % 3}`,
    allowance: { credits: 1_000_000_000, reset: { kind: "calendar_month" } },
  } as const;
  const reservation = { holdId, funds, budgets, amount: 10, expiresAtMs: nowMs + 3_600_000 };
  const idempotency = {
    ...{ accountId: funds.accountId, operation: "create", key: holdId, fingerprint: "f" },
  };
  await ledger.reserve(
    { ...reservation, operation: "create", keyId: "key_1", ...(nth % 2 === 0 && { idempotency }) },
    nowMs,
  );
  tell("reserved", holdId);
  if (nth % 9 === 0) {
    const slots = [`slot of ${holdId}`];
    await ledger.detach({ holdId, slots, expiresAtMs: nowMs + 3_600_000, rememberMs: 0 }, nowMs);
    tell("detached", holdId);
    return;
  }
  const charge = 1 + (nth % 10);
  await ledger.settle({ holdId, charge, rememberMs: 3_600_000 }, nowMs);
  tell("settled", holdId, charge);
}

async function spend(): Promise<never> {
  for (;;) {
    // What failed may have been done or not; nobody was told that it was.
    await call().catch(() => systemClock.sleep(20));
  }
}

tell("ready");
await Promise.all(Array.from({ length: 20 }, spend));
