// What the gate answers for Mavera by itself: it keeps the workspaces, the projects and the accounts, so nobody
// behind it could know better.

import type { Answers } from "sluice/gate";
import type { mavera } from "../contract/index.ts";
import { createProject, getProject, listProjects } from "./projects.ts";
import { getUsage } from "./usage.ts";
import { createWorkspace, getWorkspace, listWorkspaces } from "./workspaces.ts";

export const answers = {
  listWorkspaces,
  createWorkspace,
  getWorkspace,
  listProjects,
  createProject,
  getProject,
  getUsage,
} satisfies Answers<typeof mavera>;
