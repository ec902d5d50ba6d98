// Who asks: the key that somebody signed in with, as it is now, and how far it reaches.

import { type Refusal, refuse } from "sluice";
import type { Account, HandlerContext, Key } from "sluice/gate";
import type { Desk } from "../../admin/desk/desk.ts";
import { reachOf } from "../contract/reach.ts";

export interface Customer {
  readonly account: Account;
  readonly key: Key;
  /** Whether it sees what other keys of the account did. */
  readonly seesAll: boolean;
}

/** Somebody's own account, as the handlers of the admin API take it. */
export function mine({ caller }: HandlerContext): { readonly accountId: string } {
  return { accountId: caller.accountId };
}

/** Input as it came, with one's own account in place of what a path would say. It has getters, so it cannot be spread. */
export function ofMine<Query, Body>(
  { query, body }: { readonly query: Query; readonly body: Body },
  context: HandlerContext,
) {
  return { params: mine(context), query, body };
}

export async function customer(
  desk: Desk,
  { caller }: HandlerContext,
): Promise<Customer | Refusal> {
  const account = await desk.account(caller.accountId);
  const key = await desk.stores.directory.key(caller.keyId);
  if (account === undefined || key?.accountId !== account.id) return refuse("not_found");
  return { account, key, seesAll: reachOf(key) === "account" };
}
