// The account's keys, or the one that somebody signed in with: never what opens them.

import { isRefusal, refuse } from "sluice";
import { page } from "../../admin/contract/schemas/keys.ts";
import type { Desk } from "../../admin/desk/desk.ts";
import { answer } from "../../admin/handlers/answer.ts";
import { keyOf, shownKey } from "../../admin/handlers/key-shown.ts";
import { keyHandlers as operators } from "../../admin/handlers/keys.ts";
import * as schemas from "../contract/schemas/account.ts";
import { customer, ofMine } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

export function keyHandlers(desk: Desk): Pick<PortalHandlers, "listKeys" | "getKey"> {
  const { listKeys } = operators(desk);
  return {
    async listKeys(input, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      if (found.seesAll) return listKeys(ofMine(input, context), context);
      return answer(page, { data: [shownKey(desk, found.key)], next: null });
    },

    async getKey({ params: { keyId } }, context) {
      const found = await customer(desk, context);
      if (isRefusal(found)) return found;
      const key = await keyOf(desk, found.account.id, keyId);
      if (key === undefined || (!found.seesAll && keyId !== found.key.id))
        return refuse("not_found");
      const [newest] = await desk.stores.log.find({ keyId, limit: 1 });
      const lastUsedAtMs = newest?.atMs ?? null;
      return answer(schemas.keyUsed, { key: shownKey(desk, key), lastUsedAtMs });
    },
  };
}
