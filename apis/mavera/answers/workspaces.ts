// Workspaces, as the directory keeps them. A key that belongs to one sees that one.

import { type InputFor, isRefusal, type Refusal, refuse } from "sluice";
import { type OwnContext, reply, type WorkDone, type Workspace } from "sluice/gate";
import type { mavera } from "../contract/index.ts";
import { changeBy, createdAt, newId, refuseBeyondLimit } from "./creation.ts";
import { listPage } from "./paging.ts";
import { isBound, reachOf, seesWorkspace } from "./reach.ts";

type Operations = (typeof mavera)["server"]["operations"];

export async function listWorkspaces(
  { query }: InputFor<Operations["listWorkspaces"]>,
  context: OwnContext,
): Promise<WorkDone | Refusal> {
  const reach = await reachOf(context);
  const { directory } = context.stores;
  const page = await listPage<Workspace>(query, {
    find: (part) => directory.workspacesOf(reach.accountId, part),
    get: (id) => directory.workspace(id),
    isSeen: (workspace) => seesWorkspace(reach, workspace),
    show: shown,
  });
  return isRefusal(page) ? page : reply(page);
}

export async function createWorkspace(
  { body }: InputFor<Operations["createWorkspace"]>,
  context: OwnContext,
): Promise<WorkDone | Refusal> {
  const reach = await reachOf(context);
  // It would create what it cannot see.
  if (isBound(reach)) return refuse("forbidden", { by: "workspace" });
  const { accountId } = reach;
  const { directory } = context.stores;
  const refusal = await refuseBeyondLimit(
    "workspaces",
    (page) => directory.workspacesOf(accountId, page),
    context,
  );
  if (refusal !== undefined) return refusal;
  const { name, type, usage_limit } = body;
  const workspace: Workspace = {
    id: newId("ws", context),
    accountId,
    name,
    ...(typeof usage_limit === "number" && { budget: usage_limit }),
    createdAtMs: context.nowMs,
    details: { type },
  };
  await directory.putWorkspace(workspace, changeBy(context));
  return reply(shown(workspace), 201);
}

export async function getWorkspace(
  { params }: InputFor<Operations["getWorkspace"]>,
  context: OwnContext,
): Promise<WorkDone | Refusal> {
  const workspace = await findWorkspace(params.workspaceId, context);
  return workspace === undefined ? refuse("not_found") : reply(shown(workspace));
}

/** The workspace, if this key may see it. What is absent and what is somebody else's must not differ. */
export async function findWorkspace(
  id: string,
  context: OwnContext,
): Promise<Workspace | undefined> {
  const reach = await reachOf(context);
  const workspace = await context.stores.directory.workspace(id);
  return workspace !== undefined && seesWorkspace(reach, workspace) ? workspace : undefined;
}

function shown(workspace: Workspace) {
  const { id, name, budget = null, details } = workspace;
  return {
    object: "workspace",
    id,
    name,
    type: details?.["type"] ?? "user",
    usage_limit: budget,
    created_at: createdAt(workspace),
  };
}
