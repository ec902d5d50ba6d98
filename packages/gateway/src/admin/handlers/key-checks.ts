// What must be true of a key before it is made: its contract, its permissions, and the parts of the account that it names.

import { type AnyApi, type Environment, isRefusal, type Refusal, refuse } from "sluice";
import type { Account, Key } from "sluice/gate";
import type { Desk } from "../desk/desk.ts";
import { apisOfPlan, oneOf, permissionsOf, refuseField, titleOf } from "./against-contract.ts";
import { projectOf } from "./projects.ts";
import { workspaceOf } from "./workspaces.ts";

/** The contract that a new key will open: named, or the only one with the account's plan. */
export function apiForKey(
  apis: readonly AnyApi[],
  { plan }: Account,
  title: string | undefined,
  environment: Environment,
): AnyApi | Refusal {
  const fitting = apisOfPlan(apis, plan);
  const api = chosen(fitting, title);
  if (isRefusal(api) || api.wire.key.prefixes[environment] !== undefined) return api;
  return refuseField("environment", oneOf(Object.keys(api.wire.key.prefixes)));
}

function chosen(fitting: readonly AnyApi[], title: string | undefined): AnyApi | Refusal {
  const [only] = fitting;
  if (title === undefined) {
    if (only === undefined) {
      return refuseField("api", "must be a contract with the account's plan: none here has it");
    }
    return fitting.length === 1 ? only : refuse("missing_field", { param: "api" });
  }
  return (
    fitting.find((api) => titleOf(api) === title) ?? refuseField("api", oneOf(fitting.map(titleOf)))
  );
}

/**
 * The contract whose format a key has, as far as its shown beginning tells; undefined for a key from elsewhere, and where
 * several contracts could have made it.
 */
export function apiOfKey(
  apis: readonly AnyApi[],
  { environment, prefix }: Pick<Key, "environment" | "prefix">,
): AnyApi | undefined {
  const fitting = apis.filter(({ wire }) => {
    const format = wire.key.prefixes[environment];
    return format !== undefined && prefix.startsWith(format.slice(0, prefix.length));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The contract that an account calls. Where several have its plan, its first key tells; without one, the first of them. */
export async function apiOfAccount(
  { apis, stores }: Pick<Desk, "apis" | "stores">,
  { id, plan }: Account,
): Promise<AnyApi | undefined> {
  const fitting = apisOfPlan(apis, plan);
  if (fitting.length < 2) return fitting[0];
  const [key] = await stores.directory.keysOf(id, { limit: 1 });
  return (key && apiOfKey(fitting, key)) ?? fitting[0];
}

export function refusePermissions(
  api: AnyApi,
  permissions: readonly string[] | null | undefined,
): Refusal | undefined {
  const known = permissionsOf(api);
  const stranger = (permissions ?? []).findIndex((permission) => !known.includes(permission));
  return stranger < 0 ? undefined : refuseField(`permissions.${stranger}`, oneOf(known));
}

/** Whether the workspace and the project are the account's own, and belong together. */
export async function refuseOwners(
  desk: Desk,
  accountId: string,
  { workspaceId, projectId }: { workspaceId?: string | undefined; projectId?: string | undefined },
): Promise<Refusal | undefined> {
  if (
    workspaceId !== undefined &&
    (await workspaceOf(desk, accountId, workspaceId)) === undefined
  ) {
    return refuseField("workspaceId", "must be a workspace of the account");
  }
  if (projectId === undefined) return undefined;
  const project = await projectOf(desk, accountId, projectId);
  if (project === undefined) return refuseField("projectId", "must be a project of the account");
  const isElsewhere = workspaceId !== undefined && project.workspaceId !== workspaceId;
  return isElsewhere ? refuseField("projectId", "must be a project of the workspace") : undefined;
}
