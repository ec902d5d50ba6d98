// What a scenario has happen at certain moments: crashes, failovers, clocks that are set, keys that an operator ends.

import type { Cluster } from "../nodes/cluster.ts";
import type { Person } from "../nodes/people.ts";
import { revoke } from "../nodes/people.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import type { Fault } from "../scenario.ts";
import type { SimWorld } from "./sim-world.ts";

/** Sets a timer for each; those of faults do nothing any more once faults are over. */
export function scheduleFaults(world: SimWorld, cluster: Cluster, stores: SharedStores): void {
  for (const fault of world.faults.all) {
    world.clock.after(fault.fromMs, () => begin(fault, world, cluster, stores));
    if (fault.kind === "crash") {
      world.clock.after(fault.fromMs + fault.lengthMs, () => cluster.start(fault.node));
    }
  }
}

function begin(fault: Fault, world: SimWorld, cluster: Cluster, stores: SharedStores): void {
  world.note("fault", fault.kind, "part" in fault ? fault.part : "");
  switch (fault.kind) {
    case "crash":
      cluster.at(fault.node)?.dieAfter(fault.afterMessages);
      break;
    case "wall_step":
      cluster.stepWall(fault.node, fault.stepMs);
      break;
    case "failover":
      stores.limits.failOver();
      break;
    case "clock_step":
      stores.limits.stepClock(fault.stepMs);
      break;
    default:
  }
}

/** An operator ends keys, each of somebody else; one is always left. */
export function scheduleRevocations(
  world: SimWorld,
  stores: SharedStores,
  people: readonly Person[],
): void {
  const random = world.random("operator");
  const left = [...people];
  for (const { atMs, keys } of world.scenario.revocations) {
    world.clock.after(atMs, () => {
      for (let ended = 0; ended < keys && left.length > 1; ended++) {
        const [person] = left.splice(random.integer(left.length), 1);
        if (person === undefined) continue;
        world.note("revoked", person.keyId);
        revoke(stores, person.keyId, world.clock.wallMs());
        world.moments.revoked(person.keyId);
      }
    });
  }
}
