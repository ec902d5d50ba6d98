// The system at a part of its rate, and beyond: what each adds to a request, until something is full.

import { type Moment, type MomentRun, simulateMoment } from "sluice/sim";
import type { Demand } from "./demand.ts";
import type { Costs } from "./estimate.ts";

/** Of the rate that was asked about. */
export const STEPS = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5] as const;
/** Of each step: more takes longer and says little more. */
const REQUESTS_ABOUT = 20_000;

export interface Step {
  readonly of: number;
  readonly requestsPerSecond: number;
  readonly run: MomentRun;
}

export async function momentsOf(
  demand: Demand,
  costs: Costs,
  lookUpPercent: number,
  seed: string,
  onStep: (what: string) => void,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const of of STEPS) {
    const requestsPerSecond = demand.requestsPerSecond * of;
    onStep(`A moment at ${Math.round(requestsPerSecond)} requests a second`);
    const moment = momentOf(demand, costs, lookUpPercent, requestsPerSecond);
    steps.push({ of, requestsPerSecond, run: await simulateMoment(moment, seed) });
  }
  return steps;
}

function momentOf(
  demand: Demand,
  costs: Costs,
  lookUpPercent: number,
  requestsPerSecond: number,
): Moment {
  const lengthMs = (REQUESTS_ABOUT * 1_000) / requestsPerSecond;
  return {
    nodes: demand.nodes,
    requestsPerSecond,
    lengthMs: Math.min(60_000, Math.max(50, lengthMs)),
    chargedPercent: demand.chargedPercent,
    lookUpPercent,
    node: { requestUs: costs.requestUs, chargedUs: Math.max(0, costs.chargedUs) },
    limits: {
      servers: demand.limitsServers,
      batchUs: costs.limitsBatchUs,
      decisionUs: costs.decisionUs,
      deadlineMs: 30,
    },
    database: {
      cores: demand.databaseCores,
      batchUs: costs.ledgerBatchUs,
      commandUs: costs.commandUs,
      commitMs: demand.commitMs,
      lookUpUs: costs.lookUpUs,
      logRowUs: costs.logRowUs,
    },
    way: { leastMs: 0.8 * demand.wayMs, moreMs: 0.2 * demand.wayMs },
  };
}
