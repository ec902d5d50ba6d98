/** The counters of a shadow, in a namespace of their own: whatever store counts them, no call is ever refused by one. */
import type { Admission, Limits, SlotClaim } from "../stores.ts";

const SPACE = "shadow ";

export function ownLimits(limits: Limits): Limits {
  const renamed = <Claim extends { readonly id: string }>(claims: readonly Claim[]) =>
    claims.map((claim) => ({ ...claim, id: SPACE + claim.id }));
  return {
    ...(limits.jobLeaseMs !== undefined && { jobLeaseMs: limits.jobLeaseMs }),
    get partlyDown() {
      return limits.partlyDown === true;
    },
    admit: (admission: Admission, nowMs) =>
      limits.admit(
        { ...admission, windows: renamed(admission.windows), slots: renamed(admission.slots) },
        nowMs,
      ),
    release: (slots: readonly SlotClaim[], owner) => limits.release(renamed(slots), owner),
  };
}
