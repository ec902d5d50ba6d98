/** What a shadow is made from, checked: one that could never differ, or could touch a call, is refused at the start. */
import { assert } from "../../base/index.ts";
import type { AnyApi } from "../../contract/index.ts";
import type { Limits, Stores } from "../stores.ts";
import type { Difference } from "./difference.ts";

export interface ShadowOptions {
  /** The contract that decides beside the one in force. It must have every plan that accounts are on. */
  readonly api: AnyApi;
  /** What counts its windows and slots, never the store that counts the real ones: `new MemoryLimits()` for one process. */
  readonly limits: Limits;
  /** Told of each difference, some time after its call was answered. @default nobody; they are counted all the same */
  readonly onDifference?: (difference: Difference) => void;
}

const OPTIONS: readonly (keyof ShadowOptions)[] = ["api", "limits", "onDifference"];

export function checkShadow(api: AnyApi, { limits }: Stores, shadow: ShadowOptions): void {
  for (const name of Object.keys(shadow)) {
    const known = OPTIONS.some((option) => option === name);
    const may = OPTIONS.join(", ");
    assert(known, () => `createGate: nothing reads the option "shadow.${name}"; use ${may}`);
  }
  assert(shadow.api !== undefined, "createGate: shadow.api is missing");
  assert(shadow.limits !== undefined, "createGate: shadow.limits is missing");
  assert(
    shadow.api !== api,
    "createGate: shadow.api is the gate's own contract: nothing can differ",
  );
  assert(
    shadow.limits !== limits,
    "createGate: shadow.limits are the gate's own: what fails there would fail for calls; give it others",
  );
  const missing = missingPlans(api, shadow.api);
  assert(
    missing.length === 0,
    () => `createGate: shadow.api has no plan ${missing.join(", ")}, which accounts may be on`,
  );
}

/** The plans of a contract that another one does not have. */
export function missingPlans(api: AnyApi, other: AnyApi): readonly string[] {
  return Object.keys(api.server.plans).filter((plan) => !Object.hasOwn(other.server.plans, plan));
}
