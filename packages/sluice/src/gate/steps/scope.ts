/** The end of step 5: whose budget it is, where the input says so. Nobody spends what is somebody else's. */
import { type Awaitable, isPromise } from "../../base/index.ts";
import { at, type InputPlace, isRefusal, type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import { budgetsOf } from "../keys/identity.ts";
import type { Settings } from "../settings.ts";
import type { Project, Workspace } from "../stores.ts";
import type { Visit } from "../visit.ts";

/** An id in the input, and the place that an answer blames. */
interface Named {
  readonly id: unknown;
  readonly param: string;
}

interface Found {
  readonly workspace: Workspace | undefined;
  readonly project: Project | undefined;
}

export function resolveScope(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  const { scope } = visit.settled.server;
  if (scope === undefined) return undefined;
  const workspace = readNamed(visit, scope.workspace);
  const project = readNamed(visit, scope.project);
  if (workspace === undefined && project === undefined) return undefined;
  return findPayer(visit, gate, workspace, project).catch((error: unknown) => {
    gate.onEvent({ kind: "fault", step: "validate", requestId: visit.requestId, error });
    return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: "directory" });
  });
}

/** Absent and null both say nothing: then it is the key's own that pays. */
function readNamed(visit: Visit, place: InputPlace | undefined): Named | undefined {
  if (place === undefined) return undefined;
  const { input } = visit;
  const [id, param] =
    "body" in place
      ? [at(input?.body, place.body), place.body.slice(1).replaceAll("/", ".")]
      : "query" in place
        ? [at(input?.query, `/${place.query}`), place.query]
        : [at(input?.params, `/${place.param}`), place.param];
  return id === undefined || id === null ? undefined : { id, param };
}

async function findPayer(
  visit: Visit,
  gate: Settings,
  workspaceNamed: Named | undefined,
  projectNamed: Named | undefined,
): Promise<Refusal | undefined> {
  const { subscriber, caller } = visit.known;
  const project =
    projectNamed === undefined
      ? subscriber.project
      : await findOwn(visit, gate, "project", projectNamed);
  if (isRefusal(project)) return project;
  const workspaceId = workspaceNamed ?? projectNamed;
  const workspace =
    workspaceNamed === undefined
      ? await workspaceOf(gate, project, subscriber.workspace)
      : await findOwn(visit, gate, "workspace", workspaceNamed);
  if (isRefusal(workspace)) return workspace;
  if (project !== undefined && project.workspaceId !== workspace?.id) {
    // The key's own project is not in the workspace that is named, or the two that are named do not match.
    if (projectNamed === undefined) return refuse("forbidden", { by: "workspace" });
    return refuse("not_found", { param: projectNamed.param });
  }
  const bound = boundElsewhere(visit, { workspace, project });
  if (bound !== undefined) return refuse("forbidden", { by: bound, ...paramOf(workspaceId) });
  visit.payer = {
    caller: {
      ...caller,
      ...(workspace && { workspaceId: workspace.id }),
      ...(project && { projectId: project.id }),
    },
    budgets: budgetsOf({
      key: subscriber.key,
      ...(project && { project }),
      ...(workspace && { workspace }),
    }),
  };
  return undefined;
}

function paramOf(named: Named | undefined): { readonly param?: string } {
  return named === undefined ? {} : { param: named.param };
}

function workspaceOf(
  gate: Settings,
  project: Project | undefined,
  own: Workspace | undefined,
): Awaitable<Workspace | undefined> {
  return project === undefined ? own : gate.scopes.find("workspace", project.workspaceId);
}

/** What is unknown and what is somebody else's must not differ by a byte. */
async function findOwn<Kind extends "workspace" | "project">(
  visit: Visit,
  gate: Settings,
  kind: Kind,
  { id, param }: Named,
) {
  const found = typeof id === "string" ? gate.scopes.find(kind, id) : undefined;
  const record = isPromise(found) ? await found : found;
  const isOwn = record?.accountId === visit.known.caller.accountId;
  return record !== undefined && isOwn ? record : refuse("not_found", { param });
}

/** A key that belongs to a workspace or a project cannot make another one pay. */
function boundElsewhere(visit: Visit, found: Found): "workspace" | "project" | undefined {
  const { key } = visit.known.subscriber;
  if (key.workspaceId !== undefined && key.workspaceId !== found.workspace?.id) return "workspace";
  if (key.projectId !== undefined && key.projectId !== found.project?.id) return "project";
  return undefined;
}
