// What an operator asks of the ledger: how budgets stand, what became of grants, and holds.

import { monthEndMs, monthStartMs } from "../../../contract/index.ts";
import type {
  Budget,
  BudgetState,
  GrantState,
  HoldRecord,
  OddHoldQuery,
  Page,
} from "../../../gate/stores.ts";
import type { Database, Row } from "../connection/database.ts";
import { accountScope, budgetScope } from "./commands.ts";

const budgetsNow = {
  name: "sluice_budgets",
  text:
    "SELECT b.used, b.held, b.month_ms " +
    "FROM unnest($1::text[]) WITH ORDINALITY AS u (name, at) " +
    "LEFT JOIN sluice.scope s ON s.name = u.name LEFT JOIN LATERAL (" +
    "SELECT * FROM sluice.budget o WHERE o.scope = s.n AND o.month_ms >= $2::float8 " +
    "ORDER BY o.month_ms DESC LIMIT 1) b ON true ORDER BY u.at",
};

/** A clock that steps back over the end of a month does not open the old month again. */
export async function budgetStates(
  database: Database,
  budgets: readonly Budget[],
  nowMs: number,
): Promise<readonly BudgetState[]> {
  if (budgets.length === 0) return [];
  const startMs = monthStartMs(nowMs);
  const rows = await database.ask(budgetsNow, [budgets.map(budgetScope), startMs]);
  return budgets.map((budget, at) => {
    const [used, held, monthMs] = rows[at] ?? [];
    return {
      budget,
      used: Number(used ?? 0),
      held: Number(held ?? 0),
      resetAtMs: monthEndMs(Number(monthMs ?? startMs)),
    };
  });
}

const account = "(SELECT n FROM sluice.scope WHERE name = $1)";
const grants = {
  name: "sluice_grants",
  text:
    "SELECT substr(name, 7), expires_ms, reason, issued, available, held, charged, lapsed " +
    `FROM sluice.pot WHERE account = ${account} AND kind = 'grant' ` +
    "AND n < CASE WHEN $2::text IS NULL THEN 9223372036854775807 ELSE (SELECT o.n " +
    `FROM sluice.pot o WHERE o.name = 'grant/' || $2 AND o.account = ${account}) END ` +
    "ORDER BY n DESC LIMIT $3",
};

/** Newest first. What is over by now lapses when credits are next taken; here it has. */
export async function grantsPage(
  database: Database,
  accountId: string,
  { limit, after }: Page,
  nowMs: number,
): Promise<readonly GrantState[]> {
  const rows = await database.ask(grants, [accountScope(accountId), after ?? null, limit]);
  return rows.map(([id, expiresMs, reason, issued, available, held, charged, lapsed]) => {
    const expiresAtMs = Number(expiresMs);
    const left = Number(available);
    const isOver = expiresAtMs <= nowMs;
    return {
      id: id ?? "",
      accountId,
      amount: Number(issued),
      ...(expiresAtMs !== Number.POSITIVE_INFINITY && { expiresAtMs }),
      reason: reason ?? "",
      remaining: isOver ? 0 : left,
      held: Number(held),
      charged: Number(charged),
      lapsed: Number(lapsed) + (isOver ? left : 0),
    };
  });
}

const record =
  "SELECT h.id, substr(s.name, 9), operation, key_id, amount, charged, overage, state, " +
  "slots IS NOT NULL, made_ms, ended_ms FROM sluice.hold h JOIN sluice.scope s ON s.n = h.account ";
const one = { name: "sluice_hold", text: `${record} WHERE h.id = $1` };
/** One that was barred before it was made is none. */
const odd =
  `${record} WHERE (state = 'expired' OR overage > 0) ` +
  "AND h.n < CASE WHEN $1::text IS NULL THEN 9223372036854775807 ELSE (SELECT o.n " +
  "FROM sluice.hold o WHERE o.id = $1 AND o.state <> 'barred') END ";
const oddOfAll = { name: "sluice_odd", text: `${odd} ORDER BY h.n DESC LIMIT $2` };
const oddOfOne = {
  name: "sluice_odd_of",
  text:
    `${odd} AND h.account = (SELECT n FROM sluice.scope WHERE name = $3) ` +
    "ORDER BY h.n DESC LIMIT $2",
};

export async function holdRecord(
  database: Database,
  holdId: string,
): Promise<HoldRecord | undefined> {
  const [row] = await database.ask(one, [holdId]);
  return row && recordOf(row);
}

/** Newest first. */
export async function oddHoldsPage(
  database: Database,
  { accountId, limit, before }: OddHoldQuery,
): Promise<readonly HoldRecord[]> {
  const place = [before ?? null, limit];
  const rows = await (accountId === undefined
    ? database.ask(oddOfAll, place)
    : database.ask(oddOfOne, [...place, accountScope(accountId)]));
  return rows.map(recordOf);
}

function recordOf(row: Row): HoldRecord {
  const [id, accountId, operation, keyId, amount, charged, overage, state, isJob] = row;
  const [madeMs, endedMs] = row.slice(9);
  return {
    id: id ?? "",
    accountId: accountId ?? "",
    operation: operation ?? "",
    keyId: keyId ?? "",
    amount: Number(amount),
    charged: Number(charged),
    overage: Number(overage),
    state: state as HoldRecord["state"],
    isJob: isJob === "t",
    madeAtMs: Number(madeMs),
    endedAtMs: endedMs === null ? undefined : Number(endedMs),
  };
}
