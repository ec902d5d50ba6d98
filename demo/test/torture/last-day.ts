// The end of it all: what dead calls held comes back, and then every account has what it was given less what it
// was charged, to the credit.

import { systemClock } from "sluice/base";
import type { Ledger } from "sluice/gate";
import type { HoldRow } from "./books.ts";
import { allowanceOf, type Payer } from "./home.ts";
import type { Witness } from "./witness.ts";

export interface LastDay {
  readonly expired: number;
  readonly charged: number;
  readonly complaints: readonly string[];
}

/** By then nobody can still be at work on a call of today. */
const laterMs = 60 * 60 * 1_000;
const atOnce = 500;
/** A page that holds everything. */
const all = 10_000_000;

/** While no server runs. */
export async function judgeLastDay(witness: Witness, payers: readonly Payer[]): Promise<LastDay> {
  const nowMs = systemClock.wallMs() + laterMs;
  const open = (await witness.books()).holds.filter(({ state }) => state === null);
  return witness.withLedger(async (ledger) => {
    const expired = await expireAll(ledger, nowMs);
    const listed = new Set((await ledger.oddHolds({ limit: all })).map(({ id }) => id));
    const { holds } = await witness.books();
    const judged = await Promise.all(
      payers.map((payer) => judgeBalance(ledger, payer, holds, nowMs)),
    );
    return {
      expired: holds.filter(({ state }) => state === "expired").length,
      charged: holds.reduce((sum, { charged }) => sum + charged, 0),
      complaints: [
        ...(await witness.audit()),
        ...open
          .filter(({ id }) => !expired.includes(id) || !listed.has(id))
          .map((row) => `not ended, or not listed: ${JSON.stringify(row)}`),
        ...judged.flat(),
      ],
    };
  });
}

async function expireAll(ledger: Ledger, nowMs: number): Promise<readonly string[]> {
  const expired: string[] = [];
  for (;;) {
    const some = await ledger.expire(nowMs, atOnce);
    if (some.length === 0) return expired;
    expired.push(...some);
  }
}

async function judgeBalance(
  ledger: Ledger,
  payer: Payer,
  holds: readonly HoldRow[],
  nowMs: number,
): Promise<readonly string[]> {
  const { id } = payer.account;
  const allowance = allowanceOf(payer);
  const balance = await ledger.balance({ accountId: id, allowance }, nowMs);
  const used = holds.reduce((sum, row) => (row.account === id ? sum + row.charged : sum), 0);
  const { credits } = allowance;
  const should = { remaining: credits - used, held: 0, used, allowance: credits };
  const wrong = Object.entries(should).filter(
    ([name, value]) => balance[name as keyof typeof should] !== value,
  );
  const told = await chargedByStatement(ledger, id);
  return [
    ...wrong.map(
      ([name, value]) => `${id}: ${name} should be ${value}: ${JSON.stringify(balance)}`,
    ),
    ...(told === used ? [] : [`${id}: its statement says ${told} charged, its holds ${used}`]),
  ];
}

async function chargedByStatement(ledger: Ledger, accountId: string): Promise<number> {
  const entries = await ledger.entries(accountId, { limit: all });
  return entries.reduce((sum, { to, amount }) => (to === "charged" ? sum + amount : sum), 0);
}
