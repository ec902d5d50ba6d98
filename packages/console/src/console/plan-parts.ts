// A plan as the contracts have it, found by its name.

import { type Listed, useAdmin } from "./admin.ts";
import { useEverything } from "./everything.ts";

export type Plan = Listed<"listPlans">;
export type Api = Listed<"listApis">;

export function usePlans(): readonly Plan[] {
  return useEverything("listPlans", {}).data?.rows ?? [];
}

export function useApis(isOn = true): readonly Api[] {
  return useEverything("listApis", {}, isOn).data?.rows ?? [];
}

/**
 * The contract that the account's keys open: two contracts may have a plan of one name. Null where it has no key, undefined until
 * that is known.
 */
export function useApiOf(accountId: string): string | null | undefined {
  const keys = useAdmin("listKeys", { params: { accountId }, query: { limit: 1 } });
  return keys.data && (keys.data.data[0]?.api ?? null);
}

/** What a plan gives; without a contract the first one that has it counts. */
export function planNamed(
  plans: readonly Plan[],
  name: string,
  api: string | null | undefined,
): Plan | undefined {
  const fitting = plans.filter((plan) => plan.name === name);
  return fitting.find((plan) => plan.api === api) ?? fitting[0];
}
