// Requests as the log has them: found by everything that a row is known by, and explained.

import { type Refusal, refuse } from "sluice";
import type { LogPlace, LogQuery, LogRow } from "sluice/gate";
import { z } from "zod";
import * as schemas from "../contract/schemas/requests.ts";
import type { Desk } from "../desk/desk.ts";
import { type Asked, type Found, findPage } from "../lists/page.ts";
import { type AdminHandlers, answer, answerPage } from "./answer.ts";
import { present } from "./patch.ts";
import { shownRow } from "./row-shown.ts";

const places = {
  list: "requests",
  schema: z.object({ atMs: z.number(), requestId: z.string() }),
  of: ({ atMs, requestId }: LogRow): LogPlace => ({ atMs, requestId }),
};

export function requestHandlers(desk: Desk): Pick<AdminHandlers, "listRequests" | "getRequest"> {
  const { log } = desk.stores;
  return {
    async listRequests({ query }) {
      return answerPage(schemas.rows, await findRequests(desk, query), shownRow);
    },

    async getRequest({ params }) {
      const row = await log.explain(params.requestId);
      return row === undefined ? refuse("not_found") : answer(schemas.row, shownRow(row));
    },
  };
}

export function findRequests(
  { stores: { log } }: Pick<Desk, "stores">,
  {
    limit,
    cursor,
    requestId,
    ...filters
  }: Asked & Filters & { readonly requestId?: string | undefined },
): Promise<Found<LogRow> | Refusal> {
  return findPage({ limit, cursor }, places, async (max, after) => {
    if (requestId === undefined)
      return log.find({ ...present(filters), ...present({ after }), limit: max });
    // One at most, so there is nothing behind it.
    const row = after === undefined ? await log.explain(requestId) : undefined;
    return row !== undefined && matches(row, filters) ? [row] : [];
  });
}

type Filters = {
  readonly [K in Exclude<keyof LogQuery, "limit" | "after">]?: LogQuery[K] | undefined;
};

/** As the log itself would have found it. */
function matches(row: LogRow, { fromMs = 0, toMs = Infinity, ...equal }: Filters): boolean {
  const names = Object.keys(equal) as (keyof typeof equal)[];
  const isEqual = names.every((name) => equal[name] === undefined || equal[name] === row[name]);
  return isEqual && row.atMs >= fromMs && row.atMs < toMs;
}
