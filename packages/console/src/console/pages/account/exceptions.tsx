// What the plan gives beside what the account has: windows, slots, limits and the allowance.

import { type ReactNode, useState } from "react";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { count } from "../../../parts/numbers.ts";
import { useMay } from "../../may.ts";
import { planNamed, useApiOf, usePlans } from "../../plan-parts.ts";
import type { AccountShown } from "./account.tsx";
import { everyOf, type Line, linesOf } from "./exception-lines.ts";
import { ExceptionsForm } from "./exceptions-form.tsx";

const columns: readonly Column<Line>[] = [
  column("What", ({ what, name, kind }) => (
    <>
      {what} {kind !== "allowance" && <code className="quiet">{name}</code>}
    </>
  )),
  column(
    "The plan gives",
    ({ given, unit }) => (given === null ? "–" : `${count(given)}${unit}`),
    "number",
  ),
  column(
    "The account has",
    ({ given, exception, unit }) => {
      const has = exception ?? given;
      return has === null ? "–" : `${count(has)}${unit}`;
    },
    "number",
  ),
  column("Exception", ({ exception }) => exception !== undefined && <Mark tone="accent">yes</Mark>),
];

export function Exceptions({ account }: { readonly account: AccountShown }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMay("write");
  const plan = planNamed(usePlans(), account.plan, useApiOf(account.id));
  const lines = linesOf(plan, account.overrides);
  return (
    <div className="stack">
      {plan === undefined && (
        <p className="said warn">No contract that is served here has the plan “{account.plan}”.</p>
      )}
      <Table
        caption="What the plan gives, and what the account has"
        columns={columns}
        rows={lines}
        keyOf={({ kind, name }) => `${kind} ${name}`}
      />
      {account.overrides?.allowance !== undefined && (
        <p className="quiet">
          The account’s own allowance starts anew {everyOf(account.overrides.allowance)}.
        </p>
      )}
      {mayWrite && (
        <p>
          <button type="button" className="button" onClick={() => setOpen(true)}>
            Edit exceptions
          </button>
        </p>
      )}
      {isOpen && (
        <ExceptionsForm
          account={account}
          lines={lines}
          planReset={plan?.allowance?.reset}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
