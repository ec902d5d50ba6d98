// `sluice budget`: how the caps of a month stand, and another one.

import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import type { Budget } from "../operator/shapes.ts";
import { creditsFrom, orNone } from "../operator/values.ts";
import { accountFor } from "../operator/whose.ts";
import { show } from "../print/shown.ts";
import { type Column, facts } from "../print/table.ts";
import { fromNow, grouped } from "../print/words.ts";
import { keyOf } from "./keys.ts";
import { listOfAccount } from "./list-of-account.ts";

const columns: readonly Column<Budget>[] = [
  { title: "OF", of: ({ scope, id }) => `${scope} ${id}` },
  { title: "NAME", of: ({ name }) => name, mayCut: true },
  { title: "CAP", of: ({ cap }) => grouped(cap), align: "right" },
  { title: "USED", of: ({ used }) => grouped(used), align: "right" },
  { title: "HELD", of: ({ held }) => grouped(held), align: "right" },
  {
    title: "LEFT",
    of: ({ cap, used, held }) => grouped(Math.max(0, cap - used - held)),
    align: "right",
  },
  { title: "FULL", of: ({ cap, used, held }) => percentOf(used + held, cap), align: "right" },
  { title: "STARTS ANEW", of: ({ resetAtMs }) => fromNow(resetAtMs) },
];

export async function showBudgets(
  operator: Operator,
  typed: TypedFor<"budget show">,
): Promise<void> {
  await listOfAccount(operator, typed, {
    columns,
    ask: (params, query) => operator.call("listBudgets", { params, query }),
    whereEmpty: (accountId) =>
      `Account ${accountId} has no budget: "sluice budget set <credits> --key <id>" sets one.`,
  });
}

export async function setBudget(operator: Operator, typed: TypedFor<"budget set">): Promise<void> {
  const [text = ""] = typed.behind;
  const { key, workspace: workspaceId, project: projectId } = typed;
  const body = { budget: orNone(text, (one) => creditsFrom("The budget", one)) };
  if ([key, workspaceId, projectId].filter((one) => one !== undefined).length !== 1) {
    throw new CommandError(
      "Say of what: --key, --workspace or --project, one of them.",
      exitCodes.refused,
    );
  }
  const changed = await set();
  show(typed, changed, () =>
    facts([
      ["Budget of", `${changed.id} (${changed.name})`],
      ["Account", changed.accountId],
      ["Credits a month", changed.budget === null ? "no cap" : grouped(changed.budget)],
    ]),
  );

  async function set() {
    if (key !== undefined) {
      const { accountId } = await keyOf(operator, { behind: [key] });
      return operator.call("changeKey", { params: { accountId, keyId: key }, body });
    }
    const accountId = await accountFor(operator, typed);
    const noScope = (what: string, id: string) => `Account ${accountId} has no ${what} ${id}.`;
    if (workspaceId !== undefined) {
      const setting = operator.call("changeWorkspace", {
        params: { accountId, workspaceId },
        body,
      });
      return orNotThere(setting, noScope("workspace", workspaceId));
    }
    const params = { accountId, projectId: projectId ?? "" };
    const setting = operator.call("changeProject", { params, body });
    return orNotThere(setting, noScope("project", params.projectId));
  }
}

function percentOf(part: number, whole: number): string {
  return whole === 0 ? "100 %" : `${Math.floor((100 * part) / whole)} %`;
}
