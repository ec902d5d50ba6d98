// A scenario played once in virtual time, by `simulate`, and once in real time: gates behind sockets, a real Redis, real timers.

import { monitorEventLoopDelay } from "node:perf_hooks";
import { type FaultProxy, startFaultProxy } from "@sluice-internal/test-servers/fault-proxy";
import { systemClock } from "../../../src/base/index.ts";
import { type Fault, type Scenario, simulate } from "../../../src/sim/index.ts";
import { settlePeople } from "../../../src/sim/nodes/people.ts";
import { SimWorld } from "../../../src/sim/run/sim-world.ts";
import { subjectOf } from "../../../src/sim/subject/subject-of.ts";
import { MemoryDirectory, MemoryLedger } from "../../../src/store/memory/index.ts";
import { Notes } from "./notes.ts";
import { RealCaller, type Surroundings } from "./real-caller.ts";
import { RealNode, type RealStores } from "./real-node.ts";

/** After the last call began; its own deadline is shorter. */
const DRAIN_MS = 61_000;

let plays = 0;

export async function virtually(scenario: Scenario, seed: string): Promise<Notes> {
  const notes = new Notes();
  const { violations } = await simulate(scenario, seed, { onlooker: notes.onlooker });
  if (violations.length > 0) throw new Error(`${violations[0]?.law}: ${violations[0]?.found}`);
  return notes;
}

export interface RealPlay {
  readonly notes: Notes;
  /** How late this process was for its timers, at worst. */
  readonly lateMs: number;
}

export async function really(
  scenario: Scenario,
  seed: string,
  redisPort: number,
): Promise<RealPlay> {
  // Of it, chance and people are used; its clock stands still.
  const world = new SimWorld(scenario, seed, subjectOf(scenario, undefined));
  const proxy = await startFaultProxy(redisPort);
  const [directory, ledger] = [new MemoryDirectory(), new MemoryLedger()];
  const prefix = `play-${plays++}`;
  const stores: RealStores = {
    ...{ directory, ledger, prefix },
    redisPort: proxy.port,
    ledgerFault: undefined,
  };
  const people = await settlePeople(world, { asked: { directory, ledger } });
  const { count } = scenario.nodes;
  const nodes = Array.from({ length: count }, (_, node) => new RealNode(world, stores, node));
  for (const node of nodes) await node.start();
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const beganMs = systemClock.monotonicMs();
  const nowMs = () => systemClock.monotonicMs() - beganMs;
  const notes = new Notes();
  const ways = world.random("network of callers");
  const { wire } = world.subject.api;
  const around: Surroundings = { world, wire, nodes, notes, ways, nowMs };
  const callers = people.map((person) => new RealCaller(around, person));
  for (const fault of scenario.faults) schedule(fault, { nodes, proxy, stores });
  for (const caller of callers) caller.start();
  await systemClock.sleep(scenario.durationMs);
  world.faults.end();
  await systemClock.sleep(scenario.recoveryMs - (nowMs() - scenario.durationMs));
  for (const caller of callers) caller.stop();
  delays.disable();
  const untilMs = nowMs() + DRAIN_MS;
  while (callers.some(({ underWay }) => underWay > 0) && nowMs() < untilMs) {
    await systemClock.sleep(100);
  }
  for (const caller of callers) caller.close();
  for (const node of nodes) node.kill();
  await proxy.close();
  return { notes, lateMs: delays.max / 1e6 };
}

function schedule(
  fault: Fault,
  on: { nodes: readonly RealNode[]; proxy: FaultProxy; stores: RealStores },
): void {
  const [begin, end] = actsOf(fault, on);
  systemClock.after(fault.fromMs, begin, true);
  systemClock.after(fault.fromMs + fault.lengthMs, end, true);
}

/** What is played for real is what the scenarios of this test have, and no more. */
function actsOf(
  fault: Fault,
  { nodes, proxy, stores }: { nodes: readonly RealNode[]; proxy: FaultProxy; stores: RealStores },
): readonly [() => void, () => void] {
  if (fault.kind === "crash") {
    const node = nodes[fault.node];
    return [() => node?.kill(), () => void node?.start()];
  }
  if (fault.kind === "hung" && fault.part === "limits") {
    return [() => proxy.set({ kind: "hang" }), () => proxy.set({ kind: "pass" })];
  }
  if (fault.kind === "refused" && fault.part === "ledger") {
    const set = (now: RealStores["ledgerFault"]) => () => {
      stores.ledgerFault = now;
    };
    return [set("refused"), set(undefined)];
  }
  throw new Error(`nobody has written how "${fault.kind}" is played in real time`);
}
