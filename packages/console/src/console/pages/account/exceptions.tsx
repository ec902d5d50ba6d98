// What the plan gives beside what the account has: windows, slots, limits and the allowance.

import { type ReactNode, useState } from "react";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { Mark } from "../../../parts/mark.tsx";
import { count, duration } from "../../../parts/numbers.ts";
import { useMay } from "../../may.ts";
import { planNamed, useApiOf, usePlans } from "../../plan-parts.ts";
import type { AccountShown } from "./account.tsx";
import { ExceptionsForm } from "./exceptions-form.tsx";

export type Kind = "windows" | "slots" | "limits";
type Allowance = NonNullable<NonNullable<AccountShown["overrides"]>["allowance"]>;

export interface Line {
  readonly kind: Kind | "allowance";
  readonly name: string;
  readonly what: string;
  /** Of the plan; null where the plan does not say. */
  readonly given: number | null;
  readonly exception: number | undefined;
  readonly unit: string;
}

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

export function everyOf({ reset }: Allowance): string {
  return reset.kind === "calendar_month"
    ? "with each calendar month (UTC)"
    : `${duration(reset.everyMs)} after the first call that is charged`;
}

function linesOf(
  plan: ReturnType<typeof planNamed>,
  overrides: AccountShown["overrides"],
): readonly Line[] {
  const { windows = {}, slots = {}, limits = {}, allowance = null } = plan ?? {};
  const own = overrides ?? {};
  return [
    {
      kind: "allowance",
      name: "allowance",
      what: allowance === null ? "Allowance" : `Allowance, ${everyOf(allowance)}`,
      given: allowance?.credits ?? null,
      exception: own.allowance?.credits,
      unit: " credits",
    },
    ...names(windows, own.windows).map((name) => {
      const window = windows[name];
      const unit = window === undefined ? "" : ` / ${duration(window.windowMs)}`;
      const what = `Requests per ${window?.per ?? "key"}, window`;
      return lineOf("windows", { name, what, unit, given: window?.limit, own: own.windows });
    }),
    ...names(slots, own.slots).map((name) => {
      const what = `At once per ${slots[name]?.per ?? "key"}, slot`;
      return lineOf("slots", { name, what, unit: "", given: slots[name]?.limit, own: own.slots });
    }),
    ...names(limits, own.limits).map((name) =>
      lineOf("limits", { name, what: "Limit", unit: "", given: limits[name], own: own.limits }),
    ),
  ];
}

interface Parts {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly given: number | undefined;
  readonly own: Readonly<Record<string, number>> | undefined;
}

function lineOf(kind: Kind, { given, own, ...parts }: Parts): Line {
  return { kind, ...parts, given: given ?? null, exception: own?.[parts.name] };
}

/** Those of the plan, and exceptions that no plan here has any more. */
function names(given: object, own: object = {}): readonly string[] {
  return [...new Set([...Object.keys(given), ...Object.keys(own)])];
}
