// Every operation of the portal API: method, path, and a sentence for the documents. None takes an account: it is the caller's.

import type { WireOperation } from "sluice";

export const operations = {
  whoAmI: {
    method: "GET",
    path: "/whoami",
    summary: "Shows the key that was signed in with, its account, and what it may see.",
  },
  getPlan: {
    method: "GET",
    path: "/plan",
    summary: "Shows the plan with its limits, exceptions of the account included.",
  },
  getUsage: {
    method: "GET",
    path: "/usage",
    summary: "Counts the account's requests, refusals, faults and credits in a time.",
  },
  listUsageDays: {
    method: "GET",
    path: "/usage/days",
    summary: "Counts the same day by day (UTC), newest first.",
  },
  listUsageOperations: {
    method: "GET",
    path: "/usage/operations",
    summary: "Counts the newest requests by operation: the account's, or those of the key.",
  },
  listRefusals: {
    method: "GET",
    path: "/usage/refusals",
    summary: "Counts the newest refusals by their codes.",
  },
  getCredits: {
    method: "GET",
    path: "/credits",
    summary: "Shows what the account has left, by allowance and grants.",
  },
  listGrants: {
    method: "GET",
    path: "/grants",
    summary: "Lists the account's grants, newest first, and what became of each.",
  },
  getForecast: {
    method: "GET",
    path: "/forecast",
    summary: "Says how long the credits last at the rate of the last days.",
  },
  listBudgets: {
    method: "GET",
    path: "/budgets",
    summary: "Shows how the budgets stand in this month: all, or those that the key is under.",
  },
  listKeys: {
    method: "GET",
    path: "/keys",
    summary: "Lists the keys, oldest first; never their secrets.",
  },
  getKey: {
    method: "GET",
    path: "/keys/{keyId}",
    summary: "Shows one key, and when it was last used.",
  },
  listRequests: { method: "GET", path: "/requests", summary: "Finds requests, newest first." },
  explainRequest: {
    method: "GET",
    path: "/requests/{requestId}/explanation",
    summary: "Says what happened to a request: what refused it, what it cost, and in plain words.",
  },
  getThresholds: {
    method: "GET",
    path: "/thresholds",
    summary: "Shows at which percents of credits and budgets a webhook hears of it.",
  },
  setThresholds: {
    method: "PUT",
    path: "/thresholds",
    summary: "Says at which percents which webhook hears; the first time it answers the secret.",
  },
  removeThresholds: {
    method: "DELETE",
    path: "/thresholds",
    summary: "Ends the webhook: warnings are then only listed.",
  },
  rotateThresholdSecret: {
    method: "POST",
    path: "/thresholds/secret",
    summary: "Gives the webhook a new signing secret, which this answer shows once.",
  },
  listWarnings: {
    method: "GET",
    path: "/warnings",
    summary: "Lists the warnings that were raised, newest first, with their deliveries.",
  },
} as const satisfies Record<string, WireOperation>;
