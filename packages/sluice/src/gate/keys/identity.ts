/**
 * Who calls, resolved once a key and kept with it: the records, and everything that follows from them and the
 * contract (limits with the account's exceptions, budgets, what the upstream is told), so that a request by
 * a known key computes nothing anew.
 */
import { assert } from "../../base/index.ts";
import { type AnyApi, type Environment, limitFor } from "../../contract/index.ts";
import type { AccountFunds, Budget, SlotClaim, Subscriber, WindowClaim } from "../stores.ts";

/** What the upstream is told of its caller. Data only, nothing secret. */
export interface Caller {
  readonly accountId: string;
  readonly workspaceId?: string;
  readonly projectId?: string;
  readonly keyId: string;
  readonly environment: Environment;
  readonly plan: string;
  /** The plan's counts with the account's exceptions. */
  readonly limits: Readonly<Record<string, number>>;
}

/** A slot that a call must take; the member is the call itself. */
export interface SlotRule extends Omit<SlotClaim, "member" | "leaseMs"> {
  /** What to say when none is free; undefined leaves it to the store. */
  readonly retryAfterMs: number | undefined;
}

/** A place in a window that a call must take. */
export interface WindowRule extends WindowClaim {
  /** The window's, in the contract. */
  readonly name: string;
}

export interface Identity {
  readonly subscriber: Subscriber;
  readonly caller: Caller;
  readonly funds: AccountFunds;
  readonly budgets: readonly Budget[];
  /** The claims of an operation; undefined for a path that is none. The first is the one in headers. */
  windowsFor(operation: string | undefined): readonly WindowRule[];
  slotsFor(operation: string | undefined): readonly SlotRule[];
}

const NO_SLOTS: readonly SlotRule[] = [];

export function identityOf(api: AnyApi, subscriber: Subscriber): Identity {
  const { key, account, workspace, project } = subscriber;
  const plan = api.server.plans[account.plan];
  assert(plan !== undefined, () => `account ${account.id} is on a plan that the contract lacks`);
  const windows = new Map<string | undefined, readonly WindowRule[]>();
  const slots = slotRules(api, subscriber);
  return {
    subscriber,
    caller: {
      accountId: account.id,
      ...(workspace && { workspaceId: workspace.id }),
      ...(project && { projectId: project.id }),
      keyId: key.id,
      environment: key.environment,
      plan: account.plan,
      limits: Object.freeze({ ...plan.limits, ...account.overrides?.limits }),
    },
    funds: {
      accountId: account.id,
      allowance: account.overrides?.allowance ?? plan.allowance,
    },
    budgets: budgetsOf(subscriber),
    windowsFor(operation) {
      const known = windows.get(operation);
      if (known !== undefined) return known;
      const claims = windowClaims(api, subscriber, operation);
      windows.set(operation, claims);
      return claims;
    },
    slotsFor: (operation) => (operation && slots.get(operation)) || NO_SLOTS,
  };
}

function windowClaims(
  { wire }: AnyApi,
  { key, account }: Subscriber,
  operation: string | undefined,
): readonly WindowRule[] {
  return Object.entries(wire.windows).flatMap(([name, window]) => {
    // A path that is no operation still counts where a window is for everything.
    const counts =
      window.operations === undefined ||
      (operation !== undefined && window.operations.includes(operation));
    if (!counts) return [];
    const limit = account.overrides?.windows?.[name] ?? limitFor(window.limit, account.plan);
    assert(limit !== undefined, () => `window ${name} has no limit for plan ${account.plan}`);
    const owner = window.per === "key" ? key.id : account.id;
    return [{ name, id: `${name}:${owner}`, limit, windowMs: window.windowMs, cost: 1 }];
  });
}

function slotRules({ wire }: AnyApi, { key, account }: Subscriber): Map<string, SlotRule[]> {
  const rules = new Map<string, SlotRule[]>();
  for (const [name, slot] of Object.entries(wire.slots ?? {})) {
    const limit = account.overrides?.slots?.[name] ?? limitFor(slot.limit, account.plan);
    assert(limit !== undefined, () => `slot ${name} has no limit for plan ${account.plan}`);
    const id = `${name}:${slot.per === "key" ? key.id : account.id}`;
    const rule = { id, limit, retryAfterMs: slot.retryAfterMs };
    for (const operation of slot.operations) {
      rules.set(operation, [...(rules.get(operation) ?? []), rule]);
    }
  }
  return rules;
}

/** Narrowest first: the cause that is named is the one that the caller can change most easily. */
export function budgetsOf({
  key,
  project,
  workspace,
}: Pick<Subscriber, "key" | "project" | "workspace">): readonly Budget[] {
  const owners = [
    ["key", key],
    ["project", project],
    ["workspace", workspace],
  ] as const;
  return owners.flatMap(([scope, owner]) =>
    owner?.budget === undefined ? [] : [{ scope, id: owner.id, cap: owner.budget }],
  );
}
