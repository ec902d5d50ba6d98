// Whether limits that count on by themselves let more pass than they may, while Redis is killed and comes back empty: by
// the callers' own count and by what they were told.

import { uuidTimeMs } from "sluice/base";
import type { Attempt } from "./attempts.ts";
import type { Payer } from "./home.ts";
import { fullestOf, staysOf, wasLetIn } from "./windows.ts";

/** Redis was gone from the first moment to the second: by then a new one had started. */
export interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Fullness {
  readonly payer: Payer;
  /** At most limit × (servers + 1): what Redis had let in, and once more what each server did by itself. */
  readonly inAll: number;
  /** Windows that begin after Redis died: at most limit × servers, since what they let in counts when it is back. */
  readonly afterDeath: number;
  /** What Redis let in, in one life: at most the limit. */
  readonly byRedis: number;
  /** What one server let in by itself: at most the limit. */
  readonly byOneServer: number;
}

export interface Scene {
  readonly attempts: readonly Attempt[];
  readonly outages: readonly Outage[];
  readonly windowMs: number;
  readonly servers: number;
}

/** What was under way when Redis died it may have let in, or not: such a window begins a little later. */
const underWayMs = 100;

export function fullnessOf(payer: Payer, { attempts, outages, windowMs }: Scene): Fullness {
  const letIn = attempts.filter((one) => one.payer === payer && wasLetIn(one));
  const fullest = (some: readonly Attempt[]) => fullestOf(staysOf(some), windowMs).admitted;
  const most = (groups: readonly (readonly Attempt[])[]) => Math.max(0, ...groups.map(fullest));
  const lives = [0, ...outages.map(({ toMs }) => toMs)];
  const inLife = (at: number) => (one: Attempt) =>
    askedAtMs(one) >= (lives[at] ?? 0) &&
    askedAtMs(one) < (lives[at + 1] ?? Number.POSITIVE_INFINITY);
  const exact = letIn.filter(({ heard }) => heard?.degraded === false);
  const byItself = letIn.filter(({ heard }) => heard?.degraded === true);
  const names = new Set(byItself.map(({ server }) => server));
  return {
    payer,
    inAll: fullest(letIn),
    afterDeath: most(
      outages.map(({ fromMs }, at) => {
        const nextMs = outages[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
        return letIn.filter((one) => {
          const atMs = askedAtMs(one);
          return atMs >= fromMs + underWayMs && atMs < nextMs;
        });
      }),
    ),
    byRedis: most(lives.map((_, at) => exact.filter(inLife(at)))),
    byOneServer: most([...names].map((name) => byItself.filter(({ server }) => server === name))),
  };
}

export function judgeFullness(found: readonly Fullness[], servers: number): readonly string[] {
  return found.flatMap(({ payer, inAll, afterDeath, byRedis, byOneServer }) => {
    const { limit, account } = payer;
    const bounds = [
      ["in all", inAll, limit * (servers + 1)],
      ["after Redis had died", afterDeath, limit * servers],
      ["by one Redis", byRedis, limit],
      ["by one server alone", byOneServer, limit],
    ] as const;
    return bounds
      .filter(([, admitted, most]) => admitted > most)
      .map(([what, admitted, most]) => `${account.id}: ${admitted} ${what}, ${most} at most`);
  });
}

/** No outage is a failure, and what was let in without Redis says so. Denials are known for a moment. */
export function judgeAnnouncements({ attempts, outages }: Scene): readonly string[] {
  return attempts.flatMap((one) => {
    const { heard, name } = one;
    if (heard === undefined) return [];
    if (heard.status >= 500) return [`${name} was answered ${heard.status}: ${heard.text}`];
    const isBetween = ({ fromMs, toMs }: Outage) =>
      askedAtMs(one) > fromMs + underWayMs && heard.answeredAtMs < toMs;
    const isSilent = wasLetIn(one) && !heard.degraded && outages.some(isBetween);
    return isSilent ? [`${name} was answered ${heard.status} without Redis, and not told so`] : [];
  });
}

function askedAtMs({ heard }: Attempt): number {
  return uuidTimeMs(heard?.requestId ?? "") ?? Number.NaN;
}
