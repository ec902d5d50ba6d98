/** Servers that limit a rate, exactly, and say how it stands: a sliding log, and windows one after the other. */

export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

export interface Verdict {
  readonly isAdmitted: boolean;
  readonly remaining: number;
  /** When the window's state changes for the better. */
  readonly resetMs: number;
  /** How long until one more would be admitted. */
  readonly retryMs: number;
}

export interface RateServer {
  readonly limit: number;
  /** A call arrives; times never go back. A call that is refused is not counted. */
  handle(atMs: number): Verdict;
}

/** Keeps when each call came. */
export function slidingServer({ limit, windowMs }: Rate): RateServer {
  let log: number[] = [];
  return {
    limit,
    handle(atMs) {
      log = log.filter((tookMs) => atMs - tookMs < windowMs);
      const isAdmitted = log.length < limit;
      if (isAdmitted) log.push(atMs);
      const resetMs = (log[0] ?? atMs) + windowMs - atMs;
      const remaining = limit - log.length;
      return { isAdmitted, remaining, resetMs, retryMs: remaining > 0 ? 0 : resetMs };
    },
  };
}

/** Counts from one reset to the next; the first comes `windowMs - phaseMs` after time 0. */
export function fixedServer({ limit, windowMs }: Rate, phaseMs: number): RateServer {
  let window = 0;
  let used = 0;
  return {
    limit,
    handle(atMs) {
      const current = Math.floor((atMs + phaseMs) / windowMs);
      if (current > window) [window, used] = [current, 0];
      const isAdmitted = used < limit;
      if (isAdmitted) used++;
      const remaining = limit - used;
      const resetMs = (current + 1) * windowMs - phaseMs - atMs;
      return { isAdmitted, remaining, resetMs, retryMs: remaining > 0 ? 0 : resetMs };
    },
  };
}

export function rateHeaders(server: RateServer, verdict: Verdict): Record<string, string> {
  const seconds = (ms: number) => `${Math.ceil(ms / 1_000)}`;
  return {
    "x-ratelimit-limit": `${server.limit}`,
    "x-ratelimit-remaining": `${verdict.remaining}`,
    "x-ratelimit-reset": seconds(verdict.resetMs),
    ...(!verdict.isAdmitted && { "retry-after": seconds(verdict.retryMs) }),
  };
}

/** When the last of so many calls could arrive at best, were everything known and no way to go. */
export function bestMs(server: RateServer, calls: number): number {
  let nowMs = 0;
  for (let call = 0; call < calls; ) {
    const { isAdmitted, retryMs } = server.handle(nowMs);
    if (isAdmitted) call++;
    else nowMs += retryMs;
  }
  return nowMs;
}
