/** Jobs that begin: what is told of one before its call has been answered must wait for the call. */
import type { Ledger } from "../stores.ts";

const byLedger = new WeakMap<Ledger, StartingJobs>();

/** Of all gates of this process that share a ledger: a job's end may be told to any of them. */
export function startingJobsOf(ledger: Ledger): StartingJobs {
  const known = byLedger.get(ledger) ?? new StartingJobs();
  byLedger.set(ledger, known);
  return known;
}

/** Calls that are starting a job and have not been answered yet: a quick job must wait for its own beginning. */
export class StartingJobs {
  readonly #calls = new Map<string, Promise<void>>();

  /** The way to say that the call is over. */
  begin(jobId: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#calls.set(jobId, promise);
    return () => {
      this.#calls.delete(jobId);
      resolve();
    };
  }

  /** Resolves when no such call is under way in this process. */
  async over(jobId: string): Promise<void> {
    await this.#calls.get(jobId);
  }
}
