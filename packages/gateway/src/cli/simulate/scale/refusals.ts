// How many requests are refused: keys of each kind, a few of them, call the production gate in virtual time, and what is
// refused of theirs is refused of all that are like them.

import { MINUTE_MS } from "sluice/base";
import { type Scenario, simulate } from "sluice/sim";
import type { KeyGroup } from "./spread-of-keys.ts";

const WINDOW_MS = MINUTE_MS;
/** The first window fills. */
const COUNTED_MS = 2 * WINDOW_MS;
/** A larger limit is made so much smaller, with what its keys want: beside its limit, a key's chance is then a little larger. */
const LIMIT_MAX = 60;
const REQUESTS_ABOUT = 400;
const KEYS_MAX = 20;
/** Wanting less than so much of a limit, nobody reaches it. */
const NEVER = 0.3;

export interface Refusals {
  readonly group: KeyGroup;
  /** From 0 to 1, of the requests of these keys. */
  readonly share: number;
}

export async function refusalsOf(
  groups: readonly KeyGroup[],
  seed: string,
  onStep: (what: string) => void,
): Promise<readonly Refusals[]> {
  const found: Refusals[] = [];
  for (const group of groups) {
    const { plan, perMinute } = group;
    onStep(`Keys of ${plan.name} that ask ${perMinute.toPrecision(2)} times a minute`);
    const wants = perMinute / plan.limit;
    found.push({ group, share: wants < NEVER ? 0 : await shareOf(wants, plan.limit, seed) });
  }
  return found;
}

async function shareOf(wants: number, limit: number, seed: string): Promise<number> {
  const windowLimit = Math.max(1, Math.round(Math.min(limit, LIMIT_MAX)));
  const perMinute = wants * windowLimit;
  const ofEach = (perMinute * (COUNTED_MS + WINDOW_MS)) / 60_000;
  const count = Math.min(KEYS_MAX, Math.max(1, Math.round(REQUESTS_ABOUT / ofEach)));
  const { intervals } = await simulate(scenarioOf(windowLimit, perMinute, count), seed);
  let [asked, refused] = [0, 0];
  for (const { fromMs, attempts, refused: by } of intervals) {
    if (fromMs < WINDOW_MS || fromMs >= WINDOW_MS + COUNTED_MS) continue;
    asked += attempts;
    refused += by["rate_limited"] ?? 0;
  }
  return asked === 0 ? 0 : refused / asked;
}

function scenarioOf(windowLimit: number, perMinute: number, count: number): Scenario {
  return {
    nodes: { count: 2, driftPpm: 0 },
    limits: { aheadMs: 0, deadlineMs: 30, leaseMs: 15_000, replicaLagMs: 0 },
    network: { callers: { leastMs: 1, moreMs: 0 }, stores: { leastMs: 0.5, moreMs: 0 } },
    allowed: {
      ...{ windowLimit, windowMs: WINDOW_MS, workLimit: 1_000_000, workMs: WINDOW_MS },
      ...{ slots: 1_000, credits: 0, limitsDown: "local" },
    },
    work: {
      tookMs: { leastMs: 5, moreMs: 0 },
      ...{ longPercent: 0, longMs: 0, failPercent: 0 },
    },
    callers: [
      {
        ...{ name: "keys", count, perAccount: 1, shape: "steady", perMinute, policy: "none" },
        ...{ makePercent: 0, askPercent: 0, leavePercent: 0, strangerPercent: 0 },
      },
    ],
    faults: [],
    revocations: [],
    durationMs: WINDOW_MS + COUNTED_MS,
    recoveryMs: 1_000,
  };
}
