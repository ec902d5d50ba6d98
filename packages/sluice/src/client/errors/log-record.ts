/** What support asks for, as one line of a log: everything that helps, nothing that must not leave. */
import type { Failure } from "../failure/failure.ts";
import { parseJson, type Redact, shorten, shownCopy } from "../failure/redaction.ts";

/** Names as logs and support write them. Plain, frozen data. */
export interface LogRecord {
  readonly code: string;
  /** In the server's words. */
  readonly message: string;
  readonly param: string | null;
  readonly type: string | null;
  readonly status: number | null;
  /** Method and path, without the query. */
  readonly endpoint: string | null;
  /** Of the call: bounded, and without secrets. */
  readonly parameters: unknown;
  /** The body of the answer: bounded, and without secrets. */
  readonly response: unknown;
  /** When the call failed, in UTC. */
  readonly timestamp: string;
  readonly request_id: string | null;
  /** The first ten characters at most. */
  readonly api_key_prefix: string | null;
}

export interface CallFacts {
  /** By the wall clock, when the call failed. */
  readonly nowMs: number;
  /** Method and path: `POST /responses`. */
  readonly endpoint?: string | undefined;
  /** Of the call, as its caller gave them. */
  readonly parameters?: unknown;
}

const ENDPOINT_CHARS_MAX = 256;

/** @param failure without secrets already. */
export function logRecord(
  failure: Failure,
  { nowMs, endpoint = "", parameters = null }: CallFacts,
  keyPrefix: string | undefined,
  redact: Redact,
): LogRecord {
  const { code, message, param = null, type = null, status = null, body = "" } = failure;
  return Object.freeze({
    code,
    message,
    param,
    type,
    status,
    endpoint: redact(shorten(endpoint.replace(/[?#].*/s, ""), ENDPOINT_CHARS_MAX)) || null,
    parameters: shownCopy(parameters, redact),
    response: shownCopy(parseJson(body) ?? (body || null), redact),
    timestamp: new Date(nowMs).toISOString(),
    request_id: failure.requestId ?? null,
    api_key_prefix: keyPrefix || null,
  });
}
