// The server layer of the portal API: what each operation takes and answers, and what a key must reach for it.

import type { OperationOf, PlanOf, ServerDeclaration } from "sluice";
import * as credits from "../../admin/contract/schemas/credits.ts";
import { pageOf } from "../../admin/contract/schemas/parts.ts";
import * as account from "./schemas/account.ts";
import * as notices from "./schemas/notices.ts";
import * as requests from "./schemas/requests.ts";
import * as usage from "./schemas/usage.ts";
import type { wire } from "./wire.ts";

type Declaration = ServerDeclaration<OperationOf<typeof wire>, PlanOf<typeof wire>>;

const own = { permission: "own" } as const;
const ofAccount = { permission: "account" } as const;
const changes = { permission: "change" } as const;

export const server = {
  plans: { customers: { title: "Customers" } },
  // Whoever looks for the reason of a refusal must get in.
  limitsDown: "local",
  operations: {
    whoAmI: { ...own, output: account.whoAmI },
    getPlan: { ...own, output: account.plan },
    getUsage: { ...ofAccount, query: usage.usageQuery, output: usage.usage },
    listUsageDays: { ...ofAccount, query: usage.daysQuery, output: usage.days },
    listUsageOperations: { ...own, query: usage.usageQuery, output: usage.operations },
    listRefusals: { ...ofAccount, query: usage.usageQuery, output: usage.refusals },
    getCredits: { ...ofAccount, output: credits.balance },
    listGrants: { ...ofAccount, query: credits.query, output: credits.grants },
    getForecast: { ...ofAccount, output: usage.forecast },
    listBudgets: { ...own, query: credits.query, output: credits.budgets },
    listKeys: { ...own, query: account.keyQuery, output: pageOf(account.key) },
    getKey: { ...own, params: account.keyParams, output: account.keyUsed },
    listRequests: { ...own, query: requests.query, output: requests.rows },
    explainRequest: { ...own, params: requests.params, output: requests.explanation },
    getThresholds: { ...ofAccount, output: notices.thresholds },
    setThresholds: {
      ...changes,
      bodyBytesMax: 65_536,
      body: notices.warningsDraft,
      output: notices.warningsSet,
    },
    removeThresholds: { ...changes, output: notices.thresholds },
    rotateThresholdSecret: {
      ...changes,
      output: notices.warningSecret,
      reports: ["no_webhook"],
    },
    listWarnings: { ...ofAccount, query: notices.query, output: notices.warnings },
  },
} as const satisfies Declaration;
