// A job keeps its slot until it ends and no longer; its end is heard whichever gate is told; and it costs what it says, once.

import type { Call, JobEnded, JobOutcome, LogRow } from "../../gate/index.ts";
import type { SlotClaim } from "../../gate/stores.ts";
import type { SharedStores } from "../nodes/shared-stores.ts";
import { BUILD_CREDITS } from "../nodes/sim-api.ts";
import type { SimWorld } from "../run/sim-world.ts";
import type { Process, Ticketed, Verdict, Watcher } from "../run/watcher.ts";
import { OPEN_MS } from "./slots.ts";

const CHARGED = "a job costs what it says, once, and nothing where it failed";
const HEARD = "the end of a job that was announced is heard";
const KEPT = "a job keeps its slot until it ends";
const FREED = "the slot of a job that has ended is free";
/** Ample for a command to get there, and for a beat that had just begun. */
const SOON_MS = 1_000;
/** Of its age: clocks of nodes differ. */
const AGED = 0.8;

interface Job {
  readonly accountId: string;
  readonly beganMs: number;
  slots: readonly SlotClaim[];
  /** Its caller may know of it. */
  isAnnounced: boolean;
  /** Somebody has begun to tell its end. */
  isOver: boolean;
  /** A gate heard of its end before it was old. */
  isOnTime: boolean;
}

export class Jobs implements Watcher {
  readonly #world: SimWorld;
  readonly #stores: SharedStores;
  readonly #jobs = new Map<string, Job>();
  /** Since then nothing has happened that may cost a job its slot. */
  #calmMs = Number.NEGATIVE_INFINITY;

  constructor(world: SimWorld, stores: SharedStores) {
    this.#world = world;
    this.#stores = stores;
  }

  jobBegan(jobId: string, accountId: string): void {
    const beganMs = this.#world.nowMs;
    const state = { isAnnounced: false, isOver: false, isOnTime: false };
    this.#jobs.set(jobId, { accountId, beganMs, slots: [], ...state });
  }

  told(_host: Process, { slots, windows }: Ticketed, verdict: Verdict | undefined): void {
    if (verdict?.admitted !== true || verdict.local !== undefined) return;
    const job = slots[0] && this.#jobs.get(slots[0].member);
    if (job !== undefined && windows.length === 0) job.slots = slots;
  }

  row(_host: Process, { requestId, status, ending }: LogRow, _call: Call): void {
    const job = this.#jobs.get(requestId);
    if (job !== undefined && ending === "done" && status === 202) job.isAnnounced = true;
  }

  counted(_host: Process, { windows }: Ticketed): void {
    if (windows.length === 0 || this.#jobs.size === 0) return;
    const { limits } = this.#stores;
    for (const [jobId, job] of this.#jobs) {
      if (!job.isAnnounced || job.isOver || !this.#isCalm(job)) continue;
      for (const { id } of job.slots) {
        if (limits.counters.holds(id, jobId, limits.nowMs)) continue;
        this.#world.broken(KEPT, `${jobId} runs and has lost ${id}`);
      }
    }
  }

  jobOver(jobId: string): void {
    const job = this.#jobs.get(jobId);
    if (job !== undefined) job.isOver = true;
  }

  jobEnded(jobId: string, outcome: JobOutcome, ended: JobEnded): void {
    const hold = this.#stores.ledger.hold(jobId);
    const { credits = BUILD_CREDITS } = outcome.kind === "completed" ? outcome : { credits: 0 };
    const cost = Math.min(BUILD_CREDITS, credits);
    const isRight =
      ended.kind === "charged"
        ? ended.credits === cost && hold?.state === "settled" && hold.charged === cost
        : (hold?.charged ?? 0) === (hold?.state === "settled" ? cost : 0);
    if (!isRight) {
      const found = `${jobId}, ${outcome.kind} for ${credits}: ${ended.kind}, ${hold?.charged}`;
      this.#world.broken(CHARGED, found);
    }
    const job = this.#jobs.get(jobId);
    if (job === undefined) return;
    if (hold?.state === "open" && job.isAnnounced) {
      this.#world.broken(HEARD, `${jobId}: ${ended.kind}, and it runs on`);
    }
    job.isOnTime ||= this.#isCalm(job);
    this.#world.clock.after(SOON_MS, () => this.#checkFreed(jobId, job));
  }

  died(): void {
    this.#calmMs = this.#world.nowMs;
  }

  serverChanged(): void {
    this.#calmMs = this.#world.nowMs;
  }

  /** What was announced and has ended is paid for, unless it ran out before anybody could hear of it. */
  atEnd(): void {
    for (const [jobId, job] of this.#jobs) {
      const state = this.#stores.ledger.hold(jobId)?.state;
      if (state === "open") this.#world.broken(HEARD, `${jobId} is open when all is over`);
      if (state !== "expired" || !job.isAnnounced || !job.isOnTime) continue;
      this.#world.broken(HEARD, `${jobId} ran out, though its end was told in time`);
    }
  }

  #checkFreed(jobId: string, job: Job): void {
    if (!this.#isCalm(job)) return;
    const { limits } = this.#stores;
    for (const { id } of job.slots) {
      if (!limits.counters.holds(id, jobId, limits.nowMs)) continue;
      this.#world.broken(FREED, `${jobId} still has ${id}, ${SOON_MS} ms after its end`);
    }
  }

  /** Nothing was wrong with anything that keeps it since it began, and it is not old. */
  #isCalm({ beganMs }: Job): boolean {
    const { nowMs, scenario, faults } = this.#world;
    const ageMs = scenario.jobs?.ageMs ?? Number.POSITIVE_INFINITY;
    if (this.#calmMs >= beganMs || nowMs - beganMs >= AGED * ageMs) return false;
    for (let node = 0; node < scenario.nodes.count; node++) {
      // A gate whose breaker is open counts a slot itself, and tells of it when the way is good again.
      if (faults.wereAny("limits", node, beganMs - OPEN_MS)) return false;
      if (faults.wereAny("ledger", node, beganMs - SOON_MS)) return false;
    }
    return !faults.all.some(({ kind, fromMs }) => kind === "wall_step" && fromMs <= nowMs);
  }
}
