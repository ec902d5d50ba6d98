// Who is calling, as whoever stands before this API tells it: plain data, believed without proof.

import { assert } from "sluice/base";

export interface Caller {
  readonly accountId: string;
  readonly keyId: string;
  readonly plan: string;
  /** What the caller's plan allows: `brands`, `avatarsPerBrand`, `slotsPerCampaign`. */
  readonly limits: Readonly<Record<string, number>>;
  readonly requestId: string;
}

export type LimitName = "brands" | "avatarsPerBrand" | "slotsPerCampaign";

/**
 * A limit that was never handed over is a mistake of the deployment, not of the caller. Guessing a
 * number would hide it, and either give the product away or refuse what was paid for: so it throws.
 */
export function limitOf(caller: Caller, name: LimitName): number {
  const limit = caller.limits[name];
  assert(limit !== undefined && limit >= 0, `The caller came without a usable limit "${name}"`);
  return limit;
}
