/**
 * How long to wait where the server did not say. Full jitter for what is transient: of all the ways to spread callers it
 * sends the fewest requests. For what is throttled the lower half is left out: an early retry is certainly refused.
 */
import type { Random } from "../../base/index.ts";
import { insist, numbers } from "./numbers.ts";

export interface BackoffOptions {
  /** No wait is shorter. @default 20 */
  readonly floorMs?: number;
  /** The first wait for something transient is below this; each further one below twice the last. @default 200 */
  readonly baseMs?: number;
  /** @default 8,000 */
  readonly capMs?: number;
  /** The same for a throttled call. @default 1,000 */
  readonly throttledBaseMs?: number;
  /** @default 30,000 */
  readonly throttledCapMs?: number;
}

export interface Backoff {
  /** @param attempt the one that failed, from 1. */
  transientMs(attempt: number, random: Random): number;
  throttledMs(attempt: number, random: Random): number;
}

export const BACKOFF_DEFAULTS: Readonly<Required<BackoffOptions>> = {
  floorMs: 20,
  baseMs: 200,
  capMs: 8_000,
  throttledBaseMs: 1_000,
  throttledCapMs: 30_000,
};

export function createBackoff(options: BackoffOptions = {}): Backoff {
  const { floorMs, baseMs, capMs, throttledBaseMs, throttledCapMs } = numbers(
    "backoff",
    BACKOFF_DEFAULTS,
    options,
    ["floorMs"],
  );
  insist(floorMs <= baseMs && baseMs <= capMs, "backoff: floorMs ≤ baseMs ≤ capMs must hold");
  insist(throttledBaseMs <= throttledCapMs, "backoff: throttledBaseMs is above throttledCapMs");
  return {
    transientMs: (attempt, random) =>
      Math.max(floorMs, random.float() * doubled(baseMs, attempt, capMs)),
    throttledMs: (attempt, random) =>
      (0.5 + random.float() / 2) * doubled(throttledBaseMs, attempt, throttledCapMs),
  };
}

const JITTER_SHARE = 0.1;
const JITTER_MAX_MS = 2_000;

/** A wait that a server named: a lower bound, after which callers must not all come back at once. */
export function spread(toldMs: number, random: Random): number {
  return toldMs + random.float() * Math.min(toldMs * JITTER_SHARE, JITTER_MAX_MS);
}

/** The longest wait after that many attempts. */
export function doubled(baseMs: number, attempt: number, capMs: number): number {
  return Math.min(capMs, baseMs * 2 ** (attempt - 1));
}
