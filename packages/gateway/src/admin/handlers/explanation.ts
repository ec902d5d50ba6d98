// What happened to a request, for people who must answer for it: read from its row, its hold, and the contract that refused it.

import { type AnyApi, CONDITIONS, isCondition, refuse } from "sluice";
import { type Audience, explain, type HoldRecord, type LogRow, stepsOf } from "sluice/gate";
import type { z } from "zod";
import * as schemas from "../contract/schemas/requests.ts";
import type { Desk } from "../desk/desk.ts";
import { titleOf } from "./against-contract.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { shownRow } from "./row-shown.ts";

type Explanation = z.output<typeof schemas.explanation>;

export function explanationHandlers(desk: Desk): Pick<AdminHandlers, "explainRequest"> {
  const { log } = desk.stores;
  return {
    async explainRequest({ params: { requestId } }) {
      const row = await log.explain(requestId);
      if (row === undefined) return refuse("not_found");
      return answer(schemas.explanation, await explanationOf(desk, row, "operator"));
    },
  };
}

/** @param audience for whom its words are */
export async function explanationOf(
  { apis, stores }: Pick<Desk, "apis" | "stores">,
  row: LogRow,
  audience: Audience,
): Promise<Explanation> {
  const api = apis.find((one) => titleOf(one) === row.api);
  if (api === undefined) return withoutContract(row);
  const hold = row.held > 0 ? await stores.ledger.hold(row.requestId) : undefined;
  return explained(api, row, hold, audience);
}

function explained(
  api: AnyApi,
  row: LogRow,
  hold: HoldRecord | undefined,
  audience: Audience,
): Explanation {
  const { told, cost, sentences, steps, refusedBy, passesAtMs } = explain(api, row, hold, audience);
  const { action = null } = api.wire.codes[row.code ?? ""] ?? {};
  const refusal = refusalOf(row);
  return {
    requestId: row.requestId,
    request: shownRow(row),
    steps: steps.map((step) => ({ ...step, facts: { ...step.facts } })),
    refusal: refusal && {
      ...refusal,
      scope: refusedBy ?? null,
      passesAtMs: passesAtMs ?? null,
      action,
    },
    told: {
      status: told.status ?? null,
      code: told.code ?? null,
      headers: Object.entries(told.headers).map(([name, value]) => ({ name, value })),
      body: told.body ?? null,
      bodyMissing: told.bodyMissing ?? null,
    },
    cost,
    words: sentences.join(" "),
    sentences: [...sentences],
  };
}

const notServed =
  "The contract of this request is not served here any more, so nobody can tell what its words were.";

/** What a row says by itself. */
function withoutContract(row: LogRow): Explanation {
  return {
    requestId: row.requestId,
    request: shownRow(row),
    steps: stepsOf(row).map((step) => ({ ...step, facts: { ...step.facts } })),
    refusal: refusalOf(row),
    told: {
      status: row.status,
      code: row.code ?? null,
      headers: [],
      body: null,
      bodyMissing: notServed,
    },
    cost: {
      state: row.charged > 0 ? "charged" : "nothing",
      credits: row.charged,
      overage: 0,
      isJob: false,
    },
    words: notServed,
    sentences: [notServed],
  };
}

function refusalOf({ condition, endedAt, ending, by }: LogRow): Explanation["refusal"] {
  if (ending !== "refused" || condition === undefined) return null;
  const means = isCondition(condition) ? CONDITIONS[condition].means : "The API itself refused it.";
  const unknown = { scope: null, passesAtMs: null, action: null };
  return { step: endedAt, condition, means, by: by ?? null, ...unknown };
}
