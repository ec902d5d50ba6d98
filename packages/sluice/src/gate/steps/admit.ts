/** Step 3: a place in every rate window and a slot of every kind, all or nothing, in one round trip. */
import { type Awaitable, isPromise } from "../../base/index.ts";
import { type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import type { Settings } from "../settings.ts";
import type { Admission, Admitted, LimitRefused, SlotClaim } from "../stores.ts";
import type { Visit } from "../visit.ts";

/** After the call's own deadline, this long until a slot's holder is taken for dead. */
const LEASE_MARGIN_MS = 30_000;
const CLOSED_MS = 60_000;
const NO_SLOTS: readonly SlotClaim[] = [];

export function admit(visit: Visit, gate: Settings): Awaitable<Refusal | undefined> {
  gate.shadow?.begin(visit);
  const operation = visit.operation;
  const windows = visit.known.windowsFor(operation?.name);
  const slots = claimSlots(visit);
  if (windows.length === 0 && slots.length === 0) return undefined;
  visit.windowClaims = windows;
  // Remembered before they are taken: if the answer gets lost, the undo still frees them.
  if (slots.length > 0) visit.slots = slots;
  visit.admittedMs = visit.waited ? gate.clock.monotonicMs() : visit.startedMs;
  try {
    const owner = visit.known.caller.accountId;
    const admission = { windows, slots, owner, whenDown: whenLimitsDown(gate) };
    const decided = gate.stores.limits.admit(admission, visit.admittedMs);
    if (!isPromise(decided)) return conclude(visit, gate, decided);
    return decided.then(
      (verdict) => conclude(visit, gate, verdict),
      (error: unknown) => limitsDown(visit, gate, error),
    );
  } catch (error) {
    return limitsDown(visit, gate, error);
  }
}

/** What the contract wants of a store that does not answer: to count on by itself, or to leave it to the gate. */
export function whenLimitsDown({ api }: Settings): "local" | "throw" {
  return (api.server.limitsDown ?? "local") === "local" ? "local" : "throw";
}

function claimSlots(visit: Visit): Admission["slots"] {
  const rules = visit.known.slotsFor(visit.operation?.name);
  if (rules.length === 0) return NO_SLOTS;
  const leaseMs = (visit.operation?.deadlineMs ?? 0) + LEASE_MARGIN_MS;
  return rules.map(({ id, limit }) => ({ id, limit, member: visit.requestId, leaseMs }));
}

function conclude(
  visit: Visit,
  gate: Settings,
  verdict: Admitted | LimitRefused,
): Refusal | undefined {
  if (verdict.local !== undefined) {
    announceDown(gate, verdict.local.cause);
    visit.limitsAreDown = true;
  } else announceBack(gate);
  visit.windows = verdict.windows;
  if (visit.slots !== undefined) noteSlots(visit, visit.slots, verdict.slotsTaken);
  if (verdict.admitted) return undefined;
  const slots = visit.slots;
  visit.slots = undefined;
  const { kind, index } = verdict.refusedBy;
  const claim = kind === "window" ? visit.windowClaims?.[index] : slots?.[index];
  const facts = {
    retryAfterMs: waitOf(visit, verdict),
    ...(claim !== undefined && { limit: claim.limit, by: claim.id }),
  };
  return refuse(kind === "window" ? "rate_limited" : "concurrency_limited", facts);
}

function noteSlots(visit: Visit, claims: readonly SlotClaim[], taken: readonly number[]): void {
  const [claim] = claims;
  if (claim === undefined) return;
  visit.slotsTaken = { id: claim.id, taken: taken[0] ?? 0, limit: claim.limit };
}

/** A limit that lets nothing pass never ends by waiting: then it is a minute, as good as any, until it may be another. */
function waitOf(visit: Visit, { refusedBy, retryAfterMs }: LimitRefused): number {
  if (refusedBy.kind === "slot") {
    const rule = visit.known.slotsFor(visit.operation?.name)[refusedBy.index];
    if (rule?.retryAfterMs !== undefined) return rule.retryAfterMs;
  }
  return Number.isFinite(retryAfterMs) ? retryAfterMs : CLOSED_MS;
}

/** Law 4: rate limits fail as the contract says, and say so. A store that cannot decide alone and throws all the same: open. */
function limitsDown(visit: Visit, gate: Settings, error: unknown): Refusal | undefined {
  announceDown(gate, error);
  if (gate.api.server.limitsDown === "closed") {
    return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: "limits" });
  }
  visit.limitsAreDown = true;
  return undefined;
}

/** Once, however many calls find it down. */
export function announceDown(gate: Settings, error: unknown): void {
  if (gate.limitsHealth.down) return;
  gate.limitsHealth.down = true;
  gate.onEvent({ kind: "limits_down", error });
}

/** After a decision of the store's own; not while any part of it is silent. */
export function announceBack({ limitsHealth, stores, onEvent }: Settings): void {
  if (!limitsHealth.down || stores.limits.partlyDown === true) return;
  limitsHealth.down = false;
  onEvent({ kind: "limits_back" });
}

/** The undo, and the end of every call: idempotent, and a lost release runs out with its lease. */
export async function freeSlots(visit: Visit, gate: Settings): Promise<void> {
  const slots = visit.slots;
  visit.slots = undefined;
  if (slots === undefined) return;
  try {
    await gate.stores.limits.release(slots, visit.known.caller.accountId);
  } catch (error) {
    announceDown(gate, error);
  }
}
