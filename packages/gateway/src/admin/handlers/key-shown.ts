// A key as operators see it: everything but what opens it.

import type { Key } from "sluice/gate";
import type { z } from "zod";
import type * as schemas from "../contract/schemas/keys.ts";
import type { Desk } from "../desk/desk.ts";
import { titleOf } from "./against-contract.ts";
import { apiOfKey } from "./key-checks.ts";
import { ownedBy } from "./owned.ts";

/** Undefined for what is not there, for another account's, and for a token. */
export function keyOf(desk: Desk, accountId: string, id: string): Promise<Key | undefined> {
  return ownedBy(desk, accountId, () => desk.stores.directory.key(id));
}

export function shownKey(desk: Desk, key: Key): z.output<typeof schemas.one> {
  const { id, accountId, name, environment, prefix, lastFour, permissions, createdAtMs } = key;
  const api = apiOfKey(desk.apis, key);
  return {
    id,
    accountId,
    workspaceId: key.workspaceId ?? null,
    projectId: key.projectId ?? null,
    api: api === undefined ? null : titleOf(api),
    name,
    environment,
    state: stateOf(key, desk.clock.wallMs()),
    prefix,
    lastFour,
    permissions: permissions === undefined ? null : [...permissions],
    budget: key.budget ?? null,
    createdAtMs,
    expiresAtMs: key.expiresAtMs ?? null,
    revokedAtMs: key.revokedAtMs ?? null,
    overlapUntilMs: key.overlapUntilMs ?? null,
  };
}

export function stateOf({ revokedAtMs, expiresAtMs }: Key, nowMs: number) {
  if (revokedAtMs !== undefined) return "revoked";
  return expiresAtMs !== undefined && expiresAtMs <= nowMs ? "expired" : "active";
}
