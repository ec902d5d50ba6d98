// The account's money: what is left, what came in, how the budgets stand, and how long the rest lasts.

import { isRefusal } from "sluice";
import type { Budget, Key, Project, Workspace } from "sluice/gate";
import * as budgetSchemas from "../../admin/contract/schemas/credits.ts";
import type { Desk } from "../../admin/desk/desk.ts";
import { answer } from "../../admin/handlers/answer.ts";
import { budgetHandlers, shownBudget } from "../../admin/handlers/budgets.ts";
import { balanceOf, creditHandlers as operators } from "../../admin/handlers/credits.ts";
import * as schemas from "../contract/schemas/usage.ts";
import { placeOf } from "../customer.ts";
import type { DayUsages } from "../day-usages.ts";
import { BASIS_DAYS, forecast } from "../forecast.ts";
import { customer, ofMine } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

type Operations = "getCredits" | "listGrants" | "getForecast" | "listBudgets";

export function creditHandlers(desk: Desk, dayUsages: DayUsages): Pick<PortalHandlers, Operations> {
  const { getCredits, listGrants } = operators(desk);
  const { listBudgets } = budgetHandlers(desk);
  return {
    getCredits: (input, context) => getCredits(ofMine(input, context), context),
    listGrants: (input, context) => listGrants(ofMine(input, context), context),

    async getForecast(_, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const nowMs = desk.clock.wallMs();
      const { remaining, resetAtMs } = await balanceOf(desk, found.account);
      const days = await dayUsages(found.account.id, BASIS_DAYS + 1);
      const told = forecast({ nowMs, remaining, resetAtMs: resetAtMs ?? undefined, days });
      return answer(schemas.forecast, {
        kind: told.kind,
        ...{ atMs: nowMs, remaining, resetAtMs },
        basisDays: told.basisDays,
        perDay: told.perDay ?? null,
        runsOutAtMs: told.runsOutAtMs ?? null,
        soonestAtMs: told.soonestAtMs ?? null,
        leftAtReset: told.leftAtReset ?? null,
      });
    },

    async listBudgets(input, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      if (found.seesAll) return listBudgets(ofMine(input, context), context);
      return answer(budgetSchemas.budgets, {
        data: await budgetsOver(desk, found.key),
        next: null,
      });
    },
  };
}

/** Those that a call with this key is charged to, the widest first, as the whole account's are listed. */
async function budgetsOver({ stores: { directory, ledger }, clock }: Desk, key: Key) {
  const { workspace, project } = await placeOf(directory, key);
  const owners: [Budget["scope"], Workspace | Project | Key | undefined][] = [
    ["workspace", workspace],
    ["project", project],
    ["key", key],
  ];
  const capped = owners.flatMap(([scope, owner]) =>
    owner?.budget === undefined
      ? []
      : [{ owner, budget: { scope, id: owner.id, cap: owner.budget } }],
  );
  const states = await ledger.budgets(
    capped.map(({ budget }) => budget),
    clock.wallMs(),
  );
  return states.flatMap((state, index) => shownBudget(state, capped[index]?.owner));
}
