// What the account used: in a time, day by day, and its refusals by their codes.

import { isRefusal, monthStartMs } from "sluice";
import type { Desk } from "../../admin/desk/desk.ts";
import { accountHandlers } from "../../admin/handlers/accounts.ts";
import { answer } from "../../admin/handlers/answer.ts";
import * as schemas from "../contract/schemas/usage.ts";
import type { DayUsages } from "../day-usages.ts";
import { customer, mine, ofMine } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

type Operations = "getUsage" | "listUsageDays" | "listRefusals";

export function usageHandlers(desk: Desk, dayUsages: DayUsages): Pick<PortalHandlers, Operations> {
  const { getUsage } = accountHandlers(desk);
  const { log } = desk.stores;
  return {
    getUsage: (input, context) => getUsage(ofMine(input, context), context),

    async listUsageDays({ query }, { caller }) {
      const data = await dayUsages(caller.accountId, query.days);
      return answer(schemas.days, { data: [...data] });
    },

    async listRefusals({ query }, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const nowMs = desk.clock.wallMs();
      const { fromMs = monthStartMs(nowMs), toMs = nowMs + 1 } = query;
      const asked = { ...mine(context), ending: "refused", fromMs, toMs } as const;
      const rows = await log.find({ ...asked, limit: schemas.REFUSALS_MAX + 1 });
      return answer(schemas.refusals, {
        ...{ fromMs, toMs },
        data: byCode(rows.slice(0, schemas.REFUSALS_MAX)),
        hasMore: rows.length > schemas.REFUSALS_MAX,
      });
    },
  };
}

/** The most frequent first. */
function byCode(rows: readonly { readonly api: string; readonly code: string | undefined }[]) {
  const counts = new Map<string, { code: string; api: string; count: number }>();
  for (const { api, code = "" } of rows) {
    const name = `${api} ${code}`;
    const known = counts.get(name) ?? { code, api, count: 0 };
    known.count++;
    counts.set(name, known);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}
