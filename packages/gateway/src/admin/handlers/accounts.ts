// Accounts: found, shown, created and changed. The account of the tokens is none of them.

import { monthStartMs, type Refusal, refuse, refuseDomain } from "sluice";
import type { Account } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/accounts.ts";
import type { Desk } from "../desk/desk.ts";
import { adminAccountId } from "../desk/reserved.ts";
import { findById } from "../lists/page.ts";
import { refuseAccount, refuseOtherApis } from "./against-contract.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { patched, present } from "./patch.ts";

type Operations = "listAccounts" | "createAccount" | "getAccount" | "changeAccount" | "getUsage";

export function accountHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { directory, log } = desk.stores;
  return {
    async listAccounts({ query: { search, ...asked } }) {
      const found = await findById(asked, "accounts", async ({ limit, ...page }) => {
        const wanted = { limit: limit + 1, ...page, ...present({ search }) };
        const accounts = await directory.accounts(wanted);
        return accounts.filter(({ id }) => id !== adminAccountId).slice(0, limit);
      });
      return answerPage(schemas.page, found, shownAccount);
    },

    async createAccount({ body }, context) {
      const { id = desk.newId("acc"), name, plan, subscription, overrides } = body;
      const account = { id, name, plan, subscription, ...present({ overrides }) } as Account;
      const refusal = refuseAccount(account, desk.apis);
      if (refusal !== undefined) return refusal;
      return desk.inTurn(`account ${id}`, async () => {
        const isTaken = id === adminAccountId || (await directory.account(id)) !== undefined;
        if (isTaken) return refuseDomain("already_exists", { param: "id" });
        await directory.putAccount(account, await desk.changeBy(context));
        return answer(schemas.one, shownAccount(account), 201);
      });
    },

    async getAccount({ params }) {
      const account = await desk.account(params.accountId);
      return account === undefined
        ? refuse("not_found")
        : answer(schemas.one, shownAccount(account));
    },

    changeAccount: ({ params: { accountId }, body }, context) =>
      desk.change(`account ${accountId}`, async () => {
        const before = await desk.account(accountId);
        if (before === undefined) return refuse("not_found");
        const account = patched(before, body as Partial<Account>);
        const refusal =
          refuseAccount(account, desk.apis) ?? (await refusePlan(desk, before, account));
        if (refusal !== undefined) return refusal;
        const isPut = await directory.putAccount(account, await desk.changeBy(context), before);
        return isPut ? answer(schemas.one, shownAccount(account)) : undefined;
      }),

    async getUsage({ params: { accountId }, query }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const nowMs = desk.clock.wallMs();
      const { fromMs = monthStartMs(nowMs), toMs = nowMs + 1 } = query;
      const usage = await log.usage(accountId, fromMs, toMs);
      return answer(schemas.usage, { fromMs, toMs, ...usage });
    },
  };
}

/** Keys open their API only while it knows the account's plan. */
async function refusePlan(
  desk: Desk,
  before: Account,
  after: Account,
): Promise<Refusal | undefined> {
  if (before.plan === after.plan) return undefined;
  const [key] = await desk.stores.directory.keysOf(after.id, { limit: 1 });
  return key === undefined ? undefined : refuseOtherApis(before.plan, after.plan, desk.apis);
}

export function shownAccount(account: Account): z.output<typeof schemas.one> {
  const { id, name, plan, subscription, overrides = null, warnings } = account;
  return {
    id,
    name,
    plan,
    subscription,
    overrides: overrides as z.output<typeof schemas.overrides> | null,
    warnings: shownWarnings(warnings),
  };
}

export function shownWarnings(warnings: Account["warnings"]) {
  if (warnings === undefined) return null;
  const { url, percents, secretVersion } = warnings;
  return { url, percents: percents === undefined ? null : [...percents], secretVersion };
}
