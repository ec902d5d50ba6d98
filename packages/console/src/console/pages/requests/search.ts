// What the address of the page of requests may say, and what it asks of the log.

import { DAY_MS, HOUR_MS, MINUTE_MS } from "sluice/base";
import type { Input } from "../../admin.ts";

export const endings = ["done", "refused", "fault", "replayed", "abandoned"] as const;

/** How far back from now. */
export const spans = {
  "15min": { name: "15 minutes", ms: 15 * MINUTE_MS },
  "1h": { name: "hour", ms: HOUR_MS },
  "1d": { name: "day", ms: DAY_MS },
} as const;
export type Span = keyof typeof spans;

export interface RequestSearch {
  readonly request?: string;
  readonly client?: string;
  readonly account?: string;
  readonly key?: string;
  readonly code?: string;
  readonly condition?: string;
  readonly operation?: string;
  readonly api?: string;
  readonly ending?: (typeof endings)[number];
  /** Which of a key's secrets opened it: the older one, while a rotation overlaps. */
  readonly secret?: "older";
  readonly status?: number;
  /** In place of `from`. */
  readonly last?: Span;
  readonly from?: number;
  /** Before this moment. */
  readonly to?: number;
}

/** Those that are compared, by their words on the page. */
export const equals = {
  account: "Account",
  key: "Key",
  code: "Code",
  condition: "Condition",
  operation: "Operation",
  api: "API",
  ending: "Ending",
  secret: "Secret",
  status: "Status",
  request: "Request id",
  client: "Client request id",
} as const satisfies Partial<Record<keyof RequestSearch, string>>;
export type Equal = keyof typeof equals;

const textMax = 300;
const timeMaxMs = 253_402_300_799_999;
const texts = [
  ...["request", "client", "account", "key", "code", "condition", "operation", "api"],
] as const;

/** Whatever else an address says is left out. */
export function readSearch(told: Readonly<Record<string, unknown>>): RequestSearch {
  const { ending, secret, status, last } = told;
  const read: Record<string, unknown> = {};
  for (const name of texts) {
    const text = String(told[name] ?? "");
    if (text !== "" && text.length <= textMax) read[name] = text;
  }
  if (endings.some((one) => one === ending)) read["ending"] = ending;
  if (secret === "older") read["secret"] = secret;
  if (isWhole(status, 100, 599)) read["status"] = status;
  if (typeof last === "string" && Object.hasOwn(spans, last)) read["last"] = last;
  for (const name of ["from", "to"]) {
    if (isWhole(told[name], 0, timeMaxMs)) read[name] = told[name];
  }
  return read;
}

function isWhole(told: unknown, min: number, max: number): boolean {
  return Number.isInteger(told) && (told as number) >= min && (told as number) <= max;
}

export type RequestQuery = NonNullable<Input<"listRequests">["query"]>;

export function queryOf(search: RequestSearch, nowMs: number): RequestQuery {
  const { request, client, account, key, secret, last, from, to, ...same } = search;
  const fromMs = last === undefined ? from : nowMs - spans[last].ms;
  return {
    ...same,
    ...(request !== undefined && { requestId: request }),
    ...(client !== undefined && { clientRequestId: client }),
    ...(account !== undefined && { accountId: account }),
    ...(key !== undefined && { keyId: key }),
    ...(secret !== undefined && { isOlderSecret: true }),
    ...(fromMs !== undefined && { fromMs }),
    ...(to !== undefined && { toMs: to }),
  };
}
