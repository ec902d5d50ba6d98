// What is to be simulated, from what was typed.

import { type AnyApi, limitFor } from "sluice";
import { HOUR_MS, SECOND_MS } from "sluice/base";
import type { ClientTuning, ContractScenario, PolicyName, Shape } from "sluice/sim";
import { StartError } from "../../../start-error.ts";
import type { TypedFor } from "../../command/commands.ts";
import { creditsFrom, oneOf, said } from "../../operator/values.ts";
import { numberWithin, timeWithin } from "../numbers.ts";
import { checkTrouble, faultOf, HOWS, PARTS, type Trouble } from "./trouble.ts";
import { usesOf } from "./uses.ts";

export type OutageTyped = TypedFor<"simulate outage">;

export const OTHERS = ["none", "openai", "ky", "p-retry", "axios-retry", "aws"] as const;

/** Of one run: more take longer than anybody waits, and say nothing more. */
const CALLS_MAX = 200_000;
const CALLS_BEFORE_MIN = 20;
const ENOUGH_CREDITS = 1e9;
const RATE_MAX = 30;

const TIMES = { leastMs: SECOND_MS, mostMs: HOUR_MS };

export function troubleFrom(typed: OutageTyped): Trouble {
  const part = oneOf("--part", typed.part ?? "api", PARTS);
  const how = oneOf("--how", typed.how ?? "down", HOWS);
  checkTrouble(part, how);
  if (typed.percent !== undefined && how !== "failing" && how !== "lossy") {
    throw new StartError(
      "--percent is for --how failing and --how lossy: here it would do nothing.",
    );
  }
  if (typed["slow-by"] !== undefined && how !== "slow") {
    throw new StartError("--slow-by is for --how slow: here it would do nothing.");
  }
  return {
    ...{ part, how },
    percent: numberWithin("--percent", typed.percent, 50, { least: 1, most: 100 }),
    slowByMs: timeWithin("--slow-by", typed["slow-by"], 2_000, { leastMs: 1, mostMs: HOUR_MS }),
    fromMs: timeWithin("--from", typed.from, 20_000, { ...TIMES, leastMs: 5_000 }),
    lengthMs: timeWithin("--length", typed.length, 30_000, TIMES),
  };
}

/** With our client: other people's take its place for their runs. */
export function scenarioFrom(api: AnyApi, typed: OutageTyped, trouble: Trouble): ContractScenario {
  const { fromMs, lengthMs } = trouble;
  const afterMs = timeWithin("--after", typed.after, 70_000, TIMES);
  const plan = planFrom(api, typed.plan);
  const clients = numberWithin("--clients", typed.clients, 30, { least: 1, most: 10_000 });
  const rate = { least: 0.1, most: 6_000, isFine: true };
  const perMinute = numberWithin("--rate", typed.rate, usualRate(api, plan), rate);
  const scenario: ContractScenario = {
    nodes: { count: numberWithin("--nodes", typed.nodes, 2, { least: 1, most: 16 }), driftPpm: 50 },
    limits: { aheadMs: 0, deadlineMs: 30, leaseMs: 15_000, replicaLagMs: 0 },
    network: {
      callers: { leastMs: 20, moreMs: 10 },
      stores: { leastMs: 0.5, moreMs: 0.2 },
    },
    work: { tookMs: { leastMs: 40, moreMs: 40 }, longPercent: 0, longMs: 0, failPercent: 0 },
    callers: [
      {
        ...{ name: "callers", count: clients, perAccount: 1, perMinute, plan },
        shape: oneOf<Shape>("--shape", typed.shape ?? "steady", ["steady", "bursty"]),
        policy: "sluice",
        uses: usesOf(api, typed.use ?? []),
        client: tuningFrom(typed),
        ...{ leavePercent: 0, strangerPercent: 0 },
      },
    ],
    credits: typed.credits === undefined ? ENOUGH_CREDITS : creditsFrom("--credits", typed.credits),
    faults: [faultOf(trouble)],
    revocations: [],
    durationMs: fromMs + lengthMs,
    recoveryMs: afterMs,
  };
  checkSize(scenario);
  return scenario;
}

/** Before anything is run: whoever asks for too much should hear it at once. */
export function checkSize({ callers, faults, durationMs, recoveryMs }: ContractScenario): void {
  const minutes = (durationMs + recoveryMs) / 60_000;
  const perMinute = callers.reduce((sum, group) => sum + group.count * group.perMinute, 0);
  const before = perMinute * (Math.min(...faults.map(({ fromMs }) => fromMs)) / 60_000);
  if (before < CALLS_BEFORE_MIN) {
    throw new StartError(
      `That is about ${Math.round(before)} calls before the outage: too few to know what is normal, give ${CALLS_BEFORE_MIN}. ` +
        "More --clients, a higher --rate, or a later --from.",
    );
  }
  if (perMinute * minutes <= CALLS_MAX) return;
  const calls = Math.round(perMinute * minutes);
  throw new StartError(
    `That is about ${calls} calls: at most ${CALLS_MAX} are simulated. Fewer --clients, a lower --rate, or less time.`,
  );
}

export function othersFrom({ compare = [], alone }: OutageTyped): readonly PolicyName[] {
  if (!alone) {
    return compare.length === 0 ? OTHERS : compare.map((one) => oneOf("--compare", one, OTHERS));
  }
  if (compare.length === 0) return [];
  throw new StartError(
    "--alone compares with nobody, so --compare would do nothing: leave one out.",
  );
}

function planFrom({ wire, server }: AnyApi, text: string | undefined): string {
  const [first = wire.plans[0] ?? ""] = server.requires?.plans ?? wire.plans;
  return text === undefined ? first : oneOf("--plan", text, wire.plans);
}

/** Half of what the windows let a key do. */
function usualRate({ wire }: AnyApi, plan: string): number {
  let rate = RATE_MAX;
  for (const { limit, windowMs } of Object.values(wire.windows)) {
    const perMinute = ((limitFor(limit, plan) ?? Number.POSITIVE_INFINITY) * 60_000) / windowMs;
    rate = Math.min(rate, perMinute / 2);
  }
  return Math.max(0.1, Math.round(rate * 10) / 10);
}

function tuningFrom(typed: OutageTyped): ClientTuning {
  const { attempts, breaker, budget } = typed;
  const base = typed["base-delay"];
  const count = numberWithin("--attempts", attempts, 3, { least: 1, most: 5 });
  if (count === 1 && base !== undefined) {
    throw new StartError("--base-delay is before a second attempt, and --attempts 1 has none.");
  }
  const delay = { leastMs: 20, mostMs: 8_000 };
  const totalMs = timeWithin("--deadline", typed.deadline, 30_000, { ...TIMES, mostMs: 600_000 });
  const attemptMs = Math.min(10_000, totalMs);
  return said({
    attempts: attempts === undefined ? undefined : count,
    backoff:
      base === undefined ? undefined : { baseMs: timeWithin("--base-delay", base, 0, delay) },
    deadline: typed.deadline === undefined ? undefined : { totalMs, attemptMs },
    breaker: breaker === undefined ? undefined : breakerFrom(breaker),
    budget: budget === undefined ? undefined : budgetFrom(budget),
  });
}

function budgetFrom(text: string): NonNullable<ClientTuning["budget"]> {
  if (text === "none") return false;
  return { tokens: numberWithin("--budget", text, 50, { least: 5, most: 10_000 }) };
}

function breakerFrom(text: string): NonNullable<ClientTuning["breaker"]> {
  if (text === "none") return false;
  return { consecutive: numberWithin("--breaker", text, 5, { least: 2, most: 1_000 }) };
}
