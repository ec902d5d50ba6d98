/** The end of step 8 for a call that started a job: slot and hold stay with the job until its end is reported. */
import type { Settings } from "../settings.ts";
import type { JobStart } from "../stores.ts";
import type { Hold, Visit } from "../visit.ts";
import { whenLimitsDown } from "./admit.ts";

/**
 * The slots become the job's last: a process that dies before the ledger knows of the job must not leave them taken for the
 * job's age. Until then they are the call's, and an end that is reported waits for the call. One that dies after that has left
 * a job, whose slots other gates claim, or the next start. Throws when the ledger is down; the slots then come free with the
 * call.
 */
export async function leaveToJob(
  visit: Visit,
  gate: Settings,
  hold: Hold,
  remembered: Pick<JobStart, "answer" | "rememberMs">,
): Promise<void> {
  const maxAgeMs = visit.settled.server.detaches?.maxAgeMs ?? 0;
  const nowMs = gate.clock.wallMs();
  const job = {
    holdId: hold.id,
    slots: (visit.slots ?? []).map(({ id }) => id),
    expiresAtMs: nowMs + maxAgeMs,
  };
  const started = await gate.stores.ledger.detach({ ...job, ...remembered }, nowMs);
  // A job that has ended already needs them no more: they go with the call.
  if (started.kind !== "detached") return;
  await keepSlots(visit, gate, maxAgeMs);
  if (await hasEndedElsewhere(visit, gate, hold)) return;
  visit.slots = undefined;
  const { accountId, keyId } = visit.known.caller;
  const { amount } = hold;
  gate.runningJobs.began({ ...job, accountId, keyId, operation: visit.settled.name, amount });
}

/** Another process that shares the ledger may have heard of the job's end, and freed its slots, before they were kept here. */
async function hasEndedElsewhere(visit: Visit, gate: Settings, { id }: Hold): Promise<boolean> {
  const { ledger } = gate.stores;
  if (ledger.isShared !== true || visit.slots === undefined) return false;
  try {
    return (await ledger.job(id)) === undefined;
  } catch (error) {
    // The job goes on; the answer of its call is stored already.
    gate.onEvent({ kind: "fault", step: "settle", requestId: visit.requestId, error });
    return false;
  }
}

/** A claim of the same member renews its lease. Limits that are down count nothing: they fail open. */
async function keepSlots(visit: Visit, gate: Settings, leaseMs: number): Promise<void> {
  if (visit.slots === undefined) return;
  const slots = visit.slots.map((claim) => ({ ...claim, leaseMs, detached: true }));
  const owner = visit.known.caller.accountId;
  const admission = { windows: [], slots, owner, whenDown: whenLimitsDown(gate) };
  try {
    await gate.stores.limits.admit(admission, gate.clock.monotonicMs());
  } catch (error) {
    gate.onEvent({ kind: "fault", step: "settle", requestId: visit.requestId, error });
  }
}
