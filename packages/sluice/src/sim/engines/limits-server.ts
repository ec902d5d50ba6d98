// The server of the limits that all nodes share: its clock, what it counts, and a replica that is a little behind.

import type { BatchReply, CommandAnswer, ShardCommand } from "../../store/redis/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict } from "../run/watcher.ts";
import { Counters } from "./counters.ts";

interface Unheard {
  readonly atMs: number;
  readonly batch: readonly ShardCommand[];
}

/** Clocks count from 1970, so that none that is set back comes near nothing, which as a deadline means that there is none. */
const COUNTS_FROM_MS = 1e9;

export class LimitsServer {
  readonly #world: SimWorld;
  /** The laws ask it what is true. */
  counters = new Counters();
  #replica: Counters | undefined;
  readonly #unheard: Unheard[] = [];
  #steppedMs = 0;

  constructor(world: SimWorld) {
    this.#world = world;
    const hasFailover = world.faults.all.some(({ kind }) => kind === "failover");
    if (hasFailover) this.#replica = new Counters();
  }

  /** Its clock, in whole milliseconds. */
  get nowMs(): number {
    const { aheadMs } = this.#world.scenario.limits;
    return COUNTS_FROM_MS + Math.floor(this.#world.nowMs + aheadMs + this.#steppedMs);
  }

  run(host: Process, batch: readonly ShardCommand[], notAfterMs: number): BatchReply {
    const atMs = this.nowMs;
    if (notAfterMs > 0 && atMs > notAfterMs) return { atMs, done: false, answers: [] };
    const { moments } = this.#world;
    const answers: CommandAnswer[] = [];
    for (const { command } of batch) {
      const answer = this.counters.do(command, atMs);
      answers.push(answer);
      if (command.kind === "admit") {
        moments.counted(host, command.admission as Ticketed, answer as Verdict, atMs);
      } else moments.done(host, command, answer, atMs);
    }
    this.#replicate({ atMs, batch });
    return { atMs, done: true, answers };
  }

  /** The replica takes its place: what it has not heard of did not happen. */
  failOver(): void {
    this.#catchUp(this.nowMs);
    this.counters = this.#replica ?? this.counters;
    this.#replica = this.counters.copy();
    this.#unheard.length = 0;
    this.#world.moments.serverChanged("failover");
  }

  stepClock(ms: number): void {
    this.#steppedMs += ms;
    this.#world.moments.serverChanged("clock_step");
  }

  #replicate(unheard: Unheard): void {
    if (this.#replica === undefined) return;
    this.#catchUp(unheard.atMs);
    this.#unheard.push(unheard);
  }

  #catchUp(nowMs: number): void {
    const heardMs = nowMs - this.#world.scenario.limits.replicaLagMs;
    while ((this.#unheard[0]?.atMs ?? Number.POSITIVE_INFINITY) <= heardMs) {
      const { atMs, batch } = this.#unheard.shift() as Unheard;
      for (const { command } of batch) this.#replica?.do(command, atMs);
    }
  }
}
