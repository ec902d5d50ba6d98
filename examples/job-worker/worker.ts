// A worker whose jobs call an API that is sold by the key: a job that must wait is put back for its moment, and holds up
// nobody meanwhile; one that cannot succeed by itself fails at once, and says who has to do what.
import type { mavera } from "@sluice-apis/mavera/contract";
import { type ConnectionOptions, DelayedError, type Job, UnrecoverableError, Worker } from "bullmq";
import { apiErrorIn, type Client, type ClientOptions, waitMsOf } from "sluice/client";

export interface Question {
  readonly customer: string;
  readonly input: string;
  /** Why it failed, where an API said so: jobs that wait for the same person are found by it. */
  readonly refusal?: {
    readonly code: string;
    readonly action: string;
    readonly requestId?: string;
  };
}

/** A place in the worker is worth more than a wait: what takes longer than a second is given back with its moment. */
export const patience = {
  waitMaxMs: 1_000,
  queue: { waitMaxMs: 1_000 },
} as const satisfies Partial<ClientOptions>;

/** @param clients by customer: keys stand in no job. */
export function createWorker(
  clients: Readonly<Record<string, Client<typeof mavera>>>,
  connection: ConnectionOptions,
): Worker<Question> {
  const answer = async (job: Job<Question>, token?: string) => {
    const { customer, input } = job.data;
    const client = clients[customer];
    if (client === undefined) throw new UnrecoverableError(`nobody knows ${customer}`);
    const body = { model: "mavera-1", input } as const;
    try {
      // The job's own key: however often it comes back, it is answered and charged once.
      return await client.call("createResponse", { body }, { idempotencyKey: `job-${job.id}` });
    } catch (error) {
      const waitMs = waitMsOf(error, { failures: job.attemptsStarted });
      if (waitMs !== undefined) {
        await job.moveToDelayed(Date.now() + waitMs, token);
        throw new DelayedError(); // put back, which is no attempt
      }
      const refusal = apiErrorIn(error);
      if (refusal === undefined) throw error; // a bug of ours: the queue's attempts are for it
      const { code, action, requestId = "none" } = refusal;
      await job.updateData({ ...job.data, refusal: { code, action, requestId } });
      throw new UnrecoverableError(`${code}: ${action}`);
    }
  };
  // Put back a thousand times, a job has had its chances.
  const bounds = { concurrency: 4, maxStartedAttempts: 1_000 };
  return new Worker<Question>("questions", answer, { connection, ...bounds });
}
