// Projects: what a workspace is divided into.

import { refuse } from "sluice";
import type { Project } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/scopes.ts";
import type { Desk } from "../desk/desk.ts";
import { findById } from "../lists/page.ts";
import { refuseField } from "./against-contract.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { ownedBy } from "./owned.ts";
import { patched, present } from "./patch.ts";
import { shownWorkspace, workspaceOf } from "./workspaces.ts";

type Operations = "listProjects" | "createProject" | "getProject" | "changeProject";

export function projectHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { directory } = desk.stores;
  return {
    async listProjects({ params: { accountId }, query }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const found = await findById(query, `projects of ${accountId}`, (page) =>
        directory.projectsOf(accountId, page),
      );
      return answerPage(schemas.projects, found, shownProject);
    },

    async createProject({ params: { accountId }, body }, context) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const { name, budget, workspaceId } = body;
      if ((await workspaceOf(desk, accountId, workspaceId)) === undefined) {
        return refuseField("workspaceId", "must be a workspace of the account");
      }
      const change = await desk.changeBy(context);
      const own = { id: desk.newId("prj"), accountId, workspaceId, name };
      const project = { ...own, ...present({ budget }), createdAtMs: change.atMs };
      await directory.putProject(project, change);
      return answer(schemas.project, shownProject(project), 201);
    },

    async getProject({ params }) {
      const project = await projectOf(desk, params.accountId, params.projectId);
      return project === undefined
        ? refuse("not_found")
        : answer(schemas.project, shownProject(project));
    },

    changeProject: ({ params: { accountId, projectId }, body }, context) =>
      desk.change(`project ${projectId}`, async () => {
        const before = await projectOf(desk, accountId, projectId);
        if (before === undefined) return refuse("not_found");
        const project = patched(before, body);
        const isPut = await directory.putProject(project, await desk.changeBy(context), before);
        return isPut ? answer(schemas.project, shownProject(project)) : undefined;
      }),
  };
}

/** Undefined for what is not there, and for another account's. */
export function projectOf(desk: Desk, accountId: string, id: string): Promise<Project | undefined> {
  return ownedBy(desk, accountId, () => desk.stores.directory.project(id));
}

export function shownProject(project: Project): z.output<typeof schemas.project> {
  return { ...shownWorkspace(project), workspaceId: project.workspaceId };
}
