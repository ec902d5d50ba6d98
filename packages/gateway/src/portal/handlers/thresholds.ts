// When and where the account hears that its credits or a budget run low, and what it was told.

import { isRefusal, WARNING_PERCENTS_DEFAULT } from "sluice";
import type { Account } from "sluice/gate";
import type { Desk } from "../../admin/desk/desk.ts";
import { shownWarnings } from "../../admin/handlers/accounts.ts";
import { answer } from "../../admin/handlers/answer.ts";
import { apiOfAccount } from "../../admin/handlers/key-checks.ts";
import { warningHandlers } from "../../admin/handlers/warnings.ts";
import { webhookHandlers } from "../../admin/handlers/webhook.ts";
import * as schemas from "../contract/schemas/notices.ts";
import { customer, mine, ofMine } from "./caller.ts";
import type { PortalHandlers } from "./portal-handlers.ts";

type Operations =
  | "getThresholds"
  | "setThresholds"
  | "removeThresholds"
  | "rotateThresholdSecret"
  | "listWarnings";

export function thresholdHandlers(desk: Desk): Pick<PortalHandlers, Operations> {
  const { setWarnings, removeWarnings, rotateWarningSecret } = webhookHandlers(desk);
  const { listWarnings } = warningHandlers(desk);
  const shown = async (account: Account) => {
    const percents =
      (await apiOfAccount(desk, account))?.server.warnings?.percents ?? WARNING_PERCENTS_DEFAULT;
    return answer(schemas.thresholds, {
      webhook: shownWarnings(account.warnings),
      percents: [...percents],
    });
  };
  return {
    async getThresholds(_, context) {
      const found = await customer(desk, context);
      return isRefusal(found) ? found : shown(found.account);
    },
    setThresholds: (input, context) => setWarnings(ofMine(input, context), context),
    async removeThresholds(input, context) {
      const removed = await removeWarnings(ofMine(input, context), context);
      if (isRefusal(removed)) return removed;
      const found = await customer(desk, context);
      return isRefusal(found) ? found : shown(found.account);
    },
    rotateThresholdSecret: (input, context) => rotateWarningSecret(ofMine(input, context), context),
    listWarnings: ({ query, params, body }, context) =>
      listWarnings({ query: { ...query, ...mine(context) }, params, body }, context),
  };
}
