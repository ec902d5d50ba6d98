// A node's connection to the server of the limits: in order, with delays, and with all that can go wrong on the way.

import type { Random } from "../../base/index.ts";
import type { BatchReply, LimitsEngine, ShardCommand } from "../../store/redis/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed } from "../run/watcher.ts";
import type { LimitsServer } from "./limits-server.ts";

/** The process that has the connection: it dies with it. */
export interface Holder extends Process {
  /** A message comes in or goes out; false: the process has died of it, or before. */
  passes(): boolean;
}

export class LimitsLink implements LimitsEngine {
  readonly parts = 1;
  readonly #world: SimWorld;
  readonly #server: LimitsServer;
  readonly #holder: Holder;
  readonly #random: Random;
  /** Nothing overtakes what was sent before it. */
  #arrivesMs = 0;
  #returnsMs = 0;

  constructor(world: SimWorld, server: LimitsServer, holder: Holder) {
    this.#world = world;
    this.#server = server;
    this.#holder = holder;
    this.#random = world.random(`limits link of ${holder.name}`);
  }

  ready(): boolean {
    return this.#holder.isAlive;
  }

  run(batch: readonly ShardCommand[], notAfterMs: number): Promise<BatchReply> {
    // What a process had left to the end of the turn in which it died.
    if (!this.#holder.isAlive) return new Promise(() => undefined);
    const { moments } = this.#world;
    moments.batched(this.#holder, batch);
    for (const { command } of batch) {
      if (command.kind !== "admit") continue;
      moments.sent(this.#holder, command.admission as Ticketed);
    }
    this.#world.note("batch of", this.#holder.name, batch.length);
    return new Promise((resolve, reject) => {
      if (!this.#holder.passes()) return;
      this.#send(() => this.#arrive(batch, notAfterMs, resolve, reject));
    });
  }

  #arrive(
    batch: readonly ShardCommand[],
    notAfterMs: number,
    resolve: (reply: BatchReply) => void,
    reject: (error: Error) => void,
  ): void {
    const fault = this.#fault();
    if (fault?.kind === "hung") {
      // A socket that hung delivers what was written to it.
      const leftMs = this.#world.faults.endOf(fault) - this.#world.nowMs;
      this.#world.clock.after(Math.max(1, leftMs), () =>
        this.#arrive(batch, notAfterMs, resolve, reject),
      );
      return;
    }
    if (fault?.kind === "refused") {
      this.#reply(() => reject(new Error("LOADING Redis is loading the dataset in memory")));
      return;
    }
    const reply = this.#server.run(this.#holder, batch, notAfterMs);
    if (fault?.kind !== "mute") this.#reply(() => resolve(reply));
  }

  #send(arrive: () => void): void {
    this.#arrivesMs = Math.max(this.#arrivesMs, this.#world.nowMs + this.#delayMs());
    this.#world.clock.after(this.#arrivesMs - this.#world.nowMs, arrive);
  }

  #reply(hear: () => void): void {
    this.#returnsMs = Math.max(this.#returnsMs, this.#world.nowMs + this.#delayMs());
    this.#world.clock.after(this.#returnsMs - this.#world.nowMs, () => {
      if (this.#holder.passes()) hear();
    });
  }

  #delayMs(): number {
    const fault = this.#fault();
    const moreMs = fault?.kind === "slow" ? fault.moreMs * this.#random.float() : 0;
    return this.#world.storeWayMs(this.#random) + moreMs;
  }

  #fault() {
    return this.#world.faults.on("limits", this.#holder.node);
  }
}
