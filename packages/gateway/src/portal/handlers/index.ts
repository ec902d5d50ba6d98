// Every operation of the portal API and the function that answers it: those of the admin API, with the account bound to the
// caller's, and seen as customers see it.

import type { Desk } from "../../admin/desk/desk.ts";
import { createDayUsages } from "../day-usages.ts";
import { accountHandlers } from "./account.ts";
import { creditHandlers } from "./credits.ts";
import { keyHandlers } from "./keys.ts";
import type { PortalHandlers } from "./portal-handlers.ts";
import { requestHandlers } from "./requests.ts";
import { thresholdHandlers } from "./thresholds.ts";
import { usageHandlers } from "./usage.ts";

export function portalHandlers(desk: Desk): PortalHandlers {
  const dayUsages = createDayUsages(desk.stores.log, desk.clock);
  return {
    ...accountHandlers(desk),
    ...usageHandlers(desk, dayUsages),
    ...creditHandlers(desk, dayUsages),
    ...keyHandlers(desk),
    ...requestHandlers(desk),
    ...thresholdHandlers(desk),
  };
}
