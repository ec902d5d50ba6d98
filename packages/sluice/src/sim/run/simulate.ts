/**
 * THE ORDER of a run: what was drawn comes first in the trace; then calls and faults (safety: no law may break); then calls
 * without faults (liveness: all must be well again within the bound); then no calls, until nothing is under way; then each
 * node is tried; then whatever a law says of the end.
 */

import type { AnyApi, AnyWire } from "../../contract/index.ts";
import { checkScenario } from "../check-scenario.ts";
import type { AnyScenario } from "../contract-scenario.ts";
import { lawsOf } from "../invariants/laws.ts";
import { Network } from "../network/exchange.ts";
import { Cluster } from "../nodes/cluster.ts";
import type { KeptStores } from "../nodes/kept-stores.ts";
import { type Person, settlePeople, settleProbers } from "../nodes/people.ts";
import { SharedStores } from "../nodes/shared-stores.ts";
import type { Onlooker } from "../onlooker.ts";
import { subjectOf } from "../subject/subject-of.ts";
import { Caller } from "../traffic/caller.ts";
import { probe } from "../traffic/probe.ts";
import { scheduleFaults, scheduleRevocations } from "./disturb.ts";
import { LookingOn } from "./looking-on.ts";
import type { Run } from "./run.ts";
import { Series } from "./series.ts";
import { SimWorld } from "./sim-world.ts";

/** So often somebody looks whether a law is broken: a run stops then. */
const LOOK_MS = 250;
/** After the last call began, none may be under way much longer than its deadline: those of clients are shorter. */
const DRAIN_MORE_MS = 90_000;
/** Until a probe is answered. */
const PROBED_MS = 5_000;
/** After an operation's deadline: a hold's margin, and a round of the sweeper. */
const HOLDS_MORE_MS = 70_000;

/** What a run is given beside its scenario. */
export interface Given {
  /** The contract that a scenario over a contract is about. @default the API of `nodes/sim-api.ts` */
  readonly api?: AnyApi;
  /** @default nobody */
  readonly onlooker?: Onlooker;
  /** That keep what gates and operators do, in real time. @default what is in memory, which the laws ask */
  readonly kept?: KeptStores;
}

/**
 * A pure function of scenario, seed and contract: the same give the same run, to the digest of its trace, on whatever stores.
 * @throws for a scenario that cannot be run as it says, with the place
 */
export async function simulate<S extends AnyScenario>(
  scenario: S,
  seed: number | string,
  { api, onlooker, kept }: Given = {},
): Promise<Run<S>> {
  checkScenario(scenario);
  const world = new SimWorld(scenario, seed, subjectOf(scenario, api));
  world.note("scenario", String(seed), JSON.stringify(scenario));
  const stores = new SharedStores(world, kept);
  const series = new Series(world);
  const looking = onlooker === undefined ? [] : [new LookingOn(world, onlooker)];
  world.watch([series, ...looking, ...lawsOf(world, stores)]);
  const people = await settlePeople(world, stores);
  const probers = world.subject.hasProbers ? await settleProbers(world, stores) : undefined;
  const { wire } = world.subject.api;
  const cluster = new Cluster(world, stores);
  series.watchCluster(cluster);
  const network = new Network(world, cluster);
  const callers = people.map((person) => new Caller(world, network, wire, person));

  scheduleFaults(world, cluster, stores);
  scheduleRevocations(world, stores, people);
  for (const caller of callers) caller.start();
  await pass(world, scenario.durationMs);

  world.note("faults are over", "");
  world.faults.end();
  cluster.calm();
  await pass(world, scenario.recoveryMs);

  for (const caller of callers) caller.stop();
  await drain(world, callers, cluster);
  await probeAll(world, stores, network, cluster, wire, probers ?? people);
  await holdsEnd(world, stores, people);
  await slotsEnd(world, stores);
  if (world.violations.length === 0) world.moments.atEnd();
  for (const caller of callers) caller.close();
  await closeAll(world, cluster);
  return series.runOf(callers) as Run<S>;
}

/** A gate that is told to stop does so within the deadline of what it still has to say. */
async function closeAll(world: SimWorld, cluster: Cluster): Promise<void> {
  let isClosed = false;
  void cluster.close().then(() => {
    isClosed = true;
  });
  await world.clock.advance(2 * world.scenario.limits.deadlineMs);
  if (!isClosed) world.broken("a gate that is told to stop stops", `${cluster.size} nodes`);
}

