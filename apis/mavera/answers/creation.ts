// What workspaces and projects share when they are created: how many there may be, their ids and their dates.

import { type Refusal, refuse } from "sluice";
import { assert } from "sluice/base";
import type { Change, OwnContext, Workspace } from "sluice/gate";
import { type Find, isFull } from "./paging.ts";

/** Undefined while the account has room for one more. */
export async function refuseBeyondLimit(
  kind: "workspaces" | "projects",
  find: Find<Workspace>,
  { caller }: OwnContext,
): Promise<Refusal | undefined> {
  const limit = caller.limits[kind];
  assert(limit !== undefined, () => `every plan says how many ${kind} it has room for`);
  if (!(await isFull(find, limit))) return undefined;
  const message = `Access denied: the account's limit of ${kind} is reached (${limit}).`;
  return refuse("plan_limit_reached", { message, limit, by: kind });
}

/** An id as the documents show them; it grows with time. */
export function newId(prefix: "ws" | "proj", context: OwnContext): string {
  return `${prefix}_${context.newId().replaceAll("-", "")}`;
}

export function changeBy({ caller, nowMs }: OwnContext): Change {
  return { by: caller.keyId, atMs: nowMs };
}

/** Null for a record that the operator made without saying when. */
export function createdAt({ createdAtMs }: Workspace): string | null {
  return createdAtMs === undefined ? null : new Date(createdAtMs).toISOString();
}
