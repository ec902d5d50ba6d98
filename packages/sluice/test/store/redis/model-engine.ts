// An engine that is a model: it counts in memory by a clock of its own, and fails as it is told. What is written above the
// engine port is tried on it in virtual time, where every order of events can be had.

import type { VirtualClock } from "../../../src/base/index.ts";
import type { SlotClaim } from "../../../src/gate/stores.ts";
import { MemoryLimits } from "../../../src/store/memory/index.ts";
import type {
  BatchReply,
  CommandAnswer,
  LimitsEngine,
  ShardCommand,
} from "../../../src/store/redis/limits/engine.ts";

/**
 * `stuck`: it gets it when it is told to; `hung`: never; `mute`: it does it and does not answer; `broken`: it answers with an
 * error, having done nothing.
 */
export type Health = "well" | "stuck" | "hung" | "mute" | "broken" | "unreachable";

const FOREVER = new Promise<never>(() => undefined);

export class ModelEngine implements LimitsEngine {
  readonly parts: number;
  readonly #clock: VirtualClock;
  readonly #limits = new MemoryLimits();
  /** Every batch that was handed over, as it was. */
  readonly batches: (readonly ShardCommand[])[] = [];
  health: Health = "well";
  readonly #stuck: (() => Promise<BatchReply>)[] = [];
  /** From then on, until it is changed, answers take so long. */
  delayMs = 0;
  /** Its clock is so much ahead of ours. */
  aheadMs = 1_000_000;

  constructor(clock: VirtualClock, parts = 1) {
    this.#clock = clock;
    this.parts = parts;
  }

  get nowMs(): number {
    return this.#clock.monotonicMs() + this.aheadMs;
  }

  ready(): boolean {
    return this.health !== "unreachable";
  }

  async run(batch: readonly ShardCommand[], notAfterMs: number): Promise<BatchReply> {
    this.batches.push(batch);
    const { health } = this;
    if (health === "stuck") this.#stuck.push(() => this.run(batch, notAfterMs));
    if (health === "hung" || health === "stuck") return FOREVER;
    if (health === "broken") throw new Error("LOADING Redis is loading the dataset in memory");
    const isLate = notAfterMs > 0 && this.nowMs > notAfterMs;
    const answers = isLate ? [] : batch.map((command) => this.#do(command));
    const reply = { atMs: this.nowMs, done: !isLate, answers };
    if (health === "mute") return FOREVER;
    if (this.delayMs > 0) await this.#clock.sleep(this.delayMs);
    return reply;
  }

  /** A socket that hung delivers what was written to it. */
  async deliver(): Promise<void> {
    this.health = "well";
    for (const run of this.#stuck.splice(0)) await run();
  }

  slotsInUse(id: string): number {
    this.#limits.admit({ windows: [], slots: [] }, this.nowMs);
    return this.#limits.slotsInUse(id);
  }

  /** How many places of the window count. */
  placesIn(id: string, windowMs: number): number {
    const limit = 1_000_000;
    const probe = { windows: [{ id, limit, windowMs, cost: 2 * limit }], slots: [] };
    return limit - (this.#limits.admit(probe, this.nowMs).windows[0]?.remaining ?? limit);
  }

  /** Commands of one kind, in the order in which they came. */
  commands(kind: ShardCommand["command"]["kind"]): ShardCommand["command"][] {
    return this.batches.flat().flatMap(({ command }) => (command.kind === kind ? [command] : []));
  }

  #do({ command }: ShardCommand): CommandAnswer {
    switch (command.kind) {
      case "admit":
        return this.#limits.admit(command.admission, this.nowMs);
      case "release":
        this.#limits.release([claim(command.id, command.member, 1)]);
        return undefined;
      case "renew":
        this.#limits.admit(
          { windows: [], slots: [claim(command.id, command.member, command.leaseMs)] },
          this.nowMs,
        );
        return true;
      case "post":
        for (const { cost } of command.places) {
          const { id, windowMs } = command;
          const window = { id, limit: Number.POSITIVE_INFINITY, windowMs, cost };
          this.#limits.admit({ windows: [window], slots: [] }, this.nowMs);
        }
        return undefined;
    }
  }
}

function claim(id: string, member: string, leaseMs: number): SlotClaim {
  return { id, member, leaseMs, limit: Number.POSITIVE_INFINITY };
}
