// What a key can see of its account: all of it, or the workspace and the project that it belongs to.

import { assert } from "sluice/base";
import type { OwnContext, Project, Workspace } from "sluice/gate";

export interface Reach {
  readonly accountId: string;
  /** Undefined where the key sees every workspace. */
  readonly workspaceId: string | undefined;
  /** Undefined where it sees every project of those. */
  readonly projectId: string | undefined;
}

export async function reachOf({ caller, stores }: OwnContext): Promise<Reach> {
  const { accountId, workspaceId, projectId } = caller;
  if (projectId === undefined || workspaceId !== undefined) {
    return { accountId, workspaceId, projectId };
  }
  // A key can name a project alone; it sees the workspace around it all the same, and no other.
  const project = await stores.directory.project(projectId);
  assert(project !== undefined, () => `key ${caller.keyId} belongs to no project ${projectId}`);
  return { accountId, workspaceId: project.workspaceId, projectId };
}

export function isBound({ workspaceId }: Reach): boolean {
  return workspaceId !== undefined;
}

export function seesWorkspace(reach: Reach, { accountId, id }: Workspace): boolean {
  return accountId === reach.accountId && id === (reach.workspaceId ?? id);
}

export function seesProject(reach: Reach, { accountId, id, workspaceId }: Project): boolean {
  return (
    accountId === reach.accountId &&
    workspaceId === (reach.workspaceId ?? workspaceId) &&
    id === (reach.projectId ?? id)
  );
}
