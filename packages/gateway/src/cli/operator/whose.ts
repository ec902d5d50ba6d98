// Whose it is: the account that was said, or the only one that there is.

import { CommandError, exitCodes } from "../exit-codes.ts";
import type { AdminClient } from "./operator.ts";

export async function accountFor(
  operator: AdminClient,
  { account }: { readonly account?: string },
): Promise<string> {
  if (account !== undefined) return account;
  const { data, next } = await operator.call("listAccounts", { query: { limit: 2 } });
  const [only] = data;
  if (only === undefined) {
    throw new CommandError(
      'There is no account yet: make one with "sluice accounts create --name <text> --plan <name>".',
      exitCodes.notThere,
    );
  }
  if (data.length === 1 && next === null) return only.id;
  throw new CommandError(
    'Say whose with --account <id>: "sluice accounts list" shows them all.',
    exitCodes.refused,
  );
}

export function noAccount(id: string): string {
  return `There is no account ${id}: "sluice accounts list --search <text>" finds one by its name.`;
}
