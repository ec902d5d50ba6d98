// Input checked against the contracts that are served: names that no contract has would silently do nothing.

import { type AnyApi, type Refusal, refuse } from "sluice";
import type { Account } from "sluice/gate";

export function apisOfPlan(apis: readonly AnyApi[], plan: string): readonly AnyApi[] {
  return apis.filter(({ server }) => Object.hasOwn(server.plans, plan));
}

export function titleOf({ wire }: AnyApi): string {
  return wire.about.title;
}

export function permissionsOf({ server }: AnyApi): readonly string[] {
  const named = Object.values(server.operations).flatMap(({ permission }) => permission ?? []);
  return [...new Set(named)].sort();
}

export function refuseField(param: string, expected: string): Refusal {
  return refuse("invalid_field", { param, expected });
}

export function oneOf(names: Iterable<string>): string {
  const quoted = [...new Set(names)].map((name) => `'${name}'`);
  return quoted.length === 0
    ? "must be left out: there is none"
    : `must be one of [${quoted.join(", ")}]`;
}

/** Whether a plan is any contract's, and the names of the exceptions are those of its limits. */
export function refuseAccount(
  { plan, overrides = {} }: Pick<Account, "plan" | "overrides">,
  apis: readonly AnyApi[],
): Refusal | undefined {
  const fitting = apisOfPlan(apis, plan);
  if (fitting.length === 0) {
    return refuseField("plan", oneOf(apis.flatMap(({ server }) => Object.keys(server.plans))));
  }
  const known = {
    windows: fitting.flatMap(({ wire }) => Object.keys(wire.windows)),
    slots: fitting.flatMap(({ wire }) => Object.keys(wire.slots ?? {})),
    limits: fitting.flatMap(({ server }) => Object.keys(server.plans[plan]?.limits ?? {})),
  };
  for (const kind of ["windows", "slots", "limits"] as const) {
    const stranger = Object.keys(overrides[kind] ?? {}).find((name) => !known[kind].includes(name));
    if (stranger === undefined) continue;
    return refuseField(`overrides.${kind}.${stranger}`, `the name ${oneOf(known[kind])}`);
  }
  return undefined;
}

/** Every API that the account's keys open must know its plan. */
export function refuseOtherApis(
  before: string,
  after: string,
  apis: readonly AnyApi[],
): Refusal | undefined {
  const needed = apisOfPlan(apis, before);
  if (needed.every(({ server }) => Object.hasOwn(server.plans, after))) return undefined;
  const common = Object.keys(needed[0]?.server.plans ?? {}).filter((plan) =>
    needed.every(({ server }) => Object.hasOwn(server.plans, plan)),
  );
  return refuseField("plan", oneOf(common));
}
