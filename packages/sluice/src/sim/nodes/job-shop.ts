// Where jobs are done: outside of every gate. It tells some gate of each end, as often as it takes until it is heard.

import type { Random } from "../../base/index.ts";
import type { JobEnded, JobOutcome } from "../../gate/index.ts";
import { drawDelay, type SimWorld } from "../run/sim-world.ts";
import type { Jobs } from "../scenario.ts";
import { BUILD_CREDITS } from "./sim-api.ts";

/** A gate process, as far as the shop knows it. */
export interface Hearing {
  /** Rejects where the process dies, or cannot say. */
  hear(jobId: string, outcome: JobOutcome): Promise<JobEnded>;
}

export type JobState = "running" | "done" | "failed";

const USUAL: Omit<Jobs, "ageMs"> = {
  tookMs: { leastMs: 5, moreMs: 100 },
  failPercent: 0,
  lostPercent: 0,
};
/** Until it tells again what nobody heard. */
const AGAIN_MS = 400;
/** It tells two gates at once now and then, as one does that was not sure. */
const TWICE_PERCENT = 15;
/** It costs more than was held for it now and then. */
const DEAR_PERCENT = 10;

export class JobShop {
  readonly #world: SimWorld;
  readonly #gates: () => readonly Hearing[];
  readonly #random: Random;
  readonly #states = new Map<string, JobState>();
  #untold = 0;

  /** @param gates Those that are alive. */
  constructor(world: SimWorld, gates: () => readonly Hearing[]) {
    this.#world = world;
    this.#gates = gates;
    this.#random = world.random("job shop");
  }

  /** Jobs that have not ended yet, or of whose end no gate has heard. */
  get underWay(): number {
    return this.#untold;
  }

  stateOf(jobId: string): JobState | undefined {
    return this.#states.get(jobId);
  }

  begin(jobId: string, accountId: string): void {
    const { tookMs, failPercent, lostPercent } = this.#world.scenario.jobs ?? USUAL;
    const drawn = this.#random.integer(100);
    const isLost = drawn >= failPercent && drawn < failPercent + lostPercent;
    const outcome: JobOutcome =
      drawn < failPercent ? { kind: "failed" } : { kind: "completed", credits: this.#credits() };
    this.#world.note("job", jobId, outcome.kind);
    this.#world.moments.jobBegan(jobId, accountId);
    this.#states.set(jobId, "running");
    const takesMs = drawDelay(tookMs, this.#random);
    if (isLost) return;
    this.#untold++;
    this.#world.clock.after(takesMs, () => this.#tell(jobId, outcome));
  }

  #credits(): number {
    const isDear = this.#random.integer(100) < DEAR_PERCENT;
    return isDear ? BUILD_CREDITS + 5 : this.#random.integer(BUILD_CREDITS + 1);
  }

  #tell(jobId: string, outcome: JobOutcome): void {
    this.#world.moments.jobOver(jobId);
    const gates = this.#gates();
    const gate = gates.length === 0 ? undefined : this.#random.pick(gates);
    if (gate !== undefined && this.#random.integer(100) < TWICE_PERCENT) {
      void this.#told(this.#random.pick(gates), jobId, outcome).catch(() => undefined);
    }
    this.#told(gate, jobId, outcome).then(
      () => {
        this.#untold--;
        this.#states.set(jobId, outcome.kind === "failed" ? "failed" : "done");
      },
      () => void this.#world.clock.after(AGAIN_MS, () => this.#tell(jobId, outcome)),
    );
  }

  async #told(gate: Hearing | undefined, jobId: string, outcome: JobOutcome): Promise<void> {
    if (gate === undefined) throw new Error("no gate is there");
    const ended = await gate.hear(jobId, outcome);
    this.#world.note("job ended", jobId, ended.kind);
    this.#world.moments.jobEnded(jobId, outcome, ended);
  }
}
