// The plans side by side: credits, windows, slots and counts, each with its number on each plan.

import type { ReactNode } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { count, credits, duration } from "../../../parts/numbers.ts";
import { type Listed, useAdmin } from "../../admin.ts";
import type { Api } from "./api.ts";

type Plan = Listed<"listPlans">;

interface Line {
  readonly name: string;
  readonly of: (plan: Plan) => string;
}

/** `min`, `5 min`. */
function often(ms: number): string {
  return duration(ms).replace(/^1 /, "");
}

function allowanceOf({ allowance }: Plan): string {
  if (allowance === null) return "none";
  const { reset } = allowance;
  const every = reset.kind === "calendar_month" ? "month" : often(reset.everyMs);
  return `${credits(allowance.credits)} per ${every}`;
}

function linesOf({ windows, slots }: Api, plans: readonly Plan[]): readonly Line[] {
  const limits = [...new Set(plans.flatMap((plan) => Object.keys(plan.limits)))];
  return [
    { name: "Credits", of: allowanceOf },
    ...Object.keys(windows).map((name) => ({
      name: `Window ${name}`,
      of: (plan: Plan) => {
        const found = plan.windows[name];
        if (found === undefined) return "–";
        return `${count(found.limit)} per ${often(found.windowMs)} and ${found.per}`;
      },
    })),
    ...Object.keys(slots).map((name) => ({
      name: `Slot ${name}`,
      of: (plan: Plan) => {
        const found = plan.slots[name];
        return found === undefined ? "–" : `${count(found.limit)} at once per ${found.per}`;
      },
    })),
    ...limits.map((name) => ({
      name: `Limit ${name}`,
      of: ({ limits }: Plan) => (limits[name] === undefined ? "–" : count(limits[name])),
    })),
  ];
}

export function Plans({ api }: { readonly api: Api }): ReactNode {
  const query = useAdmin("listPlans", { query: { limit: 100 } });
  return (
    <Asked query={query}>
      {({ data }) => {
        const plans = data.filter((plan) => plan.api === api.title);
        const columns: readonly Column<Line>[] = [
          column("What", ({ name }) => name),
          ...plans.map((plan) => column<Line>(plan.title, ({ of }) => of(plan), "number")),
        ];
        return (
          <Table
            caption={`Plans of ${api.title}`}
            columns={columns}
            rows={linesOf(api, plans)}
            keyOf={({ name }) => name}
          />
        );
      }}
    </Asked>
  );
}
