// What the account used: in a time, day by day, by operation, and its refusals by their codes.

import { isRefusal, monthStartMs } from "sluice";
import type { LogQuery, LogRow } from "sluice/gate";
import type { Desk } from "../../admin/desk/desk.ts";
import { accountHandlers } from "../../admin/handlers/accounts.ts";
import { answer } from "../../admin/handlers/answer.ts";
import * as schemas from "../contract/schemas/usage.ts";
import type { DayUsages } from "../day-usages.ts";
import { customer, mine, ofMine } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

type Operations = "getUsage" | "listUsageDays" | "listUsageOperations" | "listRefusals";

export function usageHandlers(desk: Desk, dayUsages: DayUsages): Pick<PortalHandlers, Operations> {
  const { getUsage } = accountHandlers(desk);
  return {
    getUsage: (input, context) => getUsage(ofMine(input, context), context),

    async listUsageDays({ query }, { caller }) {
      const data = await dayUsages(caller.accountId, query.days);
      return answer(schemas.days, { data: [...data] });
    },

    async listUsageOperations({ query }, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const own = found.seesAll ? {} : { keyId: found.key.id };
      const { rows, ...told } = await newest(desk, query, { ...mine(context), ...own });
      const countedFromMs = told.hasMore ? (rows.at(-1)?.atMs ?? told.fromMs) : told.fromMs;
      return answer(schemas.operations, { ...told, countedFromMs, data: byOperation(rows) });
    },

    async listRefusals({ query }, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const { rows, ...told } = await newest(desk, query, { ...mine(context), ending: "refused" });
      return answer(schemas.refusals, { ...told, data: byCode(rows) });
    },
  };
}

interface Time {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** The newest rows of a time, of this month where none is named. */
async function newest({ stores: { log }, clock }: Desk, time: Time, which: Partial<LogQuery>) {
  const nowMs = clock.wallMs();
  const { fromMs = monthStartMs(nowMs), toMs = nowMs + 1 } = time;
  const { COUNTED_MAX: most } = schemas;
  const rows = await log.find({ ...which, fromMs, toMs, limit: most + 1 });
  return { fromMs, toMs, rows: rows.slice(0, most), hasMore: rows.length > most };
}

/** The most frequent first. */
function byOperation(rows: readonly LogRow[]) {
  const groups = Map.groupBy(rows, ({ api, operation }) => `${api} ${operation}`);
  const sums = [...groups.values()].flatMap((group) => {
    const [first] = group;
    const ended = (wanted: LogRow["ending"]) =>
      group.filter(({ ending }) => ending === wanted).length;
    return first === undefined
      ? []
      : {
          operation: first.operation ?? null,
          api: first.api,
          requests: group.length,
          refusals: ended("refused"),
          faults: ended("fault"),
          credits: group.reduce((sum, { charged }) => sum + charged, 0),
        };
  });
  return sums.toSorted((a, b) => b.requests - a.requests);
}

/** The most frequent first. */
function byCode(rows: readonly LogRow[]) {
  const counts = new Map<string, { code: string; api: string; count: number }>();
  for (const { api, code = "" } of rows) {
    const name = `${api} ${code}`;
    const known = counts.get(name) ?? { code, api, count: 0 };
    known.count++;
    counts.set(name, known);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}