/** Lets time pass, unless a law is broken. */
async function pass(world: SimWorld, ms: number): Promise<void> {
  const untilMs = world.nowMs + ms;
  while (world.violations.length === 0 && world.nowMs < untilMs) {
    await world.clock.advance(Math.min(LOOK_MS, untilMs - world.nowMs));
  }
}

async function drain(world: SimWorld, callers: readonly Caller[], cluster: Cluster): Promise<void> {
  const isOver = () =>
    cluster.underWay === 0 &&
    cluster.shop.underWay === 0 &&
    callers.every(({ underWay }) => underWay === 0);
  const drainMs = world.subject.deadlineMs + DRAIN_MORE_MS;
  const untilMs = world.nowMs + drainMs;
  while (!isOver() && world.violations.length === 0) {
    if (world.nowMs >= untilMs) {
      const stuck = callers.reduce((sum, { underWay }) => sum + underWay, 0);
      const inAll = `${cluster.underWay} calls in gates, ${stuck} of callers`;
      const found = `${inAll}, ${cluster.shop.underWay} jobs, after ${drainMs} ms`;
      world.broken("each call ends", found);
      return;
    }
    await pass(world, LOOK_MS);
  }
}

/** What nobody came to settle is ended by the sweeper. */
async function holdsEnd(
  world: SimWorld,
  stores: SharedStores,
  people: readonly Person[],
): Promise<void> {
  const accounts = new Set(people.map(({ accountId }) => accountId));
  const held = () => {
    let sum = 0;
    for (const accountId of accounts) {
      const funds = { accountId, allowance: undefined };
      sum += stores.ledger.balance(funds, world.clock.wallMs()).held;
    }
    return sum;
  };
  const endMs = world.subject.deadlineMs + HOLDS_MORE_MS + setBackMs(world, "wall_step");
  const untilMs = world.nowMs + endMs;
  while (held() > 0 && world.violations.length === 0) {
    if (world.nowMs >= untilMs) {
      world.broken("each hold ends", `${held()} credits are still held after ${endMs} ms`);
      return;
    }
    await pass(world, 1_000);
  }
}

/** What got lost on its way back is free a lease later. */
async function slotsEnd(world: SimWorld, { limits }: SharedStores): Promise<void> {
  const untilMs = world.nowMs + world.scenario.limits.leaseMs + setBackMs(world, "clock_step");
  const areHeld = () => !limits.counters.held(limits.nowMs).next().done;
  while (areHeld() && world.nowMs < untilMs && world.violations.length === 0) {
    await pass(world, LOOK_MS);
  }
}

/** Once windows are empty again, whoever may call is let in on every node, and nothing is said to be down. */
async function probeAll(
  world: SimWorld,
  stores: SharedStores,
  network: Network,
  cluster: Cluster,
  wire: AnyWire,
  people: readonly Person[],
): Promise<void> {
  const { hasProbers, windowsMs } = world.subject;
  const emptyMs = hasProbers ? 0 : windowsMs;
  await pass(world, emptyMs + setBackMs(world, "clock_step"));
  const person = people.find(({ keyId }) => stores.directory.key(keyId)?.revokedAtMs === undefined);
  if (person === undefined || world.violations.length > 0) return;
  world.areWaysQuick = true;
  for (let node = 0; node < cluster.size; node++) {
    const somebody = hasProbers ? (people[node] ?? person) : person;
    const probed = probe(world, network, wire, somebody, node);
    for (let waitedMs = 0; waitedMs < PROBED_MS && !probed.isOver; waitedMs += LOOK_MS) {
      await pass(world, LOOK_MS);
    }
    const { found } = probed;
    if (found !== undefined) world.broken("once faults are over, all is well again", found);
    // So that windows of one place are empty for the next.
    if (node + 1 < cluster.size) await pass(world, emptyMs);
  }
}

/**
 * How far clocks were set back: windows of a server stand still until its own has caught up, and a hold ends that much later for
 * a node that ends it by its wall clock.
 */
function setBackMs({ faults }: SimWorld, kind: "clock_step" | "wall_step"): number {
  const steps = faults.all.map((fault) => (fault.kind === kind ? fault.stepMs : 0));
  return steps.reduce((sum, stepMs) => sum + Math.max(0, -stepMs), 0);
}
