// Workspaces of an account: the first part that a budget can be on.

import { refuse } from "sluice";
import type { Workspace } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/scopes.ts";
import type { Desk } from "../desk/desk.ts";
import { findById } from "../lists/page.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { ownedBy } from "./owned.ts";
import { patched, present } from "./patch.ts";

type Operations = "listWorkspaces" | "createWorkspace" | "getWorkspace" | "changeWorkspace";

export function workspaceHandlers(desk: Desk): Pick<AdminHandlers, Operations> {
  const { directory } = desk.stores;
  return {
    async listWorkspaces({ params: { accountId }, query }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const found = await findById(query, `workspaces of ${accountId}`, (page) =>
        directory.workspacesOf(accountId, page),
      );
      return answerPage(schemas.workspaces, found, shownWorkspace);
    },

    async createWorkspace({ params: { accountId }, body }, context) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const change = await desk.changeBy(context);
      const { name, budget } = body;
      const id = desk.newId("ws");
      const workspace = { id, accountId, name, ...present({ budget }), createdAtMs: change.atMs };
      await directory.putWorkspace(workspace, change);
      return answer(schemas.workspace, shownWorkspace(workspace), 201);
    },

    async getWorkspace({ params }) {
      const workspace = await workspaceOf(desk, params.accountId, params.workspaceId);
      return workspace === undefined
        ? refuse("not_found")
        : answer(schemas.workspace, shownWorkspace(workspace));
    },

    changeWorkspace: ({ params: { accountId, workspaceId }, body }, context) =>
      desk.change(`workspace ${workspaceId}`, async () => {
        const before = await workspaceOf(desk, accountId, workspaceId);
        if (before === undefined) return refuse("not_found");
        const workspace = patched(before, body);
        const isPut = await directory.putWorkspace(workspace, await desk.changeBy(context), before);
        return isPut ? answer(schemas.workspace, shownWorkspace(workspace)) : undefined;
      }),
  };
}

/** Undefined for what is not there, and for another account's. */
export function workspaceOf(
  desk: Desk,
  accountId: string,
  id: string,
): Promise<Workspace | undefined> {
  return ownedBy(desk, accountId, () => desk.stores.directory.workspace(id));
}

export function shownWorkspace(workspace: Workspace): z.output<typeof schemas.workspace> {
  const { id, accountId, name, budget = null, createdAtMs = null } = workspace;
  return { id, accountId, name, budget, createdAtMs };
}
