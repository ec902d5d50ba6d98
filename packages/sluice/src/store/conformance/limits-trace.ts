// Random calls on Limits, each decision compared with the model's: costs, changing limits, several
// windows and slots at once, a clock that steps both ways, and a retry at the very instant.

import type { Random } from "../../base/index.ts";
import type { Admission, Limits, SlotClaim, WindowClaim } from "../../gate/stores.ts";
import { check, equal } from "./check.ts";
import { LimitsModel } from "./limits-model.ts";

const stepsMax = 30;

interface TracedWindow {
  readonly id: string;
  readonly windowMs: number;
  limit: number;
}

/** One trace over counters of its own; answers the latest time that it showed the store. */
export async function runLimitsTrace(
  limits: Limits,
  random: Random,
  name: string,
  startMs: number,
  clock: "shown" | "counted" = "shown",
): Promise<number> {
  const model = new LimitsModel();
  const windows = Array.from({ length: 1 + random.integer(3) }, (_, at) => ({
    id: `${name}, window ${at}`,
    windowMs: random.pick([1, 20, 100, 1_000]),
    limit: 1 + random.integer(8),
  }));
  let nowMs = startMs;
  let latestMs = startMs;
  const held: SlotClaim[] = [];

  async function admit(admission: Admission): Promise<number> {
    latestMs = Math.max(latestMs, nowMs);
    const decided = await limits.admit(admission, nowMs);
    equal(decided, model.admit(admission, nowMs), () => `${name} at ${nowMs - startMs} ms`);
    if (decided.admitted) held.push(...admission.slots);
    return decided.admitted ? 0 : decided.retryAfterMs;
  }

  const steps = 1 + random.integer(stepsMax);
  for (let step = 0; step < steps; step++) {
    const stepMs = timeStep(random);
    if (stepMs > 0 || clock === "shown") nowMs += stepMs;
    if (random.integer(6) === 0) random.pick(windows).limit = 1 + random.integer(8);
    if (held.length > 0 && random.integer(3) === 0) {
      const given = [random.pick(held)];
      await limits.release(given);
      model.release(given);
    }
    const admission = randomAdmission(random, name, windows);
    const retryAfterMs = await admit(admission);
    // A slot may come free earlier than its lease ends, so only a window's wait is a promise.
    if (retryAfterMs === 0 || retryAfterMs === Number.POSITIVE_INFINITY) continue;
    if (admission.slots.length > 0 || random.integer(2) === 0) continue;
    nowMs += retryAfterMs - 1;
    check((await admit(admission)) > 0, `${name}: admitted 1 ms before its time`);
    nowMs += 1;
    check((await admit(admission)) === 0, `${name}: refused at the instant it was told`);
  }
  return latestMs;
}

function timeStep(random: Random): number {
  const chance = random.integer(20);
  if (chance === 0) return -random.integer(2_000);
  if (chance === 1) return random.integer(5_000);
  if (chance < 8) return 0;
  return random.integer(chance < 14 ? 5 : 60);
}

function randomAdmission(
  random: Random,
  name: string,
  windows: readonly TracedWindow[],
): Admission {
  const some = random.integer(3) === 0 ? [random.pick(windows)] : windows;
  return {
    windows: some.map(({ id, windowMs, limit }): WindowClaim => {
      const cost = random.integer(3) === 0 ? 1 + random.integer(limit + 1) : 1;
      return { id, windowMs, limit, cost };
    }),
    slots: Array.from({ length: Math.max(0, random.integer(5) - 2) }, (_, at) => ({
      id: `${name}, slot ${at}`,
      member: `call ${random.integer(6)}`,
      limit: 1 + random.integer(3),
      leaseMs: random.pick([5, 50, 3_000]),
    })),
  };
}
