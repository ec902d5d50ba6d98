/**
 * Jobs: work that goes on after its call was answered, with the call's slot and hold. Whoever does the work
 * reports the end; a job of which nobody reports any is taken for dead at its maximum age.
 */
import { assert } from "../../base/index.ts";
import { isCredits } from "../../contract/index.ts";
import type { Settings } from "../settings.ts";
import { tellSpend } from "../spend.ts";
import { announceDown, whenLimitsDown } from "../steps/admit.ts";
import type { Job, SlotClaim } from "../stores.ts";

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
   * Once: a second report answers `unknown`. Rejects while the ledger is down: then report again later, as after a crash.
   */
  end(jobId: string, outcome: JobOutcome): Promise<JobEnded>;
  /**
   * Takes the slots of all jobs that run and that this gate's operations have started: for a process whose limits are in
   * memory, or may have been emptied, before the first request. Limits that are down are announced, and keep it from
   * nothing. Answers how many jobs there are.
   */
  restore(): Promise<number>;
}

/** No job is refused its own slots: they are taken already. */
const ANY_LIMIT = Number.MAX_SAFE_INTEGER;

export function createJobDesk(settings: Settings): JobDesk {
  const { stores, clock, onEvent, startingJobs, calls } = settings;
  const { ledger, limits } = stores;
  const freeSlots = async (job: Job) => {
    try {
      await limits.release(claimsOf(job, 1), job.accountId);
    } catch (error) {
      // The leases run out by themselves.
      onEvent({ kind: "fault", step: "job", requestId: job.holdId, error });
    }
  };
  return {
    async end(jobId, outcome) {
      checkOutcome(outcome);
      calls.begin();
      try {
        await startingJobs.over(jobId);
        const job = await ledger.job(jobId);
        if (job === undefined) return { kind: "unknown" };
        // First: whoever reports has no answer yet, so after a crash here the report comes again, and the job is still there.
        await freeSlots(job);
        try {
          return await endHold(settings, job, outcome);
        } finally {
          // And last: a process that has started meanwhile took them again, for a job that the ledger still knew.
          await freeSlots(job);
        }
      } finally {
        calls.end();
      }
    },
    async restore() {
      // Of several gates on one ledger each takes its own: what happens while limits are down is for its contract to say.
      const isOwn = ({ operation }: Job) => settings.operations.has(operation);
      const whenDown = whenLimitsDown(settings);
      const jobs = (await ledger.jobs()).filter(isOwn);
      for (const job of jobs) {
        const leaseMs = Math.max(1, job.expiresAtMs - clock.wallMs());
        const slots = claimsOf(job, leaseMs);
        try {
          const admission = { windows: [], slots, owner: job.accountId, whenDown };
          const { local } = await limits.admit(admission, clock.monotonicMs());
          if (local !== undefined) announceDown(settings, local.cause);
        } catch (error) {
          // The jobs go on all the same: a store that is far away is told of their slots when it is back.
          announceDown(settings, error);
        }
      }
      // Where others serve too, some may have ended before their slots were taken again here, and nobody would free them.
      const running = new Set((await ledger.jobs()).filter(isOwn).map(({ holdId }) => holdId));
      for (const job of jobs) if (!running.has(job.holdId)) await freeSlots(job);
      return running.size;
    },
  };
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

function claimsOf({ slots, holdId }: Job, leaseMs: number): readonly SlotClaim[] {
  return slots.map((id) => ({ id, member: holdId, limit: ANY_LIMIT, leaseMs, detached: true }));
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
