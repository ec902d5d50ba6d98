// The plans to choose from, by contract.

import type { ReactNode } from "react";
import type { Plan } from "../../plan-parts.ts";

export function PlanOptions({ plans }: { readonly plans: readonly Plan[] }): ReactNode {
  const apis = [...new Set(plans.map(({ api }) => api))];
  return apis.map((api) => (
    <optgroup key={api} label={api}>
      {plans
        .filter((plan) => plan.api === api)
        .map(({ name, title }) => (
          <option key={name} value={name}>
            {title === name ? name : `${title} (${name})`}
          </option>
        ))}
    </optgroup>
  ));
}
