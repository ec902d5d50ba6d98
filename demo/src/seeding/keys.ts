// The demo's keys. Those of an earlier start are used again, so that what was pasted keeps working.

import { environmentOf } from "sluice";
import type { Account, Gate, NewKey, Stores } from "sluice/gate";
import { type ApiName, type KeyName, type Keys, keyNames } from "../home.ts";

export const by = "demo";

/** What is special about a key, and whose it is. */
export type KeySpec = Omit<NewKey, "name" | "by" | "secret" | "accountId"> & {
  readonly account: Account;
  readonly isRevoked?: boolean;
};

export type KeySpecs<Api extends ApiName> = Readonly<Record<KeyName<Api>, KeySpec>>;

export async function placeAccounts(
  { directory }: Stores,
  accounts: readonly Account[],
  nowMs: number,
): Promise<void> {
  for (const account of accounts) {
    const known = await directory.account(account.id);
    if (known === undefined) await directory.putAccount(account, { by, atMs: nowMs });
  }
}

export async function placeKeys<Api extends ApiName>(
  gate: Gate,
  api: Api,
  specs: KeySpecs<Api>,
  kept: Keys<Api> | undefined,
): Promise<Keys<Api>> {
  const names: readonly KeyName<Api>[] = keyNames[api];
  const isUsable = (name: KeyName<Api>) =>
    environmentOf(gate.api.wire.key, kept?.[name] ?? "") === (specs[name].environment ?? "live");
  const usable = names.every(isUsable) ? kept : undefined;
  const secrets = new Map<KeyName<Api>, string>();
  for (const name of names)
    secrets.set(name, await placeKey(gate, name, specs[name], usable?.[name]));
  return Object.fromEntries(secrets) as Keys<Api>;
}

async function placeKey(
  gate: Gate,
  name: string,
  { account, isRevoked, ...spec }: KeySpec,
  kept: string | undefined,
): Promise<string> {
  const known = kept === undefined ? undefined : await gate.keys.find(kept);
  if (kept !== undefined && known?.accountId === account.id) return kept;
  const { key, secret } = await gate.keys.create({
    ...spec,
    accountId: account.id,
    name,
    by,
    ...(kept !== undefined && known === undefined && { secret: kept }),
  });
  if (isRevoked) await gate.keys.revoke(key.id, by);
  return secret;
}
