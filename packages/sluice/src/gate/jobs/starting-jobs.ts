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
