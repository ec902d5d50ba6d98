// From a demand and unit costs to what is needed: cores, memory, disk, money, and which of them is full first. Arithmetic
// only; what queues and windows do comes from simulations.

import type { Demand } from "./demand.ts";
import { keyCacheOf } from "./key-cache.ts";
import { type KeyGroup, keyGroups } from "./spread-of-keys.ts";
import type { UnitCostName } from "./unit-costs.ts";

export type Costs = Readonly<Record<UnitCostName, number>>;

/** How many decisions and commands of the ledger go together, as a simulation of a moment found. */
export interface Together {
  readonly decisions: number;
  readonly commands: number;
}

export interface Load {
  readonly name: string;
  /** Of one core, for all of it. */
  readonly cores: number;
  readonly has: number;
}

export interface Kept {
  readonly name: string;
  readonly bytes: number;
  readonly place: "memory" | "disk";
}

export interface Estimate {
  readonly groups: readonly KeyGroup[];
  readonly lookUpPercent: number;
  readonly lookUpsPerSecond: number;
  readonly cacheEntries: number;
  readonly loads: readonly Load[];
  readonly kept: readonly Kept[];
  readonly logRowsPerDay: number;
  /** Requests a second at which the fullest of all is full. */
  readonly fullAtPerSecond: number;
  readonly fullest: string;
  readonly pricePerMonth: { readonly name: string; readonly price: number }[];
}

const GIB = 2 ** 30;
const MONTH_HOURS = 730;
const DAY_S = 86_400;
const WINDOW_S = 60;
const FIRST_PLACES = 16;
/** The memory of a process without keys, as a node has it after its start. */
const NODE_BYTES = 150 * 2 ** 20;

export function estimate(demand: Demand, costs: Costs, together: Together): Estimate {
  const groups = keyGroups(demand);
  const cache = keyCacheOf(groups, demand);
  const loads = loadsOf(demand, costs, together, cache.lookUpsPerSecond);
  const kept = keptOf(demand, costs, groups, cache.entries);
  const full = loads.map(({ name, cores, has }) => ({ name, share: cores / has }));
  const fullest = full.reduce((most, one) => (one.share > most.share ? one : most));
  return {
    groups,
    lookUpPercent: cache.lookUpPercent,
    lookUpsPerSecond: cache.lookUpsPerSecond,
    cacheEntries: cache.entries,
    loads,
    kept,
    logRowsPerDay: demand.requestsPerSecond * DAY_S,
    fullAtPerSecond: demand.requestsPerSecond / fullest.share,
    fullest: fullest.name,
    pricePerMonth: pricesOf(demand, kept),
  };
}

function loadsOf(
  { requestsPerSecond: rate, nodes, chargedPercent, limitsServers, databaseCores }: Demand,
  costs: Costs,
  { decisions, commands }: Together,
  lookUps: number,
): readonly Load[] {
  const charged = (rate * chargedPercent) / 100;
  const nodeUs = rate * costs.requestUs + charged * costs.chargedUs;
  const limitsUs = rate * (costs.decisionUs + costs.limitsBatchUs / Math.max(1, decisions));
  const commandUs = costs.commandUs + costs.ledgerBatchUs / Math.max(1, commands);
  const databaseUs = 2 * charged * commandUs + lookUps * costs.lookUpUs + rate * costs.logRowUs;
  return [
    { name: "nodes", cores: nodeUs / 1e6, has: nodes },
    { name: "Redis", cores: limitsUs / 1e6, has: limitsServers },
    { name: "PostgreSQL", cores: databaseUs / 1e6, has: databaseCores },
  ];
}

function keptOf(
  { keys, nodes, requestsPerSecond, chargedPercent, logDays }: Demand,
  costs: Costs,
  groups: readonly KeyGroup[],
  cacheEntries: number,
): readonly Kept[] {
  let limits = 0;
  for (const { keys: count, perMinute, plan } of groups) {
    // A window is kept for as long again as it lasts.
    const isThere = 1 - Math.exp((-perMinute / 60) * 2 * WINDOW_S);
    const places = Math.min(perMinute, plan.limit);
    const more = Math.max(0, places - FIRST_PLACES) * costs.limitsPlaceBytes;
    limits += count * isThere * (costs.limitsKeyBytes + more);
  }
  const rowsPerDay = requestsPerSecond * DAY_S;
  const chargesPerDay = (rowsPerDay * chargedPercent) / 100;
  const cache = nodes * (NODE_BYTES + cacheEntries * costs.cachedKeyBytes);
  return [
    { name: "nodes, with the keys that they remember", bytes: cache, place: "memory" },
    { name: "windows in Redis", bytes: limits, place: "memory" },
    { name: "keys and accounts", bytes: keys * costs.keyRowBytes, place: "disk" },
    { name: "the log", bytes: rowsPerDay * costs.logRowBytes * logDays, place: "disk" },
    { name: "charges of a month", bytes: chargesPerDay * costs.chargeBytes * 30, place: "disk" },
  ];
}

function pricesOf(
  { nodes, limitsServers, databaseCores, prices }: Demand,
  kept: readonly Kept[],
): { name: string; price: number }[] {
  const gib = (place: Kept["place"]) =>
    kept.reduce((sum, one) => sum + (one.place === place ? one.bytes : 0), 0) / GIB;
  const cores = (count: number) => count * prices.coreHour * MONTH_HOURS;
  return [
    { name: "cores of nodes", price: cores(nodes) },
    { name: "cores of Redis", price: cores(limitsServers) },
    { name: "cores of PostgreSQL", price: cores(databaseCores) },
    { name: "memory", price: gib("memory") * prices.memoryGibHour * MONTH_HOURS },
    { name: "disk", price: gib("disk") * prices.diskGibMonth },
  ];
}
