/** The jobs that run as far as this gate knows: those that the ledger has listed, and those that its own calls left since. */
import type { Job } from "../stores.ts";

interface Running {
  readonly job: Job;
  /** The so-manieth that began here; 0 for one that the ledger told of. */
  readonly order: number;
}

export class RunningJobs {
  /** By the ids of their holds. */
  readonly #jobs = new Map<string, Running>();
  #begun = 0;

  /** How many have begun here: what is read before the ledger is asked tells which ones its list may not have yet. */
  get begun(): number {
    return this.#begun;
  }

  get all(): Job[] {
    return this.upTo(this.#begun);
  }

  /** A call of this gate has left it: should the ledger not answer from now on, somebody knows of its slots. */
  began(job: Job): void {
    this.#jobs.set(job.holdId, { job, order: ++this.#begun });
  }

  listed(jobs: readonly Job[]): void {
    for (const job of jobs) {
      if (!this.#jobs.has(job.holdId)) this.#jobs.set(job.holdId, { job, order: 0 });
    }
  }

  ended(holdId: string): void {
    this.#jobs.delete(holdId);
  }

  /** Those of which the ledger knew when so many had begun. */
  upTo(begun: number): Job[] {
    return [...this.#jobs.values()].filter(({ order }) => order <= begun).map(({ job }) => job);
  }
}
