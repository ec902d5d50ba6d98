// Workspaces and projects: the parts of an account that can have a budget.

import { z } from "zod";
import { atMs, budget, id, listed, name, pageOf } from "./parts.ts";

export const query = z.strictObject(listed);
export const workspaceParams = z.object({ accountId: id, workspaceId: id });
export const projectParams = z.object({ accountId: id, projectId: id });

export const workspaceDraft = z.strictObject({ name, budget: budget.nullable().optional() });
export const projectDraft = z.strictObject({ ...workspaceDraft.shape, workspaceId: id });

/** What is left out stays; a budget of null is no cap. */
export const change = z.strictObject({
  name: name.optional(),
  budget: budget.nullable().optional(),
});

export const workspace = z.object({
  id,
  accountId: id,
  name: z.string(),
  budget: z.int().nullable(),
  createdAtMs: atMs.nullable(),
});
export const project = workspace.extend({ workspaceId: id });

export const workspaces = pageOf(workspace);
export const projects = pageOf(project);
