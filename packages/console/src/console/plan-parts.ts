// A plan as the contracts have it, found by its name: two contracts may share one.

import type { Listed } from "./admin.ts";
import { useEverything } from "./everything.ts";

export type Plan = Listed<"listPlans">;
export type Api = Listed<"listApis">;

export function usePlans(): readonly Plan[] {
  return useEverything("listPlans", {}).data?.rows ?? [];
}

export function useApis(isOn = true): readonly Api[] {
  return useEverything("listApis", {}, isOn).data?.rows ?? [];
}

/** What a plan gives, over all contracts that have it. */
export function planNamed(plans: readonly Plan[], name: string): Pick<Plan, PlanPart> | undefined {
  const fitting = plans.filter((plan) => plan.name === name);
  if (fitting.length === 0) return undefined;
  return {
    windows: Object.assign({}, ...fitting.map(({ windows }) => windows)),
    slots: Object.assign({}, ...fitting.map(({ slots }) => slots)),
    limits: Object.assign({}, ...fitting.map(({ limits }) => limits)),
    allowance: fitting.find(({ allowance }) => allowance !== null)?.allowance ?? null,
  };
}

type PlanPart = "windows" | "slots" | "limits" | "allowance";
