// Does the jobs, step by step, and tells of their ends. Where a job stands is in the records: one
// that a crash interrupts goes on from its last step, and an end is told until somebody hears of it.

import type { Clock } from "sluice/base";
import type { JobRecord, JobStatus, Records } from "./records.ts";

/** Before the first step a job is pending, after the last it has ended. */
export const jobSteps = 4;

const firstRetryMs = 1000;
const lastRetryMs = 60_000;

export interface JobEnd {
  /** Of the call that started the job. */
  readonly requestId: string;
  readonly outcome:
    | { readonly kind: "completed"; readonly credits: number }
    | { readonly kind: "failed" };
}

export class JobRunner {
  readonly #records: Records;
  readonly #clock: Clock;
  readonly #tell: ((end: JobEnd) => Promise<void>) | undefined;
  /** How to stop what waits, by the id of the job. */
  readonly #running = new Map<string, () => void>();
  #isClosed = false;

  constructor(records: Records, clock: Clock, tell?: (end: JobEnd) => Promise<void>) {
    this.#records = records;
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Of a job that is not in the records after all, nothing happens. */
  start({ id, plan }: JobRecord): void {
    this.#wait(id, plan.stepMs, 0);
  }

  /** Takes over every job that goes on and every end that nobody has heard of. */
  resume(): void {
    const { jobs, opening } = this.#records;
    const taken = this.#records.write(() =>
      jobs
        .unheard()
        .filter(({ id }) => !this.#running.has(id))
        .map((job) => {
          const own: JobRecord = { ...job, opening };
          jobs.replace(own);
          return own;
        }),
    );
    for (const job of taken) this.#wait(job.id, hasEnded(job) ? 0 : job.plan.stepMs, 0);
  }

  close(): void {
    this.#isClosed = true;
    for (const stop of this.#running.values()) stop();
    this.#running.clear();
  }

  #wait(id: string, ms: number, failures: number): void {
    if (this.#isClosed) return;
    this.#running.set(
      id,
      this.#clock.after(ms, () => void this.#goOn(id, failures)),
    );
  }

  async #goOn(id: string, failures: number): Promise<void> {
    try {
      const job = this.#records.write(() => this.#step(id));
      if (job !== undefined && !hasEnded(job)) {
        this.#wait(id, job.plan.stepMs, 0);
        return;
      }
      if (job !== undefined && this.#tell !== undefined) {
        await this.#tell(endOf(job));
        if (this.#isClosed) return;
        this.#records.write(() => this.#heard(id));
      }
      this.#running.delete(id);
    } catch {
      // Nobody heard, or the records could not be written for the moment: the same once more, later.
      this.#wait(id, Math.min(firstRetryMs * 2 ** failures, lastRetryMs), failures + 1);
    }
  }

  /** Nothing when the job is not there, or somebody else has taken it over. */
  #step(id: string): JobRecord | undefined {
    const job = this.#own(id);
    if (job === undefined || hasEnded(job)) return job;
    const stepsDone = job.stepsDone + 1;
    const stepped: JobRecord = { ...job, stepsDone, status: statusAfter(stepsDone, job) };
    this.#records.jobs.replace(stepped);
    return stepped;
  }

  #heard(id: string): void {
    const job = this.#records.jobs.withId(id);
    if (job !== undefined) this.#records.jobs.replace({ ...job, isHeard: true });
  }

  #own(id: string): JobRecord | undefined {
    const job = this.#records.jobs.withId(id);
    return job?.opening === this.#records.opening ? job : undefined;
  }
}

function statusAfter(stepsDone: number, { plan }: JobRecord): JobStatus {
  if (stepsDone < jobSteps) return "generating";
  return plan.error === null ? "completed" : "failed";
}

function hasEnded({ status }: JobRecord): boolean {
  return status === "completed" || status === "failed";
}

function endOf({ plan, status }: JobRecord): JobEnd {
  const { requestId, credits } = plan;
  const completed = { kind: "completed", credits } as const;
  return { requestId, outcome: status === "failed" ? { kind: "failed" } : completed };
}
