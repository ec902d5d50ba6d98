// What an estimate is asked about: how many keys call how often, on which plans, and what serves them. From options to
// numbers, each with a bound.

import { StartError } from "../../../start-error.ts";
import type { TypedFor } from "../../command/commands.ts";

export interface PlanShare {
  readonly name: string;
  /** Of all keys, from 0 to 1. */
  readonly share: number;
  /** Requests a minute that a key may make. */
  readonly limit: number;
}

export interface Demand {
  readonly nodes: number;
  readonly keys: number;
  readonly requestsPerSecond: number;
  readonly plans: readonly PlanShare[];
  /** Of the requests, in percent: those that cost credits. */
  readonly chargedPercent: number;
  readonly limitsServers: number;
  readonly databaseCores: number;
  /** Verified keys that a node remembers. */
  readonly keyCacheMax: number;
  /** Whether all requests of a key come to one node. */
  readonly isByKey: boolean;
  readonly logDays: number;
  readonly wayMs: number;
  readonly commitMs: number;
  readonly prices: Prices;
}

/** In any currency. */
export interface Prices {
  readonly coreHour: number;
  readonly memoryGibHour: number;
  readonly diskGibMonth: number;
}

const PLANS = ["free=80%:10", "pro=19%:60", "business=1%:600"];
const PLANS_MAX = 10;

export function demandFrom(typed: TypedFor<"simulate scale">): Demand {
  return {
    nodes: whole("nodes", typed.nodes ?? "8", 1, 64),
    keys: whole("keys", typed.keys ?? "1000000", 1, 1_000_000_000),
    requestsPerSecond: number("rate", typed.rate ?? "100000", 1, 10_000_000),
    plans: plansFrom(typed.plan ?? PLANS),
    chargedPercent: number("charged", typed.charged ?? "20", 0, 100),
    limitsServers: whole("redis-servers", typed["redis-servers"] ?? "4", 1, 64),
    databaseCores: whole("database-cores", typed["database-cores"] ?? "16", 1, 1_000),
    keyCacheMax: whole("key-cache", typed["key-cache"] ?? "10000", 1, 10_000_000),
    isByKey: typed["by-key"] === true,
    logDays: number("log-days", typed["log-days"] ?? "30", 0, 3_650),
    wayMs: number("way-ms", typed["way-ms"] ?? "0.5", 0, 1_000),
    commitMs: number("commit-ms", typed["commit-ms"] ?? "1", 0, 1_000),
    prices: pricesFrom(typed.prices ?? "0.04,0.005,0.1"),
  };
}

function plansFrom(said: readonly string[]): readonly PlanShare[] {
  if (said.length > PLANS_MAX) throw new StartError(`--plan is said more than ${PLANS_MAX} times.`);
  const plans = said.map((one) => {
    const [, name, share, limit] = /^([\w-]+)=([\d.]+)%:([\d.]+)$/.exec(one) ?? [];
    if (name === undefined) {
      throw new StartError(
        `--plan "${one}" is no plan: write <name>=<percent of the keys>%:<requests a minute>, as in "free=80%:10".`,
      );
    }
    return {
      name,
      share: number("plan", share ?? "", 0, 100) / 100,
      limit: number("plan", limit ?? "", 0.1, 1_000_000),
    };
  });
  const sum = plans.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6) {
    const percent = Number((sum * 100).toFixed(4));
    throw new StartError(`The plans of --plan have ${percent} % of the keys: make that 100 %.`);
  }
  return plans;
}

function pricesFrom(said: string): Prices {
  const parts = said.split(",");
  if (parts.length !== 3) {
    throw new StartError(
      `--prices "${said}" are not three: write a core an hour, a GiB of memory an hour, a GiB of disk a month, as in "0.04,0.005,0.1".`,
    );
  }
  const [coreHour, memoryGibHour, diskGibMonth] = parts.map((one) =>
    number("prices", one, 0, 1_000_000),
  ) as [number, number, number];
  return { coreHour, memoryGibHour, diskGibMonth };
}

function whole(option: string, said: string, least: number, most: number): number {
  const value = number(option, said, least, most);
  if (Number.isInteger(value)) return value;
  throw new StartError(`--${option} is ${said}: give a whole number.`);
}

function number(option: string, said: string, least: number, most: number): number {
  const value = said.trim() === "" ? Number.NaN : Number(said);
  if (value >= least && value <= most) return value;
  throw new StartError(`--${option} is "${said}": give a number from ${least} to ${most}.`);
}
