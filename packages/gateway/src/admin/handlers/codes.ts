// A contract's catalogue, and any of its refusals as the bytes that a caller would get.

import {
  type AnyApi,
  CONDITION_NAMES,
  exampleFacts,
  isCondition,
  type Refusal,
  refuse,
  render,
} from "sluice";
import type { z } from "zod";
import * as schemas from "../contract/schemas/apis.ts";
import type { Desk } from "../desk/desk.ts";
import { oneOf, titleOf } from "./against-contract.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { present } from "./patch.ts";

export function codesOf(api: AnyApi): z.output<typeof schemas.one>["codes"] {
  const { wire, pages } = api;
  const conditions = conditionsOf(api).map(
    (name) => [name, wire.spellings.codeOf(name, undefined, undefined)] as const,
  );
  return Object.entries(wire.codes).map(([code, entry]) => {
    const page = pages[code];
    return {
      code,
      status: entry.status,
      type: entry.type ?? null,
      message: entry.message,
      action: entry.action,
      retry: entry.retry,
      conditions: conditions.filter(([, spelled]) => spelled === code).map(([name]) => name),
      whatHappened: page?.whatHappened ?? "",
      howToFix: page?.howToFix ?? "",
      endUser: page?.endUser ?? "",
    };
  });
}

function conditionsOf({ wire }: AnyApi): readonly string[] {
  return [...CONDITION_NAMES, ...Object.keys(wire.domain ?? {})];
}

export function simulationHandlers({ apis }: Desk): Pick<AdminHandlers, "simulateRefusal"> {
  return {
    simulateRefusal({ params, query: { operation, param } }) {
      const api = apis.find((one) => titleOf(one) === params.api);
      if (api === undefined || !conditionsOf(api).includes(params.condition)) {
        return refuse("not_found");
      }
      if (operation !== undefined && !Object.hasOwn(api.wire.operations, operation)) {
        const expected = oneOf(Object.keys(api.wire.operations));
        return refuse("invalid_parameter", { param: "operation", expected });
      }
      const refusal = { ...exampleOf(api, params.condition, operation), ...present({ param }) };
      const { status, code, headers, body } = render(api.wire, refusal, { operation });
      return answer(schemas.refusal, { status, code, headers: headersOf(headers), body });
    },
  };
}

/** With the facts that a refusal for this reason carries. */
function exampleOf({ wire }: AnyApi, condition: string, operation: string | undefined): Refusal {
  const code = wire.spellings.codeOf(condition, operation, undefined) ?? "";
  const entry = wire.codes[code];
  const facts = entry === undefined ? {} : exampleFacts(condition, entry);
  const waits = isCondition(condition) && entry?.retry !== "never" ? { retryAfterMs: 1_000 } : {};
  return { kind: "refusal", condition, ...waits, ...facts };
}

/** From a flat list. */
export function headersOf(list: readonly string[]): { name: string; value: string }[] {
  const headers: { name: string; value: string }[] = [];
  for (let i = 0; i + 1 < list.length; i += 2) {
    headers.push({ name: list[i] ?? "", value: list[i + 1] ?? "" });
  }
  return headers;
}
