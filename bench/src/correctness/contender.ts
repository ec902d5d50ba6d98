/** A limiter that is compared: how it is opened as its own page says, and how it is asked. */

export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

export interface Verdict {
  readonly passed: boolean;
  /** How long a refused caller is told to wait; undefined where it is told nothing. */
  readonly waitMs?: number;
  /** Neither let in nor refused: what the caller saw in place of both. */
  readonly fault?: string;
}

export interface Limiter {
  ask(key: string, cost?: number): Promise<Verdict>;
  close?(): unknown;
}

/** Two limits on one API: `wide` counts every call, `narrow` those to one of its routes. */
export interface TwoLimits {
  ask(key: string, which: "wide only" | "both"): Promise<Verdict>;
  close?(): unknown;
}

/** What a contender's counters live in: real servers of its own, or this process. */
export interface Servers {
  readonly redisPort?: number;
  /** Where Upstash's HTTP interface is answered. */
  readonly upstashUrl?: string;
  readonly postgres?: PostgresPlace;
}

export interface PostgresPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** What a contender counts in; nothing: this process. */
export type Server = "redis" | "upstash" | "postgres";

export interface Contender {
  /** The heading of its column. */
  readonly name: string;
  readonly isOurs?: true;
  /** The packages whose versions are printed. */
  readonly packages: readonly string[];
  /** How it is set up, in one sentence. */
  readonly setUp: string;
  readonly needs: readonly Server[];
  /** Whether a call can cost more than one place. */
  readonly hasCosts: boolean;
  open(rate: Rate, servers: Servers): Limiter | Promise<Limiter>;
  openTwo(wide: Rate, narrow: Rate, servers: Servers): TwoLimits | Promise<TwoLimits>;
  /** Set up so that failed calls do not count; absent where there is no such setting. */
  openForgiving?(rate: Rate, servers: Servers): ForgivingLimiter | Promise<ForgivingLimiter>;
}

/** Calls that pass and then work, or fail with a 500. */
export interface ForgivingLimiter {
  ask(key: string, how: "works" | "fails"): Promise<Verdict>;
  close?(): unknown;
}

export const PASSED: Verdict = { passed: true };

export function faulty(error: unknown): Verdict {
  return { passed: false, fault: error instanceof Error ? error.name : String(error) };
}

/** What an HTTP server's answer says of a limit. */
export function verdictOf(status: number, retryAfter: string | undefined): Verdict {
  if (status === 200) return PASSED;
  if (status !== 429) return { passed: false, fault: `HTTP ${status}` };
  return retryAfter === undefined
    ? { passed: false }
    : { passed: false, waitMs: Number(retryAfter) * 1_000 };
}
