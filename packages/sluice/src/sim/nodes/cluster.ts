// All nodes: each has a machine with a clock, and one process after the other.

import type { SimWorld } from "../run/sim-world.ts";
import { GateProcess } from "./gate-process.ts";
import { JobShop } from "./job-shop.ts";
import type { SharedStores } from "./shared-stores.ts";

interface Machine {
  wallOffsetMs: number;
  readonly driftPpm: number;
  lives: number;
  host: GateProcess | undefined;
}

export class Cluster {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  readonly #machines: readonly Machine[];
  readonly shop: JobShop;

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
    this.shop = new JobShop(world, () => this.#alive());
    const random = world.random("machines");
    const { count, driftPpm } = world.scenario.nodes;
    this.#machines = Array.from({ length: count }, () => ({
      wallOffsetMs: 0,
      driftPpm: driftPpm * (2 * random.float() - 1),
      lives: 0,
      host: undefined,
    }));
    for (let node = 0; node < count; node++) this.start(node);
  }

  get size(): number {
    return this.#machines.length;
  }

  /** The process that serves there now. */
  at(node: number): GateProcess | undefined {
    const host = this.#machines[node]?.host;
    return host?.isAlive ? host : undefined;
  }

  get underWay(): number {
    let sum = 0;
    for (let node = 0; node < this.size; node++) sum += this.at(node)?.gate.underWay ?? 0;
    return sum;
  }

  #alive(): GateProcess[] {
    return this.#machines.flatMap(({ host }) => (host?.isAlive ? [host] : []));
  }

  start(node: number): void {
    const machine = this.#machines[node] as Machine;
    if (machine.host?.isAlive) return;
    const life = machine.lives++;
    const { driftPpm } = machine;
    const wallOffsetMs = () => machine.wallOffsetMs;
    const place = { node, life, driftPpm, wallOffsetMs };
    machine.host = new GateProcess(this.#world, this.#stores, place, this.shop);
    this.#world.note("started", machine.host.name);
  }

  /** No process dies of anything from now on, and all that died are there again. */
  calm(): void {
    for (let node = 0; node < this.size; node++) {
      this.start(node);
      this.at(node)?.dieAfter(Number.POSITIVE_INFINITY);
    }
  }

  stepWall(node: number, ms: number): void {
    (this.#machines[node] as Machine).wallOffsetMs += ms;
  }

  async close(): Promise<void> {
    const nodes = Array.from({ length: this.size }, (_, node) => this.at(node)?.close());
    await Promise.all(nodes);
  }
}
