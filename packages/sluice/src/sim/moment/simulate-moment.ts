// THE ORDER of a moment: queues fill, requests are counted, those that are under way end.

import { assert, type Random, seededRandom, VirtualClock } from "../../base/index.ts";
import { BusyNode } from "./busy-node.ts";
import { FarStores } from "./far-stores.ts";
import { type Moment, type MomentRun, percentilesOf } from "./moment.ts";

/** So many requests take seconds already. */
const REQUESTS_MAX = 500_000;
const AFTER_MS = 1_000;

/** A pure function of its two arguments. */
export async function simulateMoment(moment: Moment, seed: number | string): Promise<MomentRun> {
  checkMoment(moment);
  const { nodes: count, lengthMs } = moment;
  const warmUpMs = lengthMs / 10;
  const clock = new VirtualClock();
  const random = (name: string): Random => seededRandom(`${seed}, moment, ${name}`);
  const stores = new FarStores(clock, random("ways"), moment);
  const nodes = Array.from(
    { length: count },
    (_, at) => new BusyNode(clock, random(`node ${at}`), moment, stores),
  );
  const counts = { requests: 0, answered: 0, overloaded: 0 };
  const addedMs: number[] = [];
  const gapMs = 1_000 / moment.requestsPerSecond;
  const arrivals = random("arrivals");
  let [number, dueMs] = [0, 0];
  const arrive = () => {
    const beganMs = clock.monotonicMs();
    const isCounted = beganMs >= warmUpMs;
    if (isCounted) counts.requests++;
    const node = nodes[arrivals.integer(count)] as BusyNode;
    node.serve(number++, (ending) => {
      if (!isCounted) return;
      counts.answered++;
      if (ending === "overloaded") counts.overloaded++;
      else addedMs.push(clock.monotonicMs() - beganMs);
    });
    next();
  };
  const next = () => {
    dueMs += -Math.log(1 - arrivals.float()) * gapMs;
    if (dueMs < warmUpMs + lengthMs) clock.after(dueMs - clock.monotonicMs(), arrive);
  };
  next();
  await clock.advance(warmUpMs);
  const before = usageOf(nodes, stores);
  await clock.advance(lengthMs);
  const after = usageOf(nodes, stores);
  await clock.advance(AFTER_MS);
  for (const node of nodes) void node.close();
  const share = (name: "nodesUs" | "limitsUs" | "databaseUs", cores: number) =>
    Math.min(1, (after[name] - before[name]) / (lengthMs * 1_000 * cores));
  const each = (sum: number, batches: number) => (batches === 0 ? 0 : sum / batches);
  return {
    requests: counts.requests,
    addedMs: percentilesOf(addedMs),
    busy: {
      nodes: share("nodesUs", count),
      limits: share("limitsUs", moment.limits.servers),
      database: share("databaseUs", moment.database.cores),
    },
    together: {
      decisions: each(stores.decisions, stores.limitsBatches),
      commands: each(stores.commands, stores.ledgerBatches),
    },
    decidedAlone: after.decidedAlone - before.decidedAlone,
    overloaded: counts.overloaded,
    unanswered: counts.requests - counts.answered,
  };
}

function usageOf(nodes: readonly BusyNode[], { limits, database }: FarStores) {
  return {
    nodesUs: nodes.reduce((sum, { loop }) => sum + loop.busyUs, 0),
    limitsUs: limits.reduce((sum, { busyUs }) => sum + busyUs, 0),
    databaseUs: database.busyUs,
    decidedAlone: nodes.reduce((sum, { decidedAlone }) => sum + decidedAlone, 0),
  };
}

function checkMoment(moment: Moment): void {
  const { nodes, requestsPerSecond, lengthMs, limits, database } = moment;
  within("nodes", nodes, 1, 1_000);
  within("lengthMs", lengthMs, 10, 60_000);
  const requestsMax = (REQUESTS_MAX * 1_000) / lengthMs;
  within("requestsPerSecond", requestsPerSecond, 1, requestsMax);
  within("chargedPercent", moment.chargedPercent, 0, 100);
  within("lookUpPercent", moment.lookUpPercent, 0, 100);
  within("limits.servers", limits.servers, 1, 64);
  within("limits.deadlineMs", limits.deadlineMs, 1, 10_000);
  within("database.cores", database.cores, 1, 1_000);
}

function within(place: string, value: number, least: number, most: number): void {
  assert(
    value >= least && value <= most,
    () => `moment: ${place} is ${value}; give ${least} to ${most}`,
  );
}
