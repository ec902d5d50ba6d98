/**
 * The catalogue: one entry a code. Everything that anybody wants to know of a code (the gate, the client,
 * the error pages, the simulator) is read from here and nowhere else.
 */
import type { Condition, FactName } from "./condition.ts";
import type { Facts } from "./refusal.ts";

/** Who has to do what before the same call can succeed. */
export const ACTIONS = [
  "wait",
  "top_up",
  "upgrade",
  "fix_request",
  "rotate_key",
  "contact",
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * What a client should do by itself: `never` (the same request fails again), `wait` (until `Retry-After`),
 * `backoff` (transient; wait longer each time).
 */
export const RETRY_ADVICE = ["never", "wait", "backoff"] as const;
export type RetryAdvice = (typeof RETRY_ADVICE)[number];

/** Whether a call that failed with this code was charged. */
export const CHARGED = ["no", "unknown"] as const;
export type Charged = (typeof CHARGED)[number];

export interface CodeEntry {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** The category of envelopes that have one (`authentication_error`). */
  readonly type?: string;
  /** The message; may speak of `{param}`, `{expected}`, `{retryAfter}`, `{limit}`, `{allowed}`. */
  readonly message: string;
  readonly action: Action;
  readonly retry: RetryAdvice;
  /** @default "no" */
  readonly charged?: Charged;
  /**
   * `Retry-After`, in milliseconds: `alwaysMs` whatever the gate computed, or `otherwiseMs` where a refusal
   * does not know. Every code with status 429 or 503 must have one in every case; the declaration is checked.
   */
  readonly retryAfter?: { readonly alwaysMs: number } | { readonly otherwiseMs: number };
  /** True where the API's own documents have no such code and we had to add one in their style. */
  readonly extension?: boolean;
  /** Facts for the example in documents and in simulation. */
  readonly example?: Facts;
}

/** How a condition is spelled: a code, or a code with exceptions. The narrowest exception wins. */
export type Spelling<Code extends string, Operation extends string> =
  | Code
  | Spelled<Code, Operation>;

export interface Spelled<Code extends string, Operation extends string> {
  readonly code: Code;
  /** The message in this condition, where one code stands for several conditions. */
  readonly message?: string;
  /** Another code for this field or parameter: `{ model: "invalid_model" }`. */
  readonly fields?: Readonly<Record<string, Code>>;
  /** Another spelling for an operation. */
  readonly operations?: Readonly<Partial<Record<Operation, Code>>>;
}

/** All conditions, each with its spelling. A contract that forgets one does not compile. */
export type Conditions<Code extends string, Operation extends string> = Readonly<
  Record<Condition, Spelling<Code, Operation>>
>;

const PLACEHOLDER = /\{(\w+)\}/g;

export const FACT_NAMES: readonly FactName[] = [
  "param",
  "expected",
  "retryAfter",
  "limit",
  "allowed",
];

/** The names that a template speaks of, in order of appearance. */
export function placeholdersOf(template: string): string[] {
  return Array.from(template.matchAll(PLACEHOLDER), (match) => match[1] ?? "");
}

/** Fills a template. `retryAfterSeconds` is what the header will say, so that the two can never differ. */
export function fillTemplate(
  template: string,
  facts: Facts,
  retryAfterSeconds: number | undefined,
): string {
  if (!template.includes("{")) return template;
  return template.replace(PLACEHOLDER, (whole, name: string) => {
    switch (name) {
      case "param":
        return facts.param ?? "request";
      case "expected":
        return facts.expected ?? "must be valid";
      case "retryAfter":
        return retryAfterSeconds === undefined ? "a few" : String(retryAfterSeconds);
      case "limit":
        return facts.limit === undefined ? "the limit" : String(facts.limit);
      case "allowed":
        return (facts.allowed ?? []).join(", ");
      default:
        return whole;
    }
  });
}

/** Facts for a refusal that nobody caused: documents and simulation. */
export function exampleFacts(condition: string, entry: CodeEntry): Facts {
  const facts = {
    param: "name",
    expected: "must be a string",
    retryAfterMs: 1_000,
    limit: 60,
    allowed: ["GET"],
    ...entry.example,
  };
  const { param, expected, retryAfterMs, limit, allowed } = facts;
  switch (condition) {
    case "missing_field":
      return { param };
    case "invalid_field":
    case "invalid_parameter":
      return { param, expected };
    case "rate_limited":
    case "concurrency_limited":
      return { retryAfterMs, limit };
    case "credits_unavailable":
    case "request_in_progress":
    case "unavailable":
      return { retryAfterMs };
    case "method_not_allowed":
      return { allowed };
    case "body_too_large":
      return { limit };
    default:
      return entry.example ?? {};
  }
}
