// What a plan gives and what an account has instead, as lines: windows, slots, limits and the allowance.

import { duration } from "../../../parts/numbers.ts";
import type { Plan } from "../../plan-parts.ts";
import type { AccountShown } from "./account.tsx";

type Kind = "windows" | "slots" | "limits";
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

export function everyOf({ reset }: Allowance): string {
  return reset.kind === "calendar_month"
    ? "with each calendar month (UTC)"
    : `${duration(reset.everyMs)} after the first call that is charged`;
}

export function linesOf(
  plan: Plan | undefined,
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
