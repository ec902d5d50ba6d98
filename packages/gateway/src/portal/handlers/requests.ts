// The account's requests, or those of the key that somebody signed in with, and why each went as it did.

import { isRefusal, refuse } from "sluice";
import type { LogRow } from "sluice/gate";
import type { z } from "zod";
import type { Desk } from "../../admin/desk/desk.ts";
import { answer, answerPage } from "../../admin/handlers/answer.ts";
import { explanationOf } from "../../admin/handlers/explanation.ts";
import { findRequests } from "../../admin/handlers/requests.ts";
import { shownRow } from "../../admin/handlers/row-shown.ts";
import * as schemas from "../contract/schemas/requests.ts";
import { type Customer, customer } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

export function requestHandlers(
  desk: Desk,
): Pick<PortalHandlers, "listRequests" | "explainRequest"> {
  return {
    async listRequests({ query }, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const { account, key, seesAll } = found;
      const keyId = seesAll ? query.keyId : key.id;
      if (query.keyId !== undefined && query.keyId !== keyId) {
        return answer(schemas.rows, { data: [], next: null });
      }
      const rows = await findRequests(desk, { ...query, accountId: account.id, keyId });
      return answerPage(schemas.rows, rows, shownToCaller);
    },

    async explainRequest({ params: { requestId } }, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const row = await desk.stores.log.explain(requestId);
      if (row === undefined || !isOwn(row, found)) return refuse("not_found");
      const { steps: _, refusal, ...rest } = await explanationOf(desk, row, "caller");
      return answer(schemas.explanation, {
        ...rest,
        request: shownToCaller(row),
        refusal: refusal && refusalForCaller(refusal),
      });
    },
  };
}

function isOwn(row: LogRow, { account, key, seesAll }: Customer): boolean {
  return row.accountId === account.id && (seesAll || row.keyId === key.id);
}

/** What the gateway is made of stays with whoever runs it. */
function shownToCaller(row: LogRow): z.output<typeof schemas.row> {
  const { by: _by, degraded: _degraded, endedAt: _endedAt, ...shown } = shownRow(row);
  return shown;
}

const OURS = ["internal", "unavailable", "credits_unavailable", "upstream_timeout"];

function refusalForCaller({
  step: _step,
  by: _by,
  scope,
  ...refusal
}: NonNullable<Awaited<ReturnType<typeof explanationOf>>["refusal"]>) {
  return { ...refusal, scope: OURS.includes(refusal.condition) ? null : scope };
}
