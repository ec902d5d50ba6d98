// A customer as the portal's own gate sees one: the key's account and place, and what it may see, without plans and budgets that
// are of another contract. The account that is ours is nobody's customer.

import type { Account, Directory, Key, Project, Subscriber, Workspace } from "sluice/gate";
import { adminAccountId } from "../admin/desk/reserved.ts";
import { permissionsOf } from "./contract/reach.ts";
import type { wire } from "./contract/wire.ts";

const plan: (typeof wire)["plans"][number] = "customers";

/** By the digest of a secret, or by the id of a key; undefined for what no customer has. */
export function customersIn(directory: Directory) {
  return {
    async byDigest(digest: string): Promise<Subscriber | undefined> {
      const found = await directory.findKey(digest);
      return found && asCustomer(found);
    },
    async byId(keyId: string): Promise<Subscriber | undefined> {
      const key = await directory.key(keyId);
      const account = key && (await directory.account(key.accountId));
      if (key === undefined || account === undefined) return undefined;
      return asCustomer({ key, account, ...(await placeOf(directory, key)) });
    },
  };
}

/** The workspace and the project that a key is of; also the workspace of its project. */
export async function placeOf(
  directory: Directory,
  { projectId, workspaceId: named }: Key,
): Promise<{ readonly workspace?: Workspace; readonly project?: Project }> {
  const project = projectId === undefined ? undefined : await directory.project(projectId);
  const workspaceId = named ?? project?.workspaceId;
  const workspace = workspaceId === undefined ? undefined : await directory.workspace(workspaceId);
  return { ...(workspace && { workspace }), ...(project && { project }) };
}

function asCustomer({ key, account, ...place }: Subscriber): Subscriber | undefined {
  if (account.id === adminAccountId) return undefined;
  return { key: asSession(key), account: onOurPlan(account), ...withoutBudgets(place) };
}

/** Signed in with a test key, nobody asks for refusals that are not real; what the key is, is read from its record. */
function asSession({ budget: _, ...key }: Key): Key {
  return { ...key, environment: "live", permissions: permissionsOf(key) };
}

/** Also without a subscription: that is when people look. */
function onOurPlan({ id, name }: Account): Account {
  return { id, name, plan, subscription: "active" };
}

function withoutBudgets({ workspace, project }: Pick<Subscriber, "workspace" | "project">) {
  return {
    ...(workspace && {
      workspace: { id: workspace.id, accountId: workspace.accountId, name: workspace.name },
    }),
    ...(project && {
      project: {
        id: project.id,
        accountId: project.accountId,
        workspaceId: project.workspaceId,
        name: project.name,
      },
    }),
  };
}
