/** The one error that a call can end with. Holds what an application decides by, and nothing that must not be seen. */
import { type Action, type AnyWire, type CodeOf, helpUrl } from "../../contract/index.ts";
import { mayBeDone } from "../decide/decide.ts";
import { type Failure, type FailureSource, OWN_CODES } from "../failure/failure.ts";
import { type Redact, redactText, shorten } from "../failure/redaction.ts";
import { type CallFacts, type LogRecord, logRecord } from "./log-record.ts";
import type { Secret } from "./secret.ts";
import { createUserMessage, type UserMessage } from "./user-message.ts";

/** Marks the errors of every copy of this package, whichever of them asks. */
export const API_ERROR = Symbol.for("sluice.ApiError");

export type OwnCode = (typeof OWN_CODES)[number];

/** Every error that a call of this contract can end with: a `switch` over `code` can be exhaustive. */
export type ApiErrorOf<W> = ErrorPerCode<(CodeOf<W> & string) | OwnCode>;

/** A union of errors, not an error of a union: only the first can be told apart by its code. */
type ErrorPerCode<Code extends string> = Code extends string ? ApiError<Code> : never;

/** What the client knows beside the failure. */
export interface ErrorFacts extends CallFacts {
  /** With a contract, codes that it does not know become `unknown_error`. */
  readonly wire?: AnyWire | undefined;
  /** Is asked what to hide and what to show of the key; not kept. */
  readonly secret?: Secret | undefined;
  readonly operation?: string | undefined;
  /** @default 1 */
  readonly attempts?: number | undefined;
  /** The rule, the header, what was left of the budget: why the client did not try again. */
  readonly why?: readonly string[] | undefined;
  /** @default what the failure alone says of it */
  readonly repeatable?: boolean | undefined;
  /** By the wall clock. @default what the server's headers say */
  readonly retryAtMs?: number | undefined;
  /** @default a sentence for the action */
  readonly userMessage?: UserMessage | undefined;
  /** Of a stream that broke off: what had come. */
  readonly received?: string | undefined;
}

const RECEIVED_CHARS_MAX = 65_536;
const WHY_MAX = 32;
const WHY_CHARS_MAX = 256;

const defaultUserMessage = createUserMessage();

export class ApiError<Code extends string = string> extends Error {
  declare readonly name: "ApiError";
  declare readonly code: Code;
  /** As the server spelled it; differs from `code` where the contract does not know it. */
  declare readonly rawCode: string;
  /** The likeliest of the `conditions` that the code can stand for. */
  declare readonly condition: string | undefined;
  declare readonly conditions: readonly string[];
  declare readonly status: number | undefined;
  declare readonly type: string | undefined;
  declare readonly param: string | undefined;
  declare readonly requestId: string | undefined;
  /** Whether the same call can succeed later, without anybody changing anything. */
  declare readonly retryable: boolean;
  /**
   * Whether its caller may make the same call again without any risk that it is done, and charged, twice: it only reads,
   * its caller gave it an idempotency key (to be given again), or none of its attempts can have been done.
   */
  declare readonly repeatable: boolean;
  declare readonly action: Action;
  /** When to come back, where somebody said. */
  declare readonly retryAt: Date | undefined;
  declare readonly charged: "yes" | "no" | "unknown";
  declare readonly attempts: number;
  declare readonly why: readonly string[];
  declare readonly userMessage: string;
  declare readonly operation: string | undefined;
  declare readonly source: FailureSource;
  /** Of a stream that broke off: what had come. Not listed with the other members: it may be long. */
  declare readonly received: string | undefined;
  /** The page about the code. */
  declare readonly helpUrl: string | undefined;
  /** What `toJSON` gives. Not listed either. No private field: those cannot be read through a proxy. */
  declare readonly record: LogRecord;

  static {
    Object.defineProperties(ApiError.prototype, {
      name: { value: "ApiError", configurable: true, writable: true },
      [API_ERROR]: { value: true },
    });
  }

  constructor(failure: Failure, facts: ErrorFacts) {
    const { nowMs, wire, secret, attempts = 1, why = [], userMessage = defaultUserMessage } = facts;
    const redact: Redact = secret?.redact ?? ((text) => redactText(text, wire?.key));
    const clean = cleaned(failure, redact);
    const { code: rawCode, message, status, type, param, requestId, conditions, action } = clean;
    const about = [status, rawCode, requestId && `request ${requestId}`];
    super(`${message} (${about.filter(Boolean).join(", ")})`);
    const retryable = isRetryable(failure);
    const code = !wire || isCodeOf(wire, rawCode) ? rawCode : "unknown_error";
    const toldMs =
      retryable && clean.hints.waitMs !== undefined ? clean.hints.waitMs + nowMs : undefined;
    const shown = {
      code,
      rawCode,
      condition: conditions[0],
      conditions,
      status,
      type,
      param,
      requestId,
      retryable,
      repeatable: facts.repeatable ?? !mayBeDone(failure),
      action,
      retryAt: dateOf(facts.retryAtMs ?? toldMs),
      charged: clean.charged,
      attempts,
      why: why.slice(0, WHY_MAX).map((reason) => shorten(redact(reason), WHY_CHARS_MAX)),
      userMessage: userMessage(clean),
      operation: facts.operation && redact(facts.operation),
      source: clean.source,
      helpUrl: wire && pageOf(wire, code),
    };
    const isKnown = ([, value]: [string, unknown]) => value !== undefined;
    Object.assign(this, Object.fromEntries(Object.entries(shown).filter(isKnown)));
    const received = facts.received && redact(facts.received.slice(0, RECEIVED_CHARS_MAX));
    const record = logRecord(clean, facts, secret?.prefix, redact);
    Object.defineProperties(this, { record: { value: record }, received: { value: received } });
  }

  /** The structured log record: what `JSON.stringify` and loggers write. */
  toJSON(): LogRecord {
    return this.record;
  }
}

/** The failure with every text redacted. */
function cleaned(failure: Failure, redact: Redact): Failure {
  const members = Object.entries(failure).map(([name, value]) => [
    name,
    typeof value === "string" ? redact(value) : value,
  ]);
  return Object.fromEntries(members) as Failure;
}

/** Whether calls of the contract can end with this code. */
export function isCodeOf(wire: AnyWire, code: string): boolean {
  return Object.hasOwn(wire.codes, code) || OWN_CODES.some((own) => own === code);
}

/** What costs money is not to be had by asking again; else the server's word goes before the catalogue's. */
function isRetryable({ source, action, status, advice, hints }: Failure): boolean {
  if (action === "top_up" || action === "upgrade" || status === 402) return false;
  // Nobody refused it: the client only saved it the way.
  if (source === "client") return true;
  return hints.shouldRetry ?? advice !== "never";
}

function dateOf(ms: number | undefined): Date | undefined {
  const date = new Date(ms ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The page about a code that has one. */
function pageOf(wire: AnyWire, code: string): string | undefined {
  const hasPage = wire.about.docs !== undefined && Object.hasOwn(wire.codes, code);
  return hasPage ? helpUrl(wire, code) : undefined;
}
