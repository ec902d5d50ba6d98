/** What a server's headers say about when to come back, in every dialect that is spoken, and how many calls are left. */

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../base/index.ts";

/** What the server advises about one answer. */
export interface Hints {
  /** How long at least, counted from when the answer came. */
  readonly waitMs: number | undefined;
  /** The header that said so. */
  readonly waitFrom: string | undefined;
  /** `x-should-retry`, where the server has an opinion. */
  readonly shouldRetry: boolean | undefined;
}

/** How one of the server's windows stood when it answered. */
export interface RateState {
  /** As `RateLimit` calls it; other headers name none. */
  readonly name?: string;
  readonly limit: number | undefined;
  readonly remaining: number;
  /** Until the window has room again, counted from when the answer came. */
  readonly resetMs: number | undefined;
  /** How much sooner the room may come: rounded seconds, and the server's clock, which is rounded down where it is told. */
  readonly resetEarlyMs: number;
  /** How much later: rounded seconds, which may have been rounded down. */
  readonly resetLateMs: number;
  readonly windowMs: number | undefined;
}

export type HeaderLookUp = (name: string) => string | null | undefined;

export const NO_HINTS: Hints = { waitMs: undefined, waitFrom: undefined, shouldRetry: undefined };

/** No window is longer; what says so is garbage that must not overflow a timer or a date. */
const WAIT_MS_MAX = 400 * DAY_MS;
/** Numbers from here on (September 2001) are instants; a wait of that many seconds would be thirty years. */
const EPOCH_SECONDS_MIN = 1_000_000_000;
const EPOCH_MS_MIN = EPOCH_SECONDS_MIN * SECOND_MS;

/** Headers with a wait, the most exact first, with the milliseconds that their unit has. */
const WAITS = [
  ["retry-after-ms", 1],
  ["x-ms-retry-after-ms", 1],
  ["retry-after", SECOND_MS],
] as const;

/** @param nowMs by our wall clock, when the answer came. */
export function readHints(header: HeaderLookUp, nowMs: number): Hints {
  const veto = header("x-should-retry");
  const shouldRetry = veto === "true" || (veto === "false" ? false : undefined);
  for (const [name, unitMs] of WAITS) {
    const text = textOf(header, name);
    // A date is for `Retry-After` alone (RFC 9110 §10.2.3), and words such as `6m0s` are for neither.
    if (unitMs === 1 ? !NUMBER.test(text) : DURATION.test(text)) continue;
    const wait = readMoment(text, unitMs, header, nowMs);
    if (wait) return { waitMs: wait.ms, waitFrom: name, shouldRetry };
  }
  // Every window that is empty must have room again before the next call can pass.
  const resets = [...readRate(header, nowMs), ...readFamilies(TOKENS, header, nowMs)].flatMap(
    ({ remaining, resetMs }) => (remaining === 0 ? (resetMs ?? []) : []),
  );
  return resets.length === 0
    ? { ...NO_HINTS, shouldRetry }
    : { waitMs: Math.max(...resets), waitFrom: "ratelimit reset", shouldRetry };
}

function textOf(header: HeaderLookUp, name: string): string {
  return header(name)?.trim() ?? "";
}

/**
 * The server's clock at the moment of its answer: instants are its own, so they are compared with its own `Date`.
 * That one says whole seconds, rounded down, so that a wait becomes a little too long, never too short.
 */
function serverTimeMs(header: HeaderLookUp, nowMs: number): number {
  return readInstant(textOf(header, "date")) ?? nowMs;
}

/** Every window of calls that the headers speak of: RFC drafts 6 to 11, `X-RateLimit-*` and its relatives. */
export function readRate(
  header: HeaderLookUp,
  nowMs: number,
  families: readonly Family[] = CALLS,
): readonly RateState[] {
  const rate = textOf(header, "ratelimit");
  const structured = rate && readStructured(rate, textOf(header, "ratelimit-policy"));
  return structured && structured.length > 0 ? structured : readFamilies(families, header, nowMs);
}

