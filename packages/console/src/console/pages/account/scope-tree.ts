// An account's parts as one tree: workspaces, their projects, and the keys in them that have a budget.

import type { Listed } from "../../admin.ts";

type Workspace = Listed<"listWorkspaces">;
type Project = Listed<"listProjects">;
type Key = Listed<"listKeys">;
export type BudgetState = Listed<"listBudgets">;

export interface Branch {
  readonly kind: "workspace" | "project" | "key";
  readonly id: string;
  readonly name: string;
  readonly depth: 0 | 1 | 2;
  readonly budget: BudgetState | undefined;
  /** Keys right in it that have no budget of their own. */
  readonly otherKeys: number;
}

export interface Owners {
  readonly workspaces: readonly Workspace[];
  readonly projects: readonly Project[];
  readonly keys: readonly Key[];
  readonly budgets: readonly BudgetState[];
}

/** In the order in which they are shown: each followed by what is in it, and keys in nothing last. */
export function branchesOf({ workspaces, projects, keys, budgets }: Owners): readonly Branch[] {
  const states = new Map(budgets.map((budget) => [`${budget.scope} ${budget.id}`, budget]));
  const living = keys.filter(({ state }) => state === "active");
  const branch = (
    kind: Branch["kind"],
    { id, name }: Workspace | Key,
    depth: Branch["depth"],
    own: readonly Key[],
  ): Branch => ({
    kind,
    id,
    name,
    depth,
    budget: states.get(`${kind} ${id}`),
    otherKeys: own.filter((key) => key.budget === null).length,
  });
  const keysIn = (own: readonly Key[], depth: Branch["depth"]) =>
    own.filter(({ budget }) => budget !== null).map((key) => branch("key", key, depth, []));
  const inWorkspace = (workspace: Workspace): readonly Branch[] => {
    const own = living.filter(
      ({ workspaceId, projectId }) => workspaceId === workspace.id && projectId === null,
    );
    const below = projects.filter(({ workspaceId }) => workspaceId === workspace.id);
    return [
      branch("workspace", workspace, 0, own),
      ...keysIn(own, 1),
      ...below.flatMap((project) => {
        const inProject = living.filter(({ projectId }) => projectId === project.id);
        return [branch("project", project, 1, inProject), ...keysIn(inProject, 2)];
      }),
    ];
  };
  const free = living.filter(
    ({ workspaceId, projectId }) => workspaceId === null && projectId === null,
  );
  return [...workspaces.flatMap(inWorkspace), ...keysIn(free, 0)];
}
