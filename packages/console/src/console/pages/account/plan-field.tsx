// The plan of an account, chosen from those of every contract.

import type { ReactNode } from "react";
import { SelectField } from "../../../parts/field.tsx";
import type { Plan } from "../../plan-parts.ts";

export interface PlanFieldProps {
  readonly plans: readonly Plan[];
  readonly value: string;
  readonly onChoose: (plan: string) => void;
  readonly wrong: string | undefined;
  readonly hint?: ReactNode;
}

export function PlanField({ plans, onChoose, ...field }: PlanFieldProps): ReactNode {
  const apis = [...new Set(plans.map(({ api }) => api))];
  return (
    <SelectField label="Plan" onChange={({ target }) => onChoose(target.value)} {...field}>
      {apis.map((api) => (
        <optgroup key={api} label={api}>
          {plans
            .filter((plan) => plan.api === api)
            .map(({ name, title }) => (
              <option key={name} value={name}>
                {title === name ? name : `${title} (${name})`}
              </option>
            ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
