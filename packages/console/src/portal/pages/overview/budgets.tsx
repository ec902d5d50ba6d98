// How the budgets stand in this month.

import type { ReactNode } from "react";
import { Bar } from "../../../parts/bar.tsx";
import { type Column, column, ListTable } from "../../../parts/list-table.tsx";
import { count } from "../../../parts/numbers.ts";
import { Day } from "../../../parts/time.tsx";
import { type Listed, usePortalList } from "../../asking.ts";

type Budget = Listed<"listBudgets">;

const columns: readonly Column<Budget>[] = [
  column("Budget", ({ scope, name }) => (
    <>
      {name} <span className="quiet">{scope}</span>
    </>
  )),
  column("Used", ({ used, held, cap, name }) => (
    <Bar used={used} held={held} cap={cap} label={`Budget of ${name}`} />
  )),
  column("Credits", ({ used, cap }) => `${count(used)} of ${count(cap)}`, "number"),
  column("Left", ({ used, held, cap }) => count(Math.max(0, cap - used - held)), "number"),
  column("Starts anew", ({ resetAtMs }) => <Day atMs={resetAtMs} />),
];

export function Budgets(): ReactNode {
  const query = usePortalList("listBudgets", {});
  return (
    <section className="box budgets" aria-labelledby="budgets">
      <h2 id="budgets">Budgets of this month</h2>
      <ListTable
        caption="Budgets, workspaces first, then projects, then keys"
        columns={columns}
        query={query}
        keyOf={({ scope, id }) => `${scope} ${id}`}
        empty={<p>No workspace, project or key has a budget.</p>}
      />
    </section>
  );
}
