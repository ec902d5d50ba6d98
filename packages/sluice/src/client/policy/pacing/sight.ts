// What one answer shows of the server's window, in the client's time.
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../base/index.ts";
import type { RateState } from "../../failure/hints.ts";

/**
 * Times are those at which a call would have to leave to arrive at the quickest: the way there takes everybody so
 * long that it cancels out, and only the difference between two calls, the jitter, is left.
 */
export interface Sight {
  /** The call's number in the order of leaving. */
  readonly number: number;
  readonly sentMs: number;
  /** How many before it may have reached the server after it. */
  readonly unsettled: number;
  readonly remaining: number;
  /** The server handled it at some time from `sentMs` to this one. */
  readonly handledByMs: number;
  /** How long the reset was away: at least and at most. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** Between these two is the reset that it spoke of. */
  readonly resetFromMs: number;
  readonly resetByMs: number;
}

/** Where no reset and no window is told: most limits are counted by the minute. */
const USUAL_WINDOW_MS = MINUTE_MS;

export function sightOf(
  call: Pick<Sight, "number" | "sentMs" | "unsettled">,
  state: RateState,
  nowMs: number,
  jitterMs: number,
  windowMs: number | undefined,
): Sight {
  const handledByMs = Math.min(nowMs, call.sentMs + jitterMs);
  const spanMs = state.resetMs ?? windowMs ?? USUAL_WINDOW_MS;
  const leastMs = spanMs - state.resetEarlyMs;
  const mostMs = spanMs + state.resetLateMs;
  return {
    number: call.number,
    sentMs: call.sentMs,
    unsettled: call.unsettled,
    remaining: state.remaining,
    handledByMs,
    leastMs,
    mostMs,
    resetFromMs: call.sentMs + leastMs,
    resetByMs: handledByMs + mostMs,
  };
}

/** No shorter than the window can be, by what was told: a minute, an hour, a day or a month. */
export function usualWindowMs(atLeastMs: number): number {
  for (const windowMs of [USUAL_WINDOW_MS, HOUR_MS, DAY_MS]) {
    if (atLeastMs <= windowMs) return windowMs;
  }
  return Math.max(atLeastMs, 30 * DAY_MS);
}
