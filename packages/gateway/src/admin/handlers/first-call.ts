// The request that somebody with a new key sends first: one that reads, costs nothing and needs no id, or what comes nearest.

import type { AnyApi } from "sluice";
import { curlText, requestFor } from "sluice/reference";
import type { z } from "zod";
import type * as schemas from "../contract/schemas/apis.ts";

export function firstCallOf(api: AnyApi): z.output<typeof schemas.one>["firstCall"] {
  const { operations } = api.wire;
  const [operation = ""] = Object.keys(operations).toSorted(
    (a, b) => troubleOf(api, a) - troubleOf(api, b),
  );
  const request = requestFor(api, operation);
  const { keyVariable, origin } = request;
  return { operation, curl: curlText(request), keyVariable, origin };
}

const COSTS = 8;
const CHANGES = 4;
const NEEDS_AN_ID = 2;
const IS_FOR_SOME = 1;

function troubleOf({ wire, server }: AnyApi, name: string): number {
  const { method, path } = { ...wire.operations[name] };
  const { price, plans } = { ...server.operations[name] };
  return (
    (price === undefined ? 0 : COSTS) +
    (method === "GET" ? 0 : CHANGES) +
    (path?.includes("{") ? NEEDS_AN_ID : 0) +
    (plans === undefined ? 0 : IS_FOR_SOME)
  );
}
