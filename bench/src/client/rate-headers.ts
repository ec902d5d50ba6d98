/** How servers say in headers how a limit stands: the dialects that are spoken. */
import type { Verdict } from "./rate-servers.ts";

/** @param serverMs the server's wall clock */
export type Dialect = (verdict: Verdict, serverMs: number) => Readonly<Record<string, string>>;

const seconds = (ms: number) => `${Math.ceil(ms / 1_000)}`;

/** Seconds until the reset, as most say it. */
export const xRateLimit: Dialect = ({ limit, remaining, resetMs }) => ({
  "x-ratelimit-limit": `${limit}`,
  "x-ratelimit-remaining": `${remaining}`,
  "x-ratelimit-reset": seconds(resetMs),
});

/** A duration, exact to the millisecond. */
const openai: Dialect = ({ limit, remaining, resetMs }) => ({
  "x-ratelimit-limit-requests": `${limit}`,
  "x-ratelimit-remaining-requests": `${remaining}`,
  "x-ratelimit-reset-requests": `${Math.max(1, Math.ceil(resetMs))}ms`,
});

/** The instant of the reset (RFC 3339), in whole seconds. */
const anthropic: Dialect = ({ limit, remaining, resetMs }, serverMs) => {
  const at = new Date(1_000 * Math.ceil((serverMs + resetMs) / 1_000)).toISOString();
  return {
    date: new Date(serverMs).toUTCString(),
    "anthropic-ratelimit-requests-limit": `${limit}`,
    "anthropic-ratelimit-requests-remaining": `${remaining}`,
    "anthropic-ratelimit-requests-reset": at.replace(".000Z", "Z"),
  };
};

/** `RateLimit` and `RateLimit-Policy` (drafts 8 to 11 of the IETF). */
const structured: Dialect = ({ limit, windowMs, remaining, resetMs }) => ({
  ratelimit: `"default";r=${remaining};t=${seconds(resetMs)}`,
  "ratelimit-policy": `"default";q=${limit};w=${windowMs / 1_000}`,
});

/** The instant of the reset as seconds since the epoch. */
const github: Dialect = ({ limit, remaining, resetMs }, serverMs) => ({
  date: new Date(serverMs).toUTCString(),
  "x-ratelimit-limit": `${limit}`,
  "x-ratelimit-remaining": `${remaining}`,
  "x-ratelimit-reset": seconds(serverMs + resetMs),
});

/** A server whose clock is wrong. */
const skewed =
  (dialect: Dialect, byMs: number): Dialect =>
  (verdict, serverMs) =>
    dialect(verdict, serverMs + byMs);

/** By name. All but the silent one also say `Retry-After` when they refuse. */
export const DIALECTS: Readonly<Record<string, Dialect>> = {
  "X-RateLimit, seconds": xRateLimit,
  "OpenAI, durations": openai,
  "Anthropic, RFC 3339": anthropic,
  "RateLimit, drafts 8–11": structured,
  "GitHub, epoch": github,
  "GitHub, 30 s fast": skewed(github, 30_000),
  "GitHub, 30 s slow": skewed(github, -30_000),
};

/** Nothing but `Retry-After`. */
export const silent: Dialect = () => ({});

export function headersOf(
  dialect: Dialect,
  verdict: Verdict,
  serverMs: number,
): Record<string, string> {
  return {
    ...dialect(verdict, serverMs),
    ...(!verdict.isAdmitted && { "retry-after": seconds(verdict.retryMs) }),
  };
}
