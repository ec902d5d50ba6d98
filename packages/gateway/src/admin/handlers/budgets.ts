// How each budget of an account stands in this month: workspaces first, then projects, then keys.

import { isRefusal, refuse } from "sluice";
import type { Budget, BudgetState, Key, Page, Project, Workspace } from "sluice/gate";
import { z } from "zod";
import * as schemas from "../contract/schemas/credits.ts";
import type { Desk } from "../desk/desk.ts";
import { readCursor, writeCursor } from "../lists/cursor.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { present } from "./patch.ts";

type Owner = Workspace | Project | Key;

const scopes = ["workspace", "project", "key"] as const satisfies Budget["scope"][];
const place = z.object({ scope: z.enum(scopes), after: z.string().optional() });
type Place = z.output<typeof place>;

/** Of an account where few keys have a budget a page may be short; it goes on all the same. */
const looksMax = 10;

export function budgetHandlers(desk: Desk): Pick<AdminHandlers, "listBudgets"> {
  return {
    async listBudgets({ params: { accountId }, query: { limit, cursor } }) {
      if ((await desk.account(accountId)) === undefined) return refuse("not_found");
      const list = `budgets of ${accountId}`;
      const read = readCursor(list, place, cursor);
      if (isRefusal(read)) return read;
      const capped: { readonly scope: Budget["scope"]; readonly owner: Owner }[] = [];
      let here: Place | undefined = read.place ?? { scope: "workspace" };
      for (
        let looks = 0;
        looks < looksMax && here !== undefined && capped.length < limit;
        looks++
      ) {
        const { scope, after }: Place = here;
        const page = { limit: limit - capped.length, ...present({ after }) };
        const owners: readonly Owner[] = await ownersIn(desk, scope, accountId, page);
        for (const owner of owners) if (owner.budget !== undefined) capped.push({ scope, owner });
        here = placeBehind(here, owners, page.limit);
      }
      const budgets = capped.map(({ scope, owner }) => ({
        scope,
        id: owner.id,
        cap: owner.budget ?? 0,
      }));
      const states = await desk.stores.ledger.budgets(budgets, desk.clock.wallMs());
      const data = states.flatMap((state, index) => shownBudget(state, capped[index]?.owner));
      return answer(schemas.budgets, { data, next: here ? writeCursor(list, here) : null });
    },
  };
}

function ownersIn({ stores }: Desk, scope: Budget["scope"], accountId: string, page: Page) {
  const { directory } = stores;
  switch (scope) {
    case "workspace":
      return directory.workspacesOf(accountId, page);
    case "project":
      return directory.projectsOf(accountId, page);
    case "key":
      return directory.keysOf(accountId, page);
  }
}

function placeBehind({ scope }: Place, owners: readonly Owner[], limit: number): Place | undefined {
  const last = owners.at(-1);
  if (owners.length === limit && last !== undefined) return { scope, after: last.id };
  const next = scopes[scopes.indexOf(scope) + 1];
  return next && { scope: next };
}

export function shownBudget(
  { budget: { scope, id, cap }, used, held, resetAtMs }: BudgetState,
  owner?: Owner,
) {
  if (owner === undefined) return [];
  const workspaceId = ("workspaceId" in owner && owner.workspaceId) || null;
  const projectId = ("projectId" in owner && owner.projectId) || null;
  return [{ scope, id, name: owner.name, workspaceId, projectId, cap, used, held, resetAtMs }];
}
