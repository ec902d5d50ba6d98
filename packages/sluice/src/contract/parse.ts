/** A response read backwards: which code, which conditions it can stand for, and what it carries. */
import type { CodeEntry } from "./catalogue.ts";
import { RETRY_AFTER } from "./headers.ts";
import type { Refusal } from "./refusal.ts";
import type { AnyWire } from "./wire.ts";

/** As much of a response as parsing needs. */
export interface ResponseFacts {
  readonly status: number;
  header(name: string): string | null | undefined;
  /** The body's text. */
  readonly body: string;
}

export interface Parsed {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly type: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** Every condition that the code can stand for; never empty. */
  readonly conditions: readonly string[];
  readonly entry: CodeEntry;
}

/** Undefined when the response is not one of this contract's refusals. */
export function parse(wire: AnyWire, response: ResponseFacts): Parsed | undefined {
  const decoded = wire.envelope.decode(parseJson(response.body));
  if (decoded === undefined) return undefined;
  const entry = Object.hasOwn(wire.codes, decoded.code) ? wire.codes[decoded.code] : undefined;
  if (entry === undefined || entry.status !== response.status) return undefined;
  return {
    code: decoded.code,
    status: response.status,
    message: decoded.message,
    type: decoded.type ?? entry.type,
    param: decoded.param,
    retryAfterMs: parseDelaySeconds(response.header(RETRY_AFTER)),
    conditions: wire.spellings.conditionsOf(decoded.code),
    entry,
  };
}

/** The refusal that a response stands for: renders to the same bytes again. */
export function refusalOf(parsed: Parsed, response: ResponseFacts): Refusal {
  const { code, message, param, retryAfterMs, conditions } = parsed;
  const allowed = response.header("Allow")?.split(", ");
  return {
    kind: "refusal",
    condition: conditions[0] ?? "internal",
    code,
    message,
    ...(param !== undefined && { param }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(allowed !== undefined && { allowed }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Delay-seconds (RFC 9110 §10.2.3). A gate never writes the date form. */
function parseDelaySeconds(value: string | null | undefined): number | undefined {
  return value && /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : undefined;
}
