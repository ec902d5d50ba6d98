// What happened to a request, for people who must answer for it.

import { CONDITIONS, isCondition, refuse } from "sluice";
import { type HoldRecord, type LogRow, stepsOf } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/requests.ts";
import type { Desk } from "../desk/desk.ts";
import { titleOf } from "./against-contract.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { shownRow } from "./row-shown.ts";

type Explanation = z.output<typeof schemas.explanation>;

export function explanationHandlers(desk: Desk): Pick<AdminHandlers, "explainRequest"> {
  const { ledger, log } = desk.stores;
  return {
    async explainRequest({ params: { requestId } }) {
      const row = await log.explain(requestId);
      if (row === undefined) return refuse("not_found");
      const hold = row.held > 0 ? await ledger.hold(requestId) : undefined;
      return answer(schemas.explanation, explained(desk, row, hold));
    },
  };
}

function explained({ apis }: Desk, row: LogRow, hold: HoldRecord | undefined): Explanation {
  const api = apis.find((one) => titleOf(one) === row.api);
  return {
    requestId: row.requestId,
    request: shownRow(row),
    steps: stepsOf(row).map((step) => ({ ...step, facts: { ...step.facts } })),
    refusal: refusalOf(row, api?.wire.codes[row.code ?? ""]?.action),
    told: { status: row.status, code: row.code ?? null, headers: [], body: null },
    cost: costOf(row, hold),
    words: "",
  };
}

function refusalOf(row: LogRow, action: string | undefined): Explanation["refusal"] {
  const { condition, endedAt, ending, atMs, retryAfterMs } = row;
  if (ending !== "refused" || condition === undefined) return null;
  return {
    step: endedAt,
    condition,
    means: isCondition(condition) ? CONDITIONS[condition].means : "",
    by: row.by ?? null,
    passesAtMs: retryAfterMs === undefined ? null : atMs + retryAfterMs,
    action: action ?? null,
  };
}

/** What a job came to is in the ledger only. */
function costOf(row: LogRow, hold: HoldRecord | undefined): Explanation["cost"] {
  return {
    held: hold?.amount ?? row.held,
    charged: hold?.charged ?? row.charged,
    state: hold?.state ?? null,
    isJob: hold?.isJob ?? false,
    overage: hold?.overage ?? 0,
  };
}
