/** Servers that limit a rate, exactly: one for each way in which limits are counted in the wild. */

export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

export interface Verdict extends Rate {
  readonly isAdmitted: boolean;
  readonly remaining: number;
  /** When the window's state changes for the better. */
  readonly resetMs: number;
  /** How long until one more would be admitted. */
  readonly retryMs: number;
}

export interface RateServer {
  /** A call arrives; times never go back. A call that is refused is not counted. */
  handle(atMs: number): Verdict;
}

/** Times are sums of fractions: what is due at an instant must not miss it by the last bit. */
const EPSILON_MS = 1e-6;

/** Keeps when each call came. */
export function slidingServer(
  { limit, windowMs }: Rate,
  { countsRefused = false, limitAt = (_atMs: number) => limit } = {},
): RateServer {
  let log: number[] = [];
  return {
    handle(atMs) {
      const most = limitAt(atMs);
      log = log.filter((tookMs) => atMs - tookMs < windowMs - EPSILON_MS);
      const isAdmitted = log.length < most;
      if (isAdmitted || countsRefused) log.push(atMs);
      const blocking = log[log.length - most];
      const retryMs = blocking === undefined ? 0 : blocking + windowMs - atMs;
      const resetMs = (log[0] ?? atMs) + windowMs - atMs;
      const remaining = Math.max(0, most - log.length);
      return { isAdmitted, limit: most, windowMs, remaining, resetMs, retryMs };
    },
  };
}

/** Counts from one reset to the next; the first comes `windowMs - phaseMs` after time 0. */
export function fixedServer({ limit, windowMs }: Rate, phaseMs: number): RateServer {
  let window = 0;
  let used = 0;
  return {
    handle(atMs) {
      const current = Math.floor((atMs + phaseMs + EPSILON_MS) / windowMs);
      if (current > window) [window, used] = [current, 0];
      const isAdmitted = used < limit;
      if (isAdmitted) used++;
      const remaining = limit - used;
      const resetMs = (current + 1) * windowMs - phaseMs - atMs;
      const retryMs = remaining > 0 ? 0 : resetMs;
      return { isAdmitted, limit, windowMs, remaining, resetMs, retryMs };
    },
  };
}

/** Two buckets: the older counts by how much of it the window still covers. Its reset is the newer one's end. */
export function counterServer({ limit, windowMs }: Rate, phaseMs: number): RateServer {
  let bucket = 0;
  let [older, newer] = [0, 0];
  const untilRoom = (part: number) => {
    if (older * (1 - part) + newer + 1 <= limit + EPSILON_MS) return 0;
    const within = older === 0 ? 2 : 1 - (limit - newer - 1) / older;
    const parts = within <= 1 ? within - part : 1 - part + Math.max(0, 1 - (limit - 1) / newer);
    return parts * windowMs;
  };
  return {
    handle(atMs) {
      const position = (atMs + phaseMs + EPSILON_MS) / windowMs;
      const current = Math.floor(position);
      const part = position - current;
      if (current > bucket) {
        [older, newer] = [current === bucket + 1 ? newer : 0, 0];
        bucket = current;
      }
      const isAdmitted = untilRoom(part) === 0;
      if (isAdmitted) newer++;
      const left = limit - older * (1 - part) - newer;
      const remaining = Math.max(0, Math.floor(left + EPSILON_MS));
      const resetMs = (1 - part) * windowMs;
      return { isAdmitted, limit, windowMs, remaining, resetMs, retryMs: untilRoom(part) };
    },
  };
}

/** A bucket of tokens, which is GCRA by another name; its reset is when the next token comes. */
export function bucketServer({ limit, windowMs }: Rate, burst: number): RateServer {
  let tokens = burst;
  let knownMs = 0;
  const untilMs = (wanted: number) => Math.max(0, ((wanted - tokens) * windowMs) / limit);
  return {
    handle(atMs) {
      tokens = Math.min(burst, tokens + ((atMs - knownMs) * limit) / windowMs);
      knownMs = atMs;
      const isAdmitted = tokens >= 1 - EPSILON_MS;
      if (isAdmitted) tokens--;
      const remaining = Math.max(0, Math.floor(tokens + EPSILON_MS));
      const resetMs = untilMs(Math.min(burst, remaining + 1));
      const retryMs = remaining > 0 ? 0 : untilMs(1);
      return { isAdmitted, limit, windowMs, remaining, resetMs, retryMs };
    },
  };
}

/** When the last of so many calls could arrive at best, were everything known and no way to go. */
export function bestMs(server: RateServer, calls: number): number {
  let nowMs = 0;
  for (let call = 0; call < calls; ) {
    const { isAdmitted, retryMs } = server.handle(nowMs);
    if (isAdmitted) call++;
    else nowMs += Math.max(retryMs, EPSILON_MS);
  }
  return nowMs;
}
