// Projects, as the directory keeps them. A key that belongs to a workspace sees those in it; one that belongs to
// a project, that one.

import { type InputFor, isRefusal, type Refusal, refuse } from "sluice";
import { type OwnContext, type Project, reply, type WorkDone } from "sluice/gate";
import type { mavera } from "../contract/index.ts";
import { changeBy, createdAt, newId, refuseBeyondLimit } from "./creation.ts";
import { listPage } from "./paging.ts";
import { reachOf, seesProject } from "./reach.ts";
import { findWorkspace } from "./workspaces.ts";

type Operations = (typeof mavera)["server"]["operations"];

export async function listProjects(
  { query }: InputFor<Operations["listProjects"]>,
  context: OwnContext,
): Promise<WorkDone | Refusal> {
  const reach = await reachOf(context);
  const { directory } = context.stores;
  const page = await listPage<Project>(query, {
    find: (part) => directory.projectsOf(reach.accountId, part),
    get: (id) => directory.project(id),
    isSeen: (project) => seesProject(reach, project),
    show: shown,
  });
  return isRefusal(page) ? page : reply(page);
}

export async function createProject(
  { body }: InputFor<Operations["createProject"]>,
  context: OwnContext,
): Promise<WorkDone | Refusal> {
  // It would create what it cannot see.
  if (context.caller.projectId !== undefined) return refuse("forbidden", { by: "project" });
  const workspace = await findWorkspace(body.workspace_id, context);
  if (workspace === undefined) return refuse("not_found", { param: "workspace_id" });
  const { accountId } = workspace;
  const { directory } = context.stores;
  const refusal = await refuseBeyondLimit(
    "projects",
    (page) => directory.projectsOf(accountId, page),
    context,
  );
  if (refusal !== undefined) return refusal;
  const { name, goal, usage_limit } = body;
  const project: Project = {
    id: newId("proj", context),
    accountId,
    workspaceId: workspace.id,
    name,
    ...(typeof usage_limit === "number" && { budget: usage_limit }),
    createdAtMs: context.nowMs,
    ...(typeof goal === "string" && { details: { goal } }),
  };
  await directory.putProject(project, changeBy(context));
  return reply(shown(project), 201);
}

export async function getProject(
  { params }: InputFor<Operations["getProject"]>,
  context: OwnContext,
): Promise<WorkDone | Refusal> {
  const reach = await reachOf(context);
  const project = await context.stores.directory.project(params.projectId);
  const isSeen = project !== undefined && seesProject(reach, project);
  return isSeen ? reply(shown(project)) : refuse("not_found");
}

function shown(project: Project) {
  const { id, workspaceId, name, budget = null, details } = project;
  return {
    object: "project",
    id,
    workspace_id: workspaceId,
    name,
    goal: details?.["goal"] ?? null,
    usage_limit: budget,
    created_at: createdAt(project),
  };
}
