// What belongs to an account, for whoever may see that account.

import type { Awaitable } from "sluice/base";
import type { Desk } from "../desk/desk.ts";

/** Undefined for what is not there, and for another account's. */
export async function ownedBy<Part extends { readonly accountId: string }>(
  desk: Desk,
  accountId: string,
  find: () => Awaitable<Part | undefined>,
): Promise<Part | undefined> {
  if ((await desk.account(accountId)) === undefined) return undefined;
  const part = await find();
  return part?.accountId === accountId ? part : undefined;
}
