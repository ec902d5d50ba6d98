/** Every header that is written by name, and the only place where milliseconds become seconds. */

/** How an API speaks of its rate window in headers. */
export const RATE_LIMIT_HEADERS = ["none", "x-ratelimit", "ratelimit"] as const;

export interface HeaderPolicy {
  /**
   * `none`; `x-ratelimit`: `X-RateLimit-Limit`, `-Remaining` and `-Reset` (epoch seconds) on every answer to
   * an identified key; `ratelimit`: `RateLimit-Policy` and `RateLimit`
   * (draft-ietf-httpapi-ratelimit-headers-11), likewise.
   */
  readonly rateLimit: (typeof RATE_LIMIT_HEADERS)[number];
  /** `Link: <page of the code>; rel="help"` on refusals. Needs `about.docs` with a page a code. @default false */
  readonly help?: boolean;
  /** Names a header for credits left, on answers to calls that cost. @default none */
  readonly creditsRemaining?: string;
  /**
   * Names a header that warns on answers to calls that cost, once so much of the credits or of a budget is used as the
   * highest of the warnings' percents below 100 says: `credits;used=92`, `budget;scope=workspace;used=95` or both, as a
   * list (RFC 9651). @default none
   */
  readonly warning?: string;
}

/** The headers of each way to speak of it. */
export const RATE_LIMIT_NAMES: Readonly<Record<HeaderPolicy["rateLimit"], readonly string[]>> = {
  none: [],
  "x-ratelimit": ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"],
  ratelimit: ["RateLimit-Policy", "RateLimit"],
};

export const REQUEST_ID = "X-Request-Id";
export const CLIENT_REQUEST_ID = "X-Client-Request-Id";
export const RETRY_AFTER = "Retry-After";
/** Says which part of the gate answers without its store: `limits`. */
export const DEGRADED = "Sluice-Degraded";
/** On the stored answer to a repeated idempotency key. */
export const REPLAYED = "Idempotent-Replayed";
export const IDEMPOTENCY_KEY = "Idempotency-Key";
export const SIMULATE = "Sluice-Simulate";
/** An upstream's own refusal, as an RFC 9651 item: `conflict; param="name"`. Never passed on. */
export const REFUSE = "Sluice-Refuse";
/** What an answer cost, in credits, as a header or a trailer of the upstream. Never passed on. */
export const COST = "Sluice-Cost";
/** In a comment of an upstream's event stream, what it has cost so far: `: sluice-cost 3`. Never passed on. */
export const COST_COMMENT = "sluice-cost";

/** RFC 9110 §7.6.1: what is of one connection only, and what each hop writes for itself; in either direction. Lower case. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "content-length",
  "host",
  "expect",
]);

/** What a `Connection` header says is of its own hop, too, in lower case; undefined where it says no more than usual. */
export function namedByConnection(value: string | undefined): ReadonlySet<string> | undefined {
  if (value === undefined || value === "keep-alive" || value === "close") return undefined;
  return new Set(value.split(",").map((name) => name.trim().toLowerCase()));
}

/** Whole seconds for `Retry-After`: never early, never 0 (RFC 9110 §10.2.3). */
export function retryAfterSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

/** Epoch seconds for `X-RateLimit-Reset`: the first whole second that is not too early. */
export function epochSeconds(wallMs: number): number {
  return Math.ceil(wallMs / 1_000);
}

/** Delta seconds for `RateLimit`'s `t`: never early. */
export function deltaSeconds(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1_000));
}
