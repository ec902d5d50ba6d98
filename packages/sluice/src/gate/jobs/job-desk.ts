/**
 * Jobs: work that goes on after its call was answered, with the call's slot and hold. Whoever does the work
 * reports the end; a job of which nobody reports any is taken for dead at its maximum age.
 */
import { assert } from "../../base/index.ts";
import { isCredits } from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import { tellSpend } from "../spend.ts";
import type { Job } from "../stores.ts";
import type { JobSlots } from "./job-slots.ts";

/** How a job ended. Without `credits`, one that completed costs all that was held for it; one that failed costs nothing. */
export type JobOutcome =
  | { readonly kind: "completed"; readonly credits?: number }
  | { readonly kind: "failed" };

/** What came of a report. `unknown`: no such job runs; it ended before, or its call never got as far. */
export type JobEnded =
  | { readonly kind: "charged"; readonly credits: number }
  | { readonly kind: "released" }
  | { readonly kind: "unknown" };

export interface JobDesk {
  /**
   * Ends a job, by the request id of the call that started it: frees its slots, then settles or releases its hold.
   * Once: a second report answers `unknown`. Rejects while the ledger is down, and while the call is still being answered by
   * another process: then report again later, as after a crash.
   */
  end(jobId: string, outcome: JobOutcome): Promise<JobEnded>;
  /**
   * Takes the slots of all jobs that run and that this gate's operations have started: for a process whose limits are in
   * memory, or may have been emptied, before the first request. Limits that are down are announced, and keep it from
   * nothing. Answers how many jobs there are.
   */
  restore(): Promise<number>;
}

export function createJobDesk(settings: Settings, slots: JobSlots): JobDesk {
  const { stores, startingJobs, calls } = settings;
  return {
    async end(jobId, outcome) {
      checkOutcome(outcome);
      calls.begin();
      try {
        await startingJobs.over(jobId);
        const job = await stores.ledger.job(jobId);
        if (job === undefined) return await endUnknown(settings, jobId);
        // First: whoever reports has no answer yet, so after a crash here the report comes again, and the job is still there.
        await slots.free(job);
        settings.shadow?.jobEnded(job);
        try {
          return await endHold(settings, job, outcome);
        } finally {
          // And last: a process that has started meanwhile took them again, for a job that the ledger still knew.
          await slots.free(job);
        }
      } finally {
        calls.end();
      }
    },
    restore: () => slots.take(),
  };
}

/**
 * A quick job can be over before the process that answers its call has left it in the ledger. Were its end `unknown` here, nobody
 * would tell of it again: it would hold its slot for its whole age, and cost nothing.
 */
async function endUnknown({ stores }: Settings, jobId: string): Promise<JobEnded> {
  const hold = await stores.ledger.hold(jobId);
  assert(
    hold?.state !== "open",
    () => `the call ${jobId} has not been answered yet: report the end of its job again later`,
  );
  return { kind: "unknown" };
}

async function endHold(
  settings: Settings,
  { holdId, accountId, amount }: Job,
  outcome: JobOutcome,
): Promise<JobEnded> {
  const { stores, clock } = settings;
  const { ledger } = stores;
  if (outcome.kind === "failed") {
    await ledger.release(holdId, clock.wallMs());
    return { kind: "released" };
  }
  const { credits = amount } = outcome;
  const settled = await ledger.settle(
    {
      holdId,
      charge: Math.min(credits, amount),
      ...(credits > amount && { overage: credits - amount }),
      // Its answer was stored when it began.
      rememberMs: 0,
    },
    clock.wallMs(),
  );
  if (settled.kind === "settled") {
    // The ledger knows which budgets it counted against, and its caller is gone.
    tellSpend(settings, holdId, { accountId, budgets: undefined, short: undefined });
    return { kind: "charged", credits: settled.charged };
  }
  // Its maximum age passed in the meantime.
  return { kind: "unknown" };
}

function checkOutcome(outcome: JobOutcome): void {
  const { kind } = outcome;
  assert(
    kind === "completed" || kind === "failed",
    () => `a job ends "completed" or "failed", got "${String(kind)}"`,
  );
  if (outcome.kind === "failed" || outcome.credits === undefined) return;
  const { credits } = outcome;
  assert(isCredits(credits), () => `a job costs a whole number of credits, got ${credits}`);
}
