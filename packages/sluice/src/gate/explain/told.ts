/** What the caller was told: the refusal of a row in the contract's words again, byte for byte. */
import {
  type AnyApi,
  CLIENT_REQUEST_ID,
  DEGRADED,
  REPLAYED,
  REQUEST_ID,
  type Refusal,
  type Rendered,
  render,
} from "../../contract/index.ts";
import { STATUS_ABANDONED } from "../call.ts";
import type { LogRow } from "../stores.ts";

export interface Told {
  /** Undefined where there was no answer, since the caller had left. */
  readonly status: number | undefined;
  readonly code: string | undefined;
  /** Those that say something of the call. Of a window: its limit and what was left, not when it was to start anew. */
  readonly headers: Readonly<Record<string, string>>;
  /** To the letter; undefined where the row cannot know it. */
  readonly body: string | undefined;
  /** Why there is no body here; undefined where there is. */
  readonly bodyMissing: string | undefined;
}

/** The bodies of others are not kept, and none is made up. */
const NOT_KEPT = "The log keeps no bodies, and this one was the API's own.";

export function toldBy(api: AnyApi, row: LogRow): Told {
  const refusal = refusalOf(api, row);
  if (refusal === undefined) return toldWithoutRefusal(api, row);
  const rendered = render(api.wire, refusal, { operation: row.operation });
  return row.details?.begunAs === undefined
    ? {
        status: row.status,
        code: row.code,
        headers: { ...commonHeaders(api, row), ...pairs(rendered) },
        // RFC 9110 §9.3.2: an answer to HEAD has no body.
        body: row.method === "HEAD" ? "" : rendered.body,
        bodyMissing: undefined,
      }
    : toldInStream(api, row, rendered);
}

/** The refusal as it was, as far as its answer shows; undefined where there was none, or where the contract has lost its code. */
function refusalOf({ wire }: AnyApi, row: LogRow): Refusal | undefined {
  const { condition, code, param, retryAfterMs, details } = row;
  if (condition === undefined || code === undefined) return undefined;
  if (!Object.hasOwn(wire.codes, code)) return undefined;
  const { limit, expected, allowed, message } = details ?? {};
  return {
    kind: "refusal",
    condition,
    code,
    ...(param !== undefined && { param }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(limit !== undefined && { limit }),
    ...(expected !== undefined && { expected }),
    ...(allowed !== undefined && { allowed }),
    ...(message !== undefined && { message }),
  };
}

/** Its head had gone out before, as that of a success. */
function toldInStream(api: AnyApi, row: LogRow, rendered: Rendered): Told {
  const isEvent = row.details?.begunAs === "events";
  return {
    status: undefined,
    code: isEvent ? row.code : undefined,
    headers: commonHeaders(api, row),
    body: isEvent ? rendered.body : undefined,
    bodyMissing: isEvent ? undefined : "The answer had begun and was cut off: no words fit in it.",
  };
}

function toldWithoutRefusal(api: AnyApi, row: LogRow): Told {
  const headers = commonHeaders(api, row);
  if (row.status === STATUS_ABANDONED && row.ending === "abandoned") {
    const bodyMissing = "The caller had left before the end: nobody was told anything more.";
    return { status: undefined, code: undefined, headers: {}, body: undefined, bodyMissing };
  }
  const told = { status: row.status, code: row.code, headers, body: undefined };
  if (row.ending === "replayed") {
    const bodyMissing = "It was the stored answer of the first call with this idempotency key.";
    return { ...told, headers: { ...headers, [REPLAYED]: "true" }, bodyMissing };
  }
  const isLost = row.code !== undefined;
  return {
    ...told,
    bodyMissing: isLost ? `The contract no longer has the code ${row.code}.` : NOT_KEPT,
  };
}

function commonHeaders({ wire }: AnyApi, row: LogRow): Record<string, string> {
  const { rateLimit, creditsRemaining } = wire.headers;
  const headers: Record<string, string> = { [REQUEST_ID]: row.requestId };
  if (row.clientRequestId !== undefined) headers[CLIENT_REQUEST_ID] = row.clientRequestId;
  if (row.degraded !== undefined) headers[DEGRADED] = row.degraded;
  // What there was of an account that had too little is the operator's to know.
  if (
    creditsRemaining !== undefined &&
    row.creditsRemaining !== undefined &&
    !row.details?.shortage
  )
    headers[creditsRemaining] = String(row.creditsRemaining);
  if (
    rateLimit === "x-ratelimit" &&
    row.windowLimit !== undefined &&
    row.windowRemaining !== undefined
  ) {
    headers["X-RateLimit-Limit"] = String(row.windowLimit);
    headers["X-RateLimit-Remaining"] = String(row.windowRemaining);
  }
  return headers;
}

function pairs({ headers }: Rendered): Record<string, string> {
  const named: Record<string, string> = {};
  for (let at = 0; at + 1 < headers.length; at += 2)
    named[headers[at] ?? ""] = headers[at + 1] ?? "";
  return named;
}
