/** Settings that are each right and together wrong: what one policy promises and another one takes back, with the numbers. */
import { BACKOFF_DEFAULTS, type BackoffOptions, doubled } from "../decide/backoff.ts";
import { BREAKER_DEFAULTS, type BreakerOptions } from "../policy/breaker.ts";
import { BUDGET_DEFAULTS, type RetryBudgetOptions } from "../policy/budget.ts";
import { QUEUE_DEFAULTS, type QueueOptions } from "../policy/queue.ts";

/** As a client's options name them; what is absent has its default. */
export interface PolicySettings {
  readonly attempts?: number;
  readonly deadline?: { readonly totalMs?: number; readonly attemptMs?: number };
  readonly waitMaxMs?: number;
  readonly backoff?: BackoffOptions;
  readonly budget?: RetryBudgetOptions | false;
  readonly breaker?: Omit<BreakerOptions, "onChange"> | false;
  readonly queue?: Omit<QueueOptions, "onShed">;
  /** The server's limit on calls, where it is known. */
  readonly rate?: { readonly limit: number; readonly windowMs: number };
}

export interface Lint {
  /** `error`: a setting that does nothing at all, or nothing but harm. */
  readonly level: "error" | "warning";
  readonly message: string;
}

/** With each policy's own defaults, those of a call as a whole. */
export const CALL_DEFAULTS = {
  attempts: 3,
  totalMs: 30_000,
  attemptMs: 10_000,
  waitMaxMs: 120_000,
} as const;

export const ATTEMPTS_MAX = 5;

/** Empty where all is well, as it is for the defaults. */
export function lintPolicies(settings: PolicySettings): readonly Lint[] {
  const lints: Lint[] = [];
  const complain = (level: Lint["level"], holds: boolean, message: string) => {
    if (holds) lints.push({ level, message });
  };
  const error = complain.bind(undefined, "error");
  const warn = complain.bind(undefined, "warning");
  const { attempts, totalMs, attemptMs } = { ...CALL_DEFAULTS, ...settings, ...settings.deadline };
  const waitsMs = sumOfWaits(attempts, settings.backoff);
  const callMs = Math.min(totalMs, attempts * attemptMs + waitsMs);

  error(
    attempts > ATTEMPTS_MAX,
    `attempts ${attempts}: more than ${ATTEMPTS_MAX} only multiply an outage`,
  );
  const retries = (["backoff", "budget"] as const).filter((name) => settings[name]);
  error(
    attempts === 1 && retries.length > 0,
    `${retries.join(" and ")}: never used, as attempts is 1`,
  );
  error(
    attemptMs > totalMs,
    `deadline.attemptMs ${attemptMs} never ends an attempt: deadline.totalMs ${totalMs} comes first`,
  );
  warn(
    attemptMs <= totalMs && attempts * attemptMs > totalMs,
    `deadline.totalMs ${totalMs} has no room for ${attempts} attempts of ${attemptMs} ms`,
  );
  warn(
    waitsMs > totalMs,
    `deadline.totalMs ${totalMs} is below the waits between ${attempts} attempts, up to ${waitsMs} ms`,
  );
  // The default is for longer deadlines too; who writes a number means it.
  warn(
    (settings.waitMaxMs ?? 0) > totalMs,
    `waitMaxMs ${settings.waitMaxMs} is never waited: deadline.totalMs ${totalMs} comes first`,
  );
  warn(
    (settings.queue?.waitMaxMs ?? 0) > totalMs,
    `queue.waitMaxMs ${settings.queue?.waitMaxMs} is never waited: deadline.totalMs ${totalMs} comes first`,
  );
  lintBudget(settings, warn);
  lintBreaker(settings, callMs, warn);
  lintRate(settings, attemptMs, warn);
  return lints;
}

type Complain = (holds: boolean, message: string) => void;

/** The longest that a throttled call waits between its attempts, where the server names no wait. */
function sumOfWaits(attempts: number, backoff: BackoffOptions = {}): number {
  const { throttledBaseMs, throttledCapMs } = { ...BACKOFF_DEFAULTS, ...backoff };
  let sumMs = 0;
  for (let attempt = 1; attempt < Math.min(attempts, 100); attempt++) {
    sumMs += doubled(throttledBaseMs, attempt, throttledCapMs);
  }
  return sumMs;
}

function lintBudget({ budget, queue }: PolicySettings, warn: Complain): void {
  if (budget === false) return;
  const { tokens, cost, refill } = { ...BUDGET_DEFAULTS, ...budget };
  const { concurrencyStart: burst } = { ...QUEUE_DEFAULTS, ...queue };
  const pays = Math.floor(tokens / cost);
  warn(
    pays < burst,
    `budget: ${tokens} tokens pay for ${pays} retries, fewer than one burst of ${burst} calls`,
  );
  warn(refill === 0, "budget.refill 0: once spent it stays spent, and nothing is retried any more");
}

function lintBreaker({ breaker, rate }: PolicySettings, callMs: number, warn: Complain): void {
  if (breaker === false) return;
  const { windowMs, minimum } = { ...BREAKER_DEFAULTS, ...breaker };
  warn(
    windowMs < callMs,
    `breaker.windowMs ${windowMs} forgets the first failure of a call before its last, up to ${callMs} ms later`,
  );
  const calls = rate === undefined ? minimum : (rate.limit / rate.windowMs) * windowMs;
  warn(
    calls < minimum,
    `breaker.minimum ${minimum} is never reached: the rate lets ${Math.floor(calls)} calls into ${windowMs} ms`,
  );
}

/** Little's law: what runs at once is what comes in a second, times the seconds that it stays. */
function lintRate({ queue, rate }: PolicySettings, attemptMs: number, warn: Complain): void {
  if (rate === undefined) return;
  const fed = (rate.limit / rate.windowMs) * attemptMs;
  for (const name of ["concurrencyMin", "concurrencyStart", "concurrencyMax"] as const) {
    const wanted = queue?.[name] ?? 0;
    warn(
      wanted > Math.max(1, fed),
      `queue.${name} ${wanted} is never reached: ${rate.limit} calls in ${rate.windowMs} ms, of at most ` +
        `${attemptMs} ms each, are ${Math.floor(fed)} at once`,
    );
  }
}
