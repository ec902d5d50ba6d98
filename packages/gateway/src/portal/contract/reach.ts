// What somebody may see who signed in with a key: what is the key's own, or all of its account.

import type { Key } from "sluice/gate";

export const permissions = ["own", "account", "change"] as const;
export type Permission = (typeof permissions)[number];

/** The part of an account that a key was made for. */
export const reaches = ["account", "workspace", "project"] as const;
export type Reach = (typeof reaches)[number];

export function reachOf({ workspaceId, projectId }: Key): Reach {
  if (projectId !== undefined) return "project";
  return workspaceId === undefined ? "account" : "workspace";
}

/**
 * A key of a workspace or project sees what is its own. What holds for the whole account is changed only with a live key that
 * may do everything: test keys and those with few permissions lie about in more places.
 */
export function permissionsOf(key: Key): readonly Permission[] {
  if (reachOf(key) !== "account") return ["own"];
  const mayChange = key.environment === "live" && key.permissions === undefined;
  return mayChange ? permissions : ["own", "account"];
}
