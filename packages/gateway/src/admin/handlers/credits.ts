// An account's credits: what is left, what was granted, and each movement. Nothing is rounded: credits are whole.

import { type Allowance, refuse, refuseDomain, resetAtMs } from "sluice";
import type { Account, AccountFunds, Grant, GrantState } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/credits.ts";
import type { Desk } from "../desk/desk.ts";
import { findById } from "../lists/page.ts";
import { refuseField } from "./against-contract.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { apiOfAccount } from "./key-checks.ts";
import { present } from "./patch.ts";
import { potsOf } from "./pots.ts";
import { findEntries, type SummedEntry } from "./statement.ts";

type Operations = "getCredits" | "listGrants" | "grantCredits" | "listEntries";

export function creditHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { ledger } = desk.stores;
  return {
    async getCredits({ params: { accountId } }) {
      const account = await desk.account(accountId);
      if (account === undefined) return refuse("not_found");
      return answer(schemas.balance, await balanceOf(desk, account));
    },

    async listGrants({ params: { accountId }, query }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const nowMs = desk.clock.wallMs();
      const found = await findById(query, `grants of ${accountId}`, (page) =>
        ledger.grants(accountId, page, nowMs),
      );
      return answerPage(schemas.grants, found, shownGrant);
    },

    async grantCredits({ params: { accountId }, body }, context) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const { id = desk.newId("grant"), amount, reason, expiresAtMs } = body;
      const grant = { id, accountId, amount, reason, ...present({ expiresAtMs }) };
      return desk.inTurn(`grant ${id}`, async () => {
        const change = await desk.changeBy(context);
        const isNew = !(await isWrittenDown(desk, id));
        if (isNew && (expiresAtMs ?? Infinity) <= change.atMs) {
          return refuseField("expiresAtMs", "must lie ahead");
        }
        await ledger.grant(grant, change.atMs);
        const made = await findGrant(desk, grant, change.atMs);
        if (made === undefined) return refuseDomain("already_exists", { param: "id" });
        if (isNew) {
          const what = { accountId, kind: "grant", id, before: undefined, after: grant } as const;
          await desk.stores.directory.note({ ...change, ...what });
        }
        return answer(schemas.grant, shownGrant(made), isNew ? 201 : 200);
      });
    },

    async listEntries({ params: { accountId }, query }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const found = await findEntries(ledger, accountId, query);
      return answerPage(schemas.entries, found, shownEntry);
    },
  };
}

export async function balanceOf(
  desk: Desk,
  account: Account,
): Promise<z.output<typeof schemas.balance>> {
  const { ledger } = desk.stores;
  const nowMs = desk.clock.wallMs();
  const funds = await fundsOf(desk, account);
  const { allowance } = funds;
  const { remaining, held, used, periodStartMs } = await ledger.balance(funds, nowMs);
  return {
    remaining,
    held,
    used,
    allowance: allowance ?? null,
    periodStartMs: periodStartMs ?? null,
    resetAtMs: (allowance && resetAtMs(allowance.reset, periodStartMs, nowMs)) ?? null,
    pots: await potsOf(ledger, account.id, allowance === undefined, remaining, nowMs),
  };
}

/** Whose money, and what comes with the plan: as the gate has it. */
async function fundsOf(desk: Desk, account: Account): Promise<AccountFunds> {
  const { id, plan, overrides } = account;
  const api = await apiOfAccount(desk, account);
  const allowance: Allowance | undefined =
    overrides?.allowance ?? api?.server.plans[plan]?.allowance;
  return { accountId: id, allowance };
}

/** One that was made by other means, or by a process that died over it, is known to the ledger alone. */
async function isWrittenDown({ stores }: Desk, id: string): Promise<boolean> {
  return (await stores.directory.changes({ kind: "grant", id, limit: 1 })).length > 0;
}

const pagesMax = 100;

/** Undefined where the ledger has a grant of this id that is another one. Newest first: mostly it is the first. */
async function findGrant(
  { stores: { ledger } }: Desk,
  grant: Grant,
  nowMs: number,
): Promise<GrantState | undefined> {
  let after: string | undefined;
  for (let pages = 0; pages < pagesMax; pages++) {
    const page = { limit: 100, ...present({ after }) };
    const grants: readonly GrantState[] = await ledger.grants(grant.accountId, page, nowMs);
    const found = grants.find(({ id }) => id === grant.id);
    if (found !== undefined) return isSame(found, grant) ? found : undefined;
    after = grants.at(-1)?.id;
    if (after === undefined) return undefined;
  }
  return undefined;
}

function isSame(a: Grant, b: Grant): boolean {
  return (
    a.accountId === b.accountId &&
    a.amount === b.amount &&
    a.reason === b.reason &&
    a.expiresAtMs === b.expiresAtMs
  );
}

function shownGrant({ expiresAtMs, ...grant }: GrantState): z.output<typeof schemas.grant> {
  return { ...grant, expiresAtMs: expiresAtMs ?? null };
}

function shownEntry({ accountId: _, holdId, ...entry }: SummedEntry) {
  return { ...entry, holdId: holdId ?? null };
}
