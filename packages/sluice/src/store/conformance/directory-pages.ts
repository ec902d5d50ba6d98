// An account's workspaces and projects, page by page, the oldest first.

import { equal } from "./check.ts";
import {
  account,
  change,
  type DirectoryOnly,
  project,
  putAll,
  workspace,
} from "./directory-samples.ts";
import type { Scenario } from "./suite.ts";

export function pageScenarios(scenario: Scenario<DirectoryOnly>): void {
  const named = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id).join();

  scenario("lists an account's workspaces and projects in pages", async ({ directory }) => {
    await putAll(directory);
    await directory.putAccount({ ...account, id: "acct_2" }, change);
    for (const id of ["ws_9", "ws_3", "ws_7"]) {
      const accountId = id === "ws_3" ? "acct_2" : "acct_1";
      await directory.putWorkspace({ ...workspace, id, accountId }, change);
      const prefixed = { ...project, id: `prj of ${id}`, accountId, workspaceId: id };
      await directory.putProject(prefixed, change);
    }
    // A record that is replaced is as old as before.
    await directory.putWorkspace({ ...workspace, name: "renamed" }, change);
    await directory.putProject({ ...project, name: "renamed" }, change);
    const workspaces = async (limit: number, after?: string) =>
      named(
        await directory.workspacesOf("acct_1", { limit, ...(after !== undefined && { after }) }),
      );
    equal(await workspaces(10), "ws_1,ws_9,ws_7", "all, the oldest first");
    equal(await workspaces(2), "ws_1,ws_9", "the first page");
    equal(await workspaces(2, "ws_9"), "ws_7", "the page behind it");
    equal(await workspaces(2, "ws_7"), "", "the page behind the last");
    const projects = async (limit: number, after?: string) =>
      named(await directory.projectsOf("acct_1", { limit, ...(after !== undefined && { after }) }));
    equal(await projects(10), "prj_1,prj of ws_9,prj of ws_7", "all projects");
    equal(await projects(1, "prj_1"), "prj of ws_9", "the second project");
    equal(
      await directory.workspacesOf("acct_3", { limit: 10 }),
      [],
      "an account's that is not there",
    );
  });
  scenario("lists nothing behind what the account does not have", async ({ directory }) => {
    await putAll(directory);
    await directory.putAccount({ ...account, id: "acct_2" }, change);
    const theirs = { accountId: "acct_2" };
    await directory.putWorkspace({ ...workspace, ...theirs, id: "ws_2" }, change);
    await directory.putWorkspace({ ...workspace, id: "ws_3" }, change);
    await directory.putProject({ ...project, ...theirs, id: "prj_2", workspaceId: "ws_2" }, change);
    await directory.putProject({ ...project, id: "prj_3" }, change);
    for (const after of ["ws_2", "prj_1", "never put", ""]) {
      equal(await directory.workspacesOf("acct_1", { limit: 10, after }), [], `behind "${after}"`);
    }
    for (const after of ["prj_2", "ws_1", "never put", ""]) {
      equal(await directory.projectsOf("acct_1", { limit: 10, after }), [], `behind "${after}"`);
    }
  });
  scenario("lists records whole, with what an API keeps with them", async ({ directory }) => {
    const details = { region: "eu", seats: 3, archived: false, note: 'ä, "quoted"' };
    const kept = { ...workspace, createdAtMs: 7, details };
    await directory.putAccount(account, change);
    await directory.putWorkspace(kept, change);
    await directory.putProject({ ...project, createdAtMs: 8, details }, change);
    equal(await directory.workspacesOf("acct_1", { limit: 1 }), [kept], "the workspaces");
    const listed = await directory.projectsOf("acct_1", { limit: 1 });
    equal(listed, [{ ...project, createdAtMs: 8, details }], "the projects");
    equal(await directory.workspace("ws_1"), kept, "the workspace by its id");
  });
}
