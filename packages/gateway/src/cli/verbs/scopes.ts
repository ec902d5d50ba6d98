// `sluice workspaces` and `sluice projects`: the parts of an account that can have a budget.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import type { Project, Workspace } from "../operator/shapes.ts";
import { creditsFrom, said } from "../operator/values.ts";
import { accountFor, noAccount } from "../operator/whose.ts";
import { show } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { grouped } from "../print/words.ts";
import { listOfAccount } from "./list-of-account.ts";

const columns: readonly Column<Workspace>[] = [
  { title: "ID", of: ({ id }) => id },
  { title: "NAME", of: ({ name }) => name, mayCut: true },
  {
    title: "BUDGET",
    of: ({ budget }) => (budget === null ? "-" : grouped(budget)),
    align: "right",
  },
];

const projectColumns: readonly Column<Project>[] = [
  ...(columns as readonly Column<Project>[]),
  { title: "WORKSPACE", of: ({ workspaceId }) => workspaceId },
];

export async function listWorkspaces(
  operator: Operator,
  typed: TypedFor<"workspaces list">,
): Promise<void> {
  await listOfAccount(operator, typed, {
    columns,
    ask: (params, query) => operator.call("listWorkspaces", { params, query }),
    whereEmpty: (accountId) => `Account ${accountId} has no workspace.`,
  });
}

export async function createWorkspace(
  operator: Operator,
  typed: TypedFor<"workspaces create">,
): Promise<void> {
  const accountId = await accountFor(operator, typed);
  const making = operator.call("createWorkspace", { params: { accountId }, body: draftOf(typed) });
  show(typed, await orNotThere(making, noAccount(accountId)), linesOf);
}

export async function listProjects(
  operator: Operator,
  typed: TypedFor<"projects list">,
): Promise<void> {
  await listOfAccount(operator, typed, {
    columns: projectColumns,
    ask: (params, query) => operator.call("listProjects", { params, query }),
    whereEmpty: (accountId) => `Account ${accountId} has no project.`,
  });
}

export async function createProject(
  operator: Operator,
  typed: TypedFor<"projects create">,
): Promise<void> {
  const { workspace: workspaceId } = typed;
  if (workspaceId === undefined) {
    throw new CommandError(
      'Say where: --workspace <id>; "sluice workspaces list" shows them.',
      exitCodes.refused,
    );
  }
  const accountId = await accountFor(operator, typed);
  const body = { ...draftOf(typed), workspaceId };
  const making = operator.call("createProject", { params: { accountId }, body });
  show(typed, await orNotThere(making, noAccount(accountId)), linesOf);
}

function draftOf({ name, budget }: { readonly name?: string; readonly budget?: string }) {
  if (name === undefined) {
    throw new CommandError("Say what people call it: --name <text>.", exitCodes.refused);
  }
  return {
    name,
    ...said({ budget: budget === undefined ? undefined : creditsFrom("--budget", budget) }),
  };
}

function linesOf({ id, accountId, name, budget }: Workspace): string[] {
  return facts([
    ["Id", id],
    ["Name", name],
    ["Account", accountId],
    ["Budget", budget === null ? "-" : `${grouped(budget)} credits a month`],
  ]);
}
