/**
 * The conditions: every reason for which a gate can say no, in a vocabulary that no API owns. A contract
 * spells each of them as its own code, status and message; the type checker sees to it that none is left out.
 */

/** The nine steps of the gate, in their order. */
export const STEPS = [
  "match",
  "identify",
  "admit",
  "authorise",
  "validate",
  "reserve",
  "run",
  "settle",
  "respond",
] as const;

export type StepName = (typeof STEPS)[number];

/** What a message template may speak of, and what a refusal can carry. */
export type FactName = "param" | "expected" | "retryAfter" | "limit" | "allowed";

/** What is true of a condition in every API. */
export interface ConditionEntry {
  /** The step that owns it: raises it, and raises it when it is simulated. */
  readonly step: StepName;
  /** Whether a refusal for this reason always knows when to come back. */
  readonly waits: boolean;
  /** The facts that every refusal for this reason carries. */
  readonly facts: readonly FactName[];
  /** One sentence for documents and logs, which tells callers nothing of what is behind the gate. */
  readonly means: string;
}

function entry(
  step: StepName,
  means: string,
  facts: readonly FactName[] = [],
): ConditionEntry & { readonly waits: false } {
  return { step, means, facts, waits: false };
}

function waiting(
  step: StepName,
  means: string,
  facts: readonly FactName[] = [],
): ConditionEntry & { readonly waits: true } {
  return { step, means, facts: ["retryAfter", ...facts], waits: true };
}

const TABLE = {
  malformed_request: entry("match", "What arrived is not an HTTP request that can be understood."),
  headers_too_large: entry(
    "match",
    "The request line and the headers are larger than the API reads.",
  ),
  request_timeout: entry("match", "The request did not arrive in time."),

  missing_key: entry("identify", "No API key was sent."),
  malformed_key: entry("identify", "What was sent does not have the shape of a key."),
  unknown_key: entry("identify", "No such key exists."),
  revoked_key: entry("identify", "The key was revoked."),
  expired_key: entry("identify", "The key's date of expiry has passed."),

  rate_limited: waiting("admit", "A rate window is full.", ["limit"]),
  concurrency_limited: waiting("admit", "Too many calls run at once.", ["limit"]),

  subscription_inactive: entry("authorise", "The account's subscription has lapsed."),
  plan_required: entry("authorise", "The account's plan does not include this call."),
  forbidden: entry("authorise", "The key lacks the permission for this call."),

  not_found: entry("validate", "The resource does not exist or belongs to another account."),
  method_not_allowed: entry("validate", "The path exists, but not with this method.", ["allowed"]),
  body_too_large: entry("validate", "The body has more bytes than the call accepts.", ["limit"]),
  unsupported_media_type: entry("validate", "The body is not in a format that the call reads."),
  malformed_body: entry("validate", "The body is not well-formed."),
  invalid_parameter: entry("validate", "A path, query or header parameter has an invalid value.", [
    "param",
    "expected",
  ]),
  missing_field: entry("validate", "A required field of the body is absent.", ["param"]),
  invalid_field: entry("validate", "A field of the body has an invalid value.", [
    "param",
    "expected",
  ]),

  credits_exhausted: entry("reserve", "The account has too few credits left for this call."),
  budget_exceeded: entry("reserve", "A budget of a workspace, project or key is spent."),
  credits_unavailable: waiting("reserve", "Credits cannot be counted at the moment."),
  request_in_progress: waiting("reserve", "A call with the same idempotency key still runs."),
  idempotency_key_reused: entry("reserve", "The idempotency key came before with another request."),
  replay_unavailable: entry("reserve", "The first call with this idempotency key left no answer."),

  conflict: entry("run", "A resource with the same identity exists already."),
  plan_limit_reached: entry("run", "The plan allows no more resources of this kind."),
  resource_limit_reached: entry("run", "This resource can hold no more."),
  internal: entry("run", "Something failed on our side."),
  unavailable: waiting("run", "A part of the service is down or overloaded."),
  upstream_timeout: entry("run", "The work took longer than a call may take."),
} as const;

/** Why a call is refused, whatever the API. */
export type Condition = keyof typeof TABLE;

/** The conditions whose refusals always say when to come back. */
export type WaitingCondition = {
  [C in Condition]: (typeof TABLE)[C]["waits"] extends true ? C : never;
}[Condition];

/** What is true of each condition in every API. */
export const CONDITIONS: Readonly<Record<Condition, ConditionEntry>> = TABLE;

export const CONDITION_NAMES: readonly Condition[] = Object.keys(TABLE) as Condition[];

/** The step that owns a condition; a contract's own (domain) conditions belong to *run*. */
export function stepOf(condition: string): StepName {
  return isCondition(condition) ? CONDITIONS[condition].step : "run";
}

export function isCondition(name: string): name is Condition {
  return Object.hasOwn(CONDITIONS, name);
}