export type RateReader = (header: HeaderLookUp, nowMs: number) => readonly RateState[];

/** The same for the answers of one server: while the families that it spoke in all speak, no other is looked for. */
export function createRateReader(): RateReader {
  let spoken = CALLS;
  return (header, nowMs) => {
    const states = readRate(header, nowMs, spoken);
    if (spoken === CALLS) {
      const heard = CALLS.filter(({ remaining }) => header(remaining));
      if (heard.length > 0) spoken = heard;
    } else if (states.length < spoken.length) {
      spoken = CALLS;
      return readRate(header, nowMs);
    }
    return states;
  };
}

/** Headers that speak of one window together, by their names. */
type Family = Readonly<Record<"limit" | "remaining" | "reset", string>>;

function familyOf(pattern: string): Family {
  const [limit = "", remaining = "", reset = ""] = ["limit", "remaining", "reset"].map((part) =>
    pattern.replace("*", part),
  );
  return { limit, remaining, reset };
}

const CALLS = [
  "ratelimit-*",
  "x-ratelimit-*",
  "x-rate-limit-*",
  "x-ratelimit-*-requests",
  "anthropic-ratelimit-requests-*",
].map(familyOf);

/** Windows that count something else than calls: they tell when to come back, and nothing of how many calls may go. */
const TOKENS = [
  "x-ratelimit-*-tokens",
  "anthropic-ratelimit-tokens-*",
  "anthropic-ratelimit-input-tokens-*",
  "anthropic-ratelimit-output-tokens-*",
].map(familyOf);

function readFamilies(
  families: readonly Family[],
  header: HeaderLookUp,
  nowMs: number,
): readonly RateState[] {
  return families.flatMap((family) => {
    const remaining = wholeNumber(textOf(header, family.remaining));
    if (remaining === undefined) return [];
    const reset = readMoment(textOf(header, family.reset), SECOND_MS, header, nowMs);
    const limit = textOf(header, family.limit);
    // Draft 6 may add the policy to the limit: `100, 100;w=60`.
    const windowSeconds = limit.includes(";") ? parameters(limit).get("w") : undefined;
    return [stateOf(wholeNumber(limit), remaining, reset, windowSeconds)];
  });
}

function stateOf(
  limit: number | undefined,
  remaining: number,
  reset: Moment | undefined,
  windowSeconds: number | undefined,
): RateState {
  return {
    limit,
    remaining,
    resetMs: reset?.ms,
    resetEarlyMs: reset?.earlyMs ?? 0,
    resetLateMs: reset?.lateMs ?? 0,
    windowMs: windowSeconds === undefined ? undefined : bounded(windowSeconds * SECOND_MS),
  };
}

