/**
 * THE ORDER of a run: what was drawn comes first in the trace; then calls and faults (safety: no law may break); then calls
 * without faults (liveness: all must be well again within the bound); then no calls, until nothing is under way; then each
 * node is tried; then whatever a law says of the end.
 */

import type { AnyWire } from "../../contract/index.ts";
import { checkScenario } from "../check-scenario.ts";
import { lawsOf } from "../invariants/laws.ts";
import { Network } from "../network/exchange.ts";
import { Cluster } from "../nodes/cluster.ts";
import { type Person, settlePeople } from "../nodes/people.ts";
import { SharedStores } from "../nodes/shared-stores.ts";
import { simApi } from "../nodes/sim-api.ts";
import type { Scenario } from "../scenario.ts";
import { Caller } from "../traffic/caller.ts";
import { probe } from "../traffic/probe.ts";
import { scheduleFaults, scheduleRevocations } from "./disturb.ts";
import type { Run } from "./run.ts";
import { Series } from "./series.ts";
import { SimWorld } from "./sim-world.ts";
import type { Watcher } from "./watcher.ts";

/** So often somebody looks whether a law is broken: a run stops then. */
const LOOK_MS = 250;
/** After the last call began, none may be under way longer: its own deadlines are shorter. */
const DRAIN_MS = 150_000;
/** A hold's end at the latest: an operation's deadline, its margin, and a round of the sweeper. */
const HOLDS_END_MS = 130_000;

/**
 * A pure function of scenario and seed: the same two give the same run, to the digest of its trace.
 * @param also Who only listens.
 */
export async function simulate(
  scenario: Scenario,
  seed: number | string,
  also: readonly Watcher[] = [],
): Promise<Run> {
  checkScenario(scenario);
  const world = new SimWorld(scenario, seed);
  world.note("scenario", String(seed), JSON.stringify(scenario));
  const stores = new SharedStores(world);
  const series = new Series(world);
  world.watch([series, ...lawsOf(world, stores), ...also]);
  const people = await settlePeople(world, stores);
  const { wire } = simApi(scenario.allowed);
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
  await probeAll(world, stores, network, cluster, wire, people);
  await holdsEnd(world, stores, people);
  if (world.violations.length === 0) world.moments.atEnd();
  for (const caller of callers) caller.close();
  await closeAll(world, cluster);
  return series.runOf(callers);
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
  const isOver = () => cluster.underWay === 0 && callers.every(({ underWay }) => underWay === 0);
  const untilMs = world.nowMs + DRAIN_MS;
  while (!isOver() && world.violations.length === 0) {
    if (world.nowMs >= untilMs) {
      const stuck = callers.reduce((sum, { underWay }) => sum + underWay, 0);
      const found = `${cluster.underWay} calls in gates, ${stuck} of callers, after ${DRAIN_MS} ms`;
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
  const untilMs = world.nowMs + HOLDS_END_MS;
  while (held() > 0 && world.violations.length === 0) {
    if (world.nowMs >= untilMs) {
      world.broken("each hold ends", `${held()} credits are still held after ${HOLDS_END_MS} ms`);
      return;
    }
    await pass(world, 1_000);
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
  const { windowMs, workMs } = world.scenario.allowed;
  await pass(world, Math.max(windowMs, workMs) + setBackMs(world));
  const person = people.find(({ keyId }) => stores.directory.key(keyId)?.revokedAtMs === undefined);
  if (person === undefined || world.violations.length > 0) return;
  for (let node = 0; node < cluster.size; node++) {
    const probed = probe(world, network, wire, person, node);
    await pass(world, 5_000);
    const found = probed();
    if (found !== undefined) world.broken("once faults are over, all is well again", found);
    // So that windows of one place are empty for the next.
    await pass(world, Math.max(windowMs, workMs));
  }
}

/** Windows of a server whose clock was set back stand still until it has caught up. */
function setBackMs({ faults }: SimWorld): number {
  const steps = faults.all.map((fault) => (fault.kind === "clock_step" ? fault.stepMs : 0));
  return steps.reduce((sum, stepMs) => sum + Math.max(0, -stepMs), 0);
}
