// The stores of a moment: servers of the limits and a database, each as long on the way and as busy as unit costs say. They
// answer everything with yes: what is refused is another question.

import { done, type Outcome, type Random, type VirtualClock } from "../../base/index.ts";
import type { BatchEngine } from "../../store/batch/index.ts";
import type {
  BatchReply,
  CommandAnswer,
  LimitsEngine,
  ShardCommand,
} from "../../store/redis/index.ts";
import { drawDelay } from "../run/sim-world.ts";
import type { Moment } from "./moment.ts";
import { Cores } from "./processors.ts";

export class FarStores {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #moment: Moment;
  readonly limits: readonly Cores[];
  readonly database: Cores;
  decisions = 0;
  limitsBatches = 0;
  commands = 0;
  ledgerBatches = 0;

  constructor(clock: VirtualClock, random: Random, moment: Moment) {
    this.#clock = clock;
    this.#random = random;
    this.#moment = moment;
    const { servers } = moment.limits;
    this.limits = Array.from({ length: servers }, () => new Cores(clock, 1));
    this.database = new Cores(clock, moment.database.cores);
  }

  /** As one connection to all servers of the limits: one of them decides of a batch. */
  get engine(): LimitsEngine {
    const { batchUs, decisionUs } = this.#moment.limits;
    const parts = this.limits.length;
    return {
      parts,
      ready: () => true,
      run: (batch, notAfterMs) =>
        new Promise((resolve) => {
          const server = this.limits[(batch[0]?.shard ?? 0) % parts] as Cores;
          this.limitsBatches++;
          this.decisions += batch.length;
          this.#later(() =>
            server.do(batchUs + batch.length * decisionUs, () => {
              const reply = this.#decide(batch, notAfterMs);
              this.#later(() => resolve(reply));
            }),
          );
        }),
    };
  }

  /** One of a node's connections for the ledger: a batch is one transaction. */
  get ledger(): BatchEngine<string, string> {
    const { batchUs, commandUs, commitMs } = this.#moment.database;
    return {
      run: (batch) =>
        new Promise<readonly Outcome<string, unknown>[]>((resolve) => {
          this.ledgerBatches++;
          this.commands += batch.length;
          const answers = batch.map((command) => done(command));
          this.#later(() =>
            this.database.do(batchUs + batch.length * commandUs, () => {
              this.#clock.after(commitMs, () => this.#later(() => resolve(answers)));
            }),
          );
        }),
    };
  }

  lookUp(found: () => void): void {
    this.#later(() => this.database.do(this.#moment.database.lookUpUs, () => this.#later(found)));
  }

  /** Rows of the log, for which nobody waits. */
  write(rows: number): void {
    this.#later(() => this.database.do(rows * this.#moment.database.logRowUs, () => undefined));
  }

  #decide(batch: readonly ShardCommand[], notAfterMs: number): BatchReply {
    const atMs = Math.floor(this.#clock.monotonicMs());
    if (notAfterMs > 0 && atMs > notAfterMs) return { atMs, done: false, answers: [] };
    return { atMs, done: true, answers: batch.map(yes) };
  }

  #later(go: () => void): void {
    this.#clock.after(drawDelay(this.#moment.way, this.#random) / 2, go);
  }
}

function yes({ command }: ShardCommand): CommandAnswer {
  if (command.kind !== "admit") return undefined;
  const windows = command.admission.windows.map(() => ({ remaining: 1, resetMs: 0 }));
  return { admitted: true, windows, slotsTaken: [] };
}