function wholeNumber(text: string): number | undefined {
  const digits = /^(\d{1,12})(?![\w.])/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

interface Moment {
  readonly ms: number;
  readonly earlyMs: number;
  readonly lateMs: number;
}

const NUMBER = /^\d{1,20}(\.\d{1,20})?$/;
const DURATION = /^(\d{1,12}(\.\d{1,12})?(ms|s|m|h|d)){1,5}$/;

/** Epoch seconds or milliseconds, a number of units from now, a duration (`6m0s`, `120ms`), or a date. */
function readMoment(
  text: string,
  unitMs: number,
  header: HeaderLookUp,
  nowMs: number,
): Moment | undefined {
  if (DURATION.test(text)) return momentIn(readDuration(text), 1);
  if (!NUMBER.test(text)) {
    const at = readInstant(text);
    return at === undefined ? undefined : momentAt(at, serverTimeMs(header, nowMs), SECOND_MS);
  }
  const value = Number(text);
  const precisionMs = text.includes(".") ? 1 : unitMs;
  if (unitMs > 1 && value >= EPOCH_MS_MIN) {
    return momentAt(value, serverTimeMs(header, nowMs), 1);
  }
  if (unitMs > 1 && value >= EPOCH_SECONDS_MIN) {
    return momentAt(value * unitMs, serverTimeMs(header, nowMs), precisionMs);
  }
  return momentIn(value * unitMs, precisionMs);
}

/** Rounded, nobody knows which way. */
function momentIn(ms: number, precisionMs: number): Moment {
  return { ms: bounded(ms), earlyMs: precisionMs, lateMs: precisionMs };
}

/** From a time of the answer that was rounded down, so that the instant may be that much nearer. */
function momentAt(atMs: number, serverMs: number, precisionMs: number): Moment {
  const moment = momentIn(atMs - serverMs, precisionMs);
  return { ...moment, earlyMs: precisionMs + SECOND_MS };
}

function bounded(ms: number): number {
  return Math.min(Math.max(0, ms), WAIT_MS_MAX);
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
};

function readDuration(text: string): number {
  let sumMs = 0;
  for (const [, number = "", unit = ""] of text.matchAll(/([\d.]+)([a-z]+)/g)) {
    sumMs += Number(number) * (UNITS_MS[unit] ?? 0);
  }
  return sumMs;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;
/** All three forms of RFC 9110 §5.6.7; the oldest, C's `asctime`, means GMT and does not say so. */
const HTTP_DATE = /^[A-Z][a-z]+,? .+\d\d:\d\d:\d\d( GMT| \d{4})$/;

/** Milliseconds since the epoch; by `Date.parse`, which alone takes almost anything for a date. */
function readInstant(text: string): number | undefined {
  const isHttp = HTTP_DATE.test(text);
  if (!isHttp && !RFC_3339.test(text)) return undefined;
  const ms = Date.parse(isHttp && !text.endsWith("GMT") ? `${text} GMT` : text);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * `RateLimit: "name";r=5;t=30` with `RateLimit-Policy: "name";q=60;w=60` (drafts 8 to 11), or the older
 * `limit=60, remaining=5, reset=30` with `60;w=60` (draft 7), which is made one item that is named by its limit. Read by
 * hand: a parser of all structured fields costs more than all else that is read here.
 */
function readStructured(rate: string, policy: string): readonly RateState[] {
  const older = /\bremaining=/.test(rate) && parameters(`;${rate.replaceAll(",", ";")}`);
  const list = older
    ? `${older.get("limit")};r=${older.get("remaining")};t=${older.get("reset")}`
    : rate;
  return items(list).flatMap((item) => {
    const own = parameters(item);
    const left = own.get("r");
    const name = nameOf(item);
    const declared = items(policy).find((candidate) => nameOf(candidate) === name) ?? "";
    // Bytes or calls at once (`qu`) are no calls per window.
    if (left === undefined || /;\s*qu="(?!requests")/.test(declared)) return [];
    const about = parameters(declared);
    const limit = about.get("q") ?? (older ? older.get("limit") : undefined);
    const seconds = own.get("t");
    const reset = seconds === undefined ? undefined : momentIn(seconds * SECOND_MS, SECOND_MS);
    const state = stateOf(limit, left, reset, about.get("w"));
    // In draft 7 it is the limit that stands where the name stands now.
    return [older ? state : { ...state, name }];
  });
}

function items(text: string): readonly string[] {
  return text.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
}

function nameOf(item: string): string {
  return /^\s*"?([^";]*)/.exec(item)?.[1]?.trim() ?? "";
}

function parameters(item: string): ReadonlyMap<string, number> {
  // Without its strings: they may hold what looks like a parameter.
  const found = item.replaceAll(/"[^"]*"/g, "").matchAll(/;\s*([a-z]+)=(\d{1,12})(?![\w.])/g);
  return new Map(Array.from(found, ([, name = "", value]) => [name, Number(value)]));
}
