// What an account's credits are made of: its allowance and its grants, in the order in which they are spent.

import type { GrantState, Ledger } from "sluice/gate";
import type { z } from "zod";
import type * as schemas from "../contract/schemas/credits.ts";

type Pot = z.output<typeof schemas.balance>["pots"][number];

const pageSize = 100;
/** As many grants as are looked through for those with something left. */
const grantsMax = 10_000;

export async function potsOf(
  ledger: Ledger,
  accountId: string,
  hasNoAllowance: boolean,
  remaining: number,
  nowMs: number,
): Promise<Pot[]> {
  const grants: GrantState[] = [];
  let left = remaining;
  let after: string | undefined;
  for (let seen = 0; seen < grantsMax && left > 0; seen += pageSize) {
    const page = { limit: pageSize, ...(after !== undefined && { after }) };
    const found = await ledger.grants(accountId, page, nowMs);
    for (const grant of found) {
      if (grant.remaining === 0) continue;
      grants.push(grant);
      left -= grant.remaining;
    }
    if (found.length < pageSize) break;
    after = found.at(-1)?.id;
  }
  const pots = grants.toSorted(soonestFirst).map(potOf);
  if (hasNoAllowance) return pots;
  // Two questions, and somebody may spend between them.
  const allowance = {
    kind: "allowance",
    id: null,
    remaining: Math.max(0, left),
    expiresAtMs: null,
  } as const;
  return [allowance, ...pots];
}

function soonestFirst(a: GrantState, b: GrantState): number {
  const [soon, late] = [a.expiresAtMs ?? Infinity, b.expiresAtMs ?? Infinity];
  return soon === late ? 0 : soon - late;
}

function potOf({ id, remaining, expiresAtMs }: GrantState): Pot {
  return { kind: "grant", id, remaining, expiresAtMs: expiresAtMs ?? null };
}
