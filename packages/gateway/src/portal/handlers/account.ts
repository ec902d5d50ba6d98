// Who is signed in, and what the account has bought.

import { type AnyApi, isRefusal, limitFor } from "sluice";
import type { Account, Key } from "sluice/gate";
import type { z } from "zod";
import type { Desk } from "../../admin/desk/desk.ts";
import { titleOf } from "../../admin/handlers/against-contract.ts";
import { answer } from "../../admin/handlers/answer.ts";
import { apiOfAccount, apiOfKey } from "../../admin/handlers/key-checks.ts";
import { shownKey } from "../../admin/handlers/key-shown.ts";
import { permissionsOf, reachOf } from "../contract/reach.ts";
import * as schemas from "../contract/schemas/account.ts";
import { placeOf } from "../customer.ts";
import { customer } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

type ShownPlan = z.output<typeof schemas.plan>;

export function accountHandlers(desk: Desk): Pick<PortalHandlers, "whoAmI" | "getPlan"> {
  return {
    async whoAmI(_, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const { account, key } = found;
      const { id, name, plan, subscription } = account;
      const { workspace, project } = await placeOf(desk.stores.directory, key);
      return answer(schemas.whoAmI, {
        account: { id, name, plan, subscription },
        key: shownKey(desk, key),
        reach: reachOf(key),
        permissions: [...permissionsOf(key)],
        workspace: workspace ? { id: workspace.id, name: workspace.name } : null,
        project: project ? { id: project.id, name: project.name } : null,
      });
    },

    async getPlan(_, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      return answer(schemas.plan, shownPlan(await apiFor(desk, found), found.account));
    },
  };
}

/** The contract that the key opens. Where several could have made it, one with the account's plan. */
async function apiFor(
  desk: Desk,
  { key, account }: { key: Key; account: Account },
): Promise<AnyApi> {
  const api = apiOfKey(desk.apis, key) ?? (await apiOfAccount(desk, account)) ?? desk.apis[0];
  if (api === undefined) throw new Error("a portal is of some API");
  return api;
}

function shownPlan(api: AnyApi, { plan: name, subscription, overrides = {} }: Account): ShownPlan {
  const { wire, server } = api;
  const { title = name, allowance = null, limits = {} } = server.plans[name] ?? {};
  const limited = (usual: number | undefined, own: number | undefined) => ({
    limit: own ?? usual ?? 0,
    isException: own !== undefined && own !== usual,
  });
  return {
    api: titleOf(api),
    name,
    title,
    subscription,
    allowance: overrides.allowance ?? allowance,
    windows: Object.entries(wire.windows).map(([window, { per, limit, windowMs, operations }]) => ({
      name: window,
      ...{ per, windowMs },
      ...limited(limitFor(limit, name), overrides.windows?.[window]),
      operations: operations === undefined ? null : [...operations],
    })),
    slots: Object.entries(wire.slots ?? {}).map(([slot, { per, limit, operations }]) => ({
      name: slot,
      per,
      ...limited(limitFor(limit, name), overrides.slots?.[slot]),
      operations: [...operations],
    })),
    counts: Object.entries({ ...limits, ...overrides.limits }).map(([count]) => ({
      name: count,
      ...limited(limits[count], overrides.limits?.[count]),
    })),
    docs: wire.about.docs ?? null,
    support: wire.about.support ?? null,
  };
}
