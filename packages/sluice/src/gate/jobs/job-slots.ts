/**
 * The slots of jobs that run. In limits that outlive the process a job's slot is a short lease like any other, and every gate
 * claims those of its ledger's jobs again in time. So the slot of a job that is over comes free, whatever was lost on the way;
 * that of a job whose process has died stays taken; and limits that were emptied hear of all of them again.
 */
import type { Settings } from "../settings.ts";
import { announceBack, announceDown, whenLimitsDown } from "../steps/admit.ts";
import type { Job, SlotClaim } from "../stores.ts";

/** So often a slot is claimed again before its lease ends. */
const BEATS = 3;
/** Claims that are under way at once. */
const CLAIMS_MAX = 128;
const ANY_LIMIT = Number.MAX_SAFE_INTEGER;
/** Who has a slot keeps it, and nobody gets one. */
const NO_NEW = 0;

/** With which limit a slot is claimed, and what is done where the store does not answer. */
interface How {
  readonly limit: number;
  readonly whenDown: "local" | "throw";
}

export class JobSlots {
  readonly #settings: Settings;
  #isTaking = false;
  #ledgerIsDown = false;
  #isClosed = false;
  #cancel = () => {};

  constructor(settings: Settings) {
    this.#settings = settings;
    const { jobLeaseMs } = settings.stores.limits;
    const operations = [...settings.operations.values()];
    if (jobLeaseMs === undefined || !operations.some(({ server }) => server.detaches)) return;
    this.#beatAgain(jobLeaseMs / BEATS);
  }

  /** Takes the slots of all jobs that run and that this gate's operations have started; how many there are. */
  async take(): Promise<number> {
    const { runningJobs } = this.#settings;
    const { begun } = runningJobs;
    const listed = await this.#running();
    runningJobs.listed(listed);
    const claimed = runningJobs.upTo(begun);
    await this.#take(listed);
    // Where others serve too, some may have ended before their slots were taken again here, and nobody would free them.
    const running = listed.length === 0 ? listed : await this.#running();
    const ids = new Set(running.map(({ holdId }) => holdId));
    for (const job of claimed) if (!ids.has(job.holdId)) await this.free(job);
    return running.length;
  }

  /** Idempotent, and throws nothing: a lost one runs out with its lease. */
  async free(job: Job): Promise<void> {
    const { stores, onEvent, runningJobs } = this.#settings;
    runningJobs.ended(job.holdId);
    try {
      await stores.limits.release(claimsOf(job, 1, NO_NEW), job.accountId);
    } catch (error) {
      onEvent({ kind: "fault", step: "job", requestId: job.holdId, error });
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
  }

  /** Of several gates on one ledger each takes its own: what happens while limits are down is for its contract to say. */
  async #running(): Promise<readonly Job[]> {
    const { stores, operations } = this.#settings;
    return (await stores.ledger.jobs()).filter(({ operation }) => operations.has(operation));
  }

  /** All slots of all these, again or anew: no job is refused its own. */
  #take(jobs: readonly Job[]): Promise<void> {
    return this.#claimAll(jobs, { limit: ANY_LIMIT, whenDown: whenLimitsDown(this.#settings) });
  }

  /** Only those that are taken still: nobody here can say which of these jobs still run, but others may have freed them. */
  #keep(): Promise<void> {
    return this.#claimAll(this.#settings.runningJobs.all, { limit: NO_NEW, whenDown: "throw" });
  }

  async #claimAll(jobs: readonly Job[], how: How): Promise<void> {
    for (let first = 0; first < jobs.length && !this.#isClosed; first += CLAIMS_MAX) {
      const some = jobs.slice(first, first + CLAIMS_MAX);
      await Promise.all(some.map((job) => this.#claim(job, how)));
    }
  }

  async #claim(job: Job, { limit, whenDown }: How): Promise<void> {
    const { stores, clock } = this.#settings;
    const leaseMs = Math.max(1, job.expiresAtMs - clock.wallMs());
    try {
      for (const claim of claimsOf(job, leaseMs, limit)) {
        const admission = { windows: [], slots: [claim], owner: job.accountId, whenDown };
        const { local } = await stores.limits.admit(admission, clock.monotonicMs());
        if (local !== undefined) announceDown(this.#settings, local.cause);
        else announceBack(this.#settings);
      }
    } catch (error) {
      // The jobs go on all the same, and their slots are claimed again soon.
      announceDown(this.#settings, error);
    }
  }

  /** On the stroke, however long the ledger takes: no job loses its slot for that. */
  #beatAgain(everyMs: number): void {
    if (this.#isClosed) return;
    this.#cancel = this.#settings.clock.after(everyMs, () => {
      this.#beatAgain(everyMs);
      void this.#beat();
    });
  }

  async #beat(): Promise<void> {
    if (this.#isTaking) return this.#keep();
    this.#isTaking = true;
    try {
      await this.take();
      this.#ledgerIsDown = false;
    } catch (error) {
      this.#tellDown(error);
      await this.#keep();
    } finally {
      this.#isTaking = false;
    }
  }

  /** Once, however long it lasts. */
  #tellDown(error: unknown): void {
    if (this.#ledgerIsDown || this.#isClosed) return;
    this.#ledgerIsDown = true;
    this.#settings.onEvent({ kind: "fault", step: "job", requestId: "-", error });
  }
}

function claimsOf({ slots, holdId }: Job, leaseMs: number, limit: number): readonly SlotClaim[] {
  return slots.map((id) => ({ id, member: holdId, limit, leaseMs, detached: true }));
}
