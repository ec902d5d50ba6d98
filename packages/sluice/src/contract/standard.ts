/**
 * A ready catalogue for APIs that have no codes of their own yet: one code a condition, in snake_case, with a
 * page each. Spread it and change what you like.
 */
import type { CodeEntry } from "./catalogue.ts";
import { CONDITION_NAMES, CONDITIONS, type Condition } from "./condition.ts";
import { nested } from "./envelope.ts";
import { PAGE_HEADINGS } from "./page.ts";

type Advice = Pick<CodeEntry, "action" | "retry">;
type Row = readonly [status: number, type: string, message: string, advice: Advice];

const FIX: Advice = { action: "fix_request", retry: "never" };
const ROTATE: Advice = { action: "rotate_key", retry: "never" };
const WAIT: Advice = { action: "wait", retry: "wait" };
const TRY_AGAIN: Advice = { action: "wait", retry: "backoff" };
const TOP_UP: Advice = { action: "top_up", retry: "never" };
const UPGRADE: Advice = { action: "upgrade", retry: "never" };
const ASK: Advice = { action: "contact", retry: "never" };

const INVALID = "invalid_request_error";
const KEY = "authentication_error";
const PERMISSION = "permission_error";
const RATE = "rate_limit_error";
const CREDITS = "insufficient_credits";
const SERVER = "server_error";
const IDEMPOTENCY = "idempotency_error";

const ROWS = {
  malformed_request: [400, INVALID, "The request is not valid HTTP.", FIX],
  headers_too_large: [431, INVALID, "The request's headers are too large.", FIX],
  request_timeout: [408, INVALID, "The request did not arrive in time.", TRY_AGAIN],
  missing_key: [401, KEY, "No API key was provided.", FIX],
  malformed_key: [401, KEY, "The API key does not have the right format.", FIX],
  unknown_key: [401, KEY, "The API key is not valid.", ROTATE],
  revoked_key: [401, KEY, "The API key has been revoked.", ROTATE],
  expired_key: [401, KEY, "The API key has expired.", ROTATE],
  rate_limited: [429, RATE, "Rate limit exceeded. Retry after {retryAfter} seconds.", WAIT],
  concurrency_limited: [429, RATE, "Too many requests at once. At most {limit} may run.", WAIT],
  subscription_inactive: [402, PERMISSION, "The account's subscription is not active.", ASK],
  plan_required: [403, PERMISSION, "The account's plan does not include this call.", UPGRADE],
  forbidden: [403, PERMISSION, "The API key lacks the permission for this call.", ASK],
  not_found: [404, INVALID, "The resource does not exist.", FIX],
  method_not_allowed: [405, INVALID, "The method is not allowed here. Use {allowed}.", FIX],
  body_too_large: [413, INVALID, "The request body is larger than {limit} bytes.", FIX],
  unsupported_media_type: [415, INVALID, "The request body must be JSON.", FIX],
  malformed_body: [400, INVALID, "The request body is not valid JSON.", FIX],
  invalid_parameter: [400, INVALID, "Invalid parameter '{param}': {expected}.", FIX],
  missing_field: [400, INVALID, "Missing required field '{param}'.", FIX],
  invalid_field: [400, INVALID, "Invalid field '{param}': {expected}.", FIX],
  credits_exhausted: [402, CREDITS, "Not enough credits are left for this call.", TOP_UP],
  budget_exceeded: [402, CREDITS, "A budget of this workspace, project or key is spent.", TOP_UP],
  credits_unavailable: [503, SERVER, "Credits cannot be checked right now.", TRY_AGAIN],
  request_in_progress: [409, IDEMPOTENCY, "A request with this key is still running.", WAIT],
  idempotency_key_reused: [422, IDEMPOTENCY, "This key came with another request before.", FIX],
  replay_unavailable: [409, IDEMPOTENCY, "The first request left no answer to repeat.", FIX],
  conflict: [409, INVALID, "A resource with the same identity already exists.", FIX],
  plan_limit_reached: [422, INVALID, "The plan allows no more of these.", UPGRADE],
  resource_limit_reached: [422, INVALID, "This resource can hold no more.", FIX],
  internal: [500, SERVER, "Something went wrong on our side.", TRY_AGAIN],
  unavailable: [503, SERVER, "The service is temporarily unavailable.", TRY_AGAIN],
  upstream_timeout: [504, SERVER, "The service did not answer in time.", TRY_AGAIN],
} as const satisfies Readonly<Record<Condition, Row>>;

type StandardCode = Condition;

function entryOf([status, type, message, advice]: Row): CodeEntry {
  return { status, type, message, ...advice };
}

const END_USER: Readonly<Record<CodeEntry["action"], string>> = {
  wait: "We are a little busy. Please try again in a moment.",
  top_up: "This feature is used up for now. Please contact the owner of the account.",
  upgrade: "This feature is not part of the current plan.",
  fix_request: "We could not process this. Please check what you entered.",
  rotate_key: "This feature is not set up correctly. Please contact support.",
  contact: "This feature is not available. Please contact support.",
};

const FIXES: Readonly<Record<CodeEntry["action"], string>> = {
  wait: "Wait as long as `Retry-After` says, or longer each time where there is none; then try again.",
  top_up: "Add credits, raise the budget, or wait for the next period. Trying again does not help.",
  upgrade: "Move the account to a plan that includes it. Trying again does not help.",
  fix_request: "Change the request; the message says what is wrong. The same request fails again.",
  rotate_key: "Create a new key and use it instead. The same key fails again.",
  contact: "Ask the owner of the account, or support. The same request fails again.",
};

function pageOf(condition: Condition): string {
  const { action } = entryOf(ROWS[condition]);
  const texts = [CONDITIONS[condition].means, FIXES[action], END_USER[action]];
  const sections = PAGE_HEADINGS.map((heading, i) => `## ${heading}\n\n${texts[i] ?? ""}\n`);
  return `# ${condition}\n\n${sections.join("\n")}`;
}

function forEach<T>(make: (condition: Condition) => T): Record<StandardCode, T> {
  const all = CONDITION_NAMES.map((condition) => [condition, make(condition)] as const);
  return Object.fromEntries(all) as Record<StandardCode, T>;
}

/** Spread `standard.wire` into `defineWire` and hand `standard.pages` to `defineApi`. */
export const standard = {
  wire: {
    envelope: nested(),
    codes: forEach((condition) => entryOf(ROWS[condition])),
    conditions: forEach((condition) => condition) as { readonly [C in Condition]: C },
    headers: { rateLimit: "x-ratelimit" },
  },
  pages: forEach(pageOf),
} as const;
