/** What to make of a status where no contract says: a word for it, whether to try again, who must act. */
import type { Action, RetryAdvice } from "../../contract/index.ts";
import type { Shape } from "./shapes.ts";

const WORDS: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "unauthorized",
  402: "payment_required",
  403: "forbidden",
  404: "not_found",
  408: "request_timeout",
  409: "conflict",
  422: "unprocessable_content",
  429: "rate_limited",
  500: "internal_error",
  502: "bad_gateway",
  503: "service_unavailable",
  504: "gateway_timeout",
  529: "overloaded",
};

/** A code for an answer that has none of its own. */
export function wordFor(status: number): string {
  return WORDS[status] ?? `http_${status}`;
}

/** Kinds of 429 that no waiting ends. By code and type alone: one API words its limit on calls at once "insufficient quota". */
const BILLING =
  /billing|payment|insufficient.?(quota|credit|balance|fund)|(quota|credits?|budget|balance).?(exceeded|exhausted)/i;
const RATE = /rate.?limit|too.?many/i;
const CALLERS_FAULT = /invalid|auth|permission|denied|not.?found|too.?l|unsupported/i;

const BACKOFF = [408, 425, 500, 502, 503, 504];
/** Statuses from here on are words of proxies and of the overloaded. */
const UNOFFICIAL_STATUS_MIN = 520;

function wordsOf({ code, type }: Shape): string {
  return `${code} ${type}`;
}

/** Whether the same call can succeed by itself. An error within a stream has no status: its code and type must do. */
export function adviceFor(status: number | undefined, shape: Shape): RetryAdvice {
  const words = wordsOf(shape);
  const isBilling = BILLING.test(words);
  if (status === undefined) {
    if (isBilling || CALLERS_FAULT.test(words)) return "never";
    return RATE.test(words) ? "wait" : "backoff";
  }
  if (status === 429) return isBilling ? "never" : "wait";
  return BACKOFF.includes(status) || status >= UNOFFICIAL_STATUS_MIN ? "backoff" : "never";
}

const ACTIONS: Readonly<Record<number, Action>> = {
  401: "rotate_key",
  402: "top_up",
  403: "contact",
};

/** Who has to do what, given what waiting cannot do. */
export function actionFor(status: number | undefined, advice: RetryAdvice, shape: Shape): Action {
  if (advice !== "never") return "wait";
  if (BILLING.test(wordsOf(shape))) return "top_up";
  return ACTIONS[status ?? 0] ?? (isRefusal(status) ? "fix_request" : "contact");
}

export function isRefusal(status = 0): boolean {
  return status >= 400 && status < 500;
}

/** 529 is what some servers say for "overloaded": turned away at the door. */
const REFUSED_UNSEEN = [400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 529];

/** Whether the status alone proves that no work began. */
export function isUnseen(status: number): boolean {
  return REFUSED_UNSEEN.includes(status);
}
