// Every operation of the admin API: method, path, and a sentence for the documents.

import type { WireOperation } from "sluice";
import { keys } from "./key-operations.ts";
import { own } from "./own-operations.ts";

const account = "/accounts/{accountId}";

const accounts = {
  listAccounts: {
    method: "GET",
    path: "/accounts",
    summary: "Lists the accounts, oldest first, or those whose id or name holds a text.",
  },
  createAccount: {
    method: "POST",
    path: "/accounts",
    summary: "Creates an account on a plan.",
    idempotency: true,
  },
  getAccount: { method: "GET", path: account, summary: "Shows one account." },
  changeAccount: {
    method: "PATCH",
    path: account,
    summary: "Changes an account's name, plan, subscription or exceptions from the plan.",
  },
  setWarnings: {
    method: "PUT",
    path: `${account}/warnings`,
    summary:
      "Says where an account hears of low credits and budgets; the first time it answers the signing secret.",
  },
  removeWarnings: {
    method: "DELETE",
    path: `${account}/warnings`,
    summary: "Ends an account's webhook: warnings are then only listed.",
  },
  rotateWarningSecret: {
    method: "POST",
    path: `${account}/warnings/secret`,
    summary: "Gives an account's webhook a new signing secret, which this answer shows once.",
    idempotency: true,
  },
  getUsage: {
    method: "GET",
    path: `${account}/usage`,
    summary: "Counts an account's requests, refusals, faults and credits in a time.",
  },
} as const satisfies Record<string, WireOperation>;

const scopes = {
  listWorkspaces: {
    method: "GET",
    path: `${account}/workspaces`,
    summary: "Lists an account's workspaces, oldest first.",
  },
  createWorkspace: {
    method: "POST",
    path: `${account}/workspaces`,
    summary: "Creates a workspace, with a budget if it is given one.",
    idempotency: true,
  },
  getWorkspace: {
    method: "GET",
    path: `${account}/workspaces/{workspaceId}`,
    summary: "Shows one workspace.",
  },
  changeWorkspace: {
    method: "PATCH",
    path: `${account}/workspaces/{workspaceId}`,
    summary: "Changes a workspace's name or budget.",
  },
  listProjects: {
    method: "GET",
    path: `${account}/projects`,
    summary: "Lists an account's projects, oldest first.",
  },
  createProject: {
    method: "POST",
    path: `${account}/projects`,
    summary: "Creates a project in a workspace, with a budget if it is given one.",
    idempotency: true,
  },
  getProject: {
    method: "GET",
    path: `${account}/projects/{projectId}`,
    summary: "Shows one project.",
  },
  changeProject: {
    method: "PATCH",
    path: `${account}/projects/{projectId}`,
    summary: "Changes a project's name or budget.",
  },
} as const satisfies Record<string, WireOperation>;

const money = {
  getCredits: {
    method: "GET",
    path: `${account}/credits`,
    summary: "Shows what an account has left, by allowance and grants.",
  },
  listGrants: {
    method: "GET",
    path: `${account}/grants`,
    summary: "Lists an account's grants, newest first, and what became of each.",
  },
  grantCredits: {
    method: "POST",
    path: `${account}/grants`,
    summary: "Gives an account credits; the same id twice gives them once.",
    idempotency: true,
  },
  listEntries: {
    method: "GET",
    path: `${account}/entries`,
    summary: "Shows an account's statement: each movement of credits, newest first.",
  },
  listBudgets: {
    method: "GET",
    path: `${account}/budgets`,
    summary: "Shows how each budget of an account stands in this month.",
  },
  listHolds: {
    method: "GET",
    path: "/holds",
    summary:
      "Lists holds that somebody should look at: those that ran out, or cost more than was held.",
  },
  getHold: { method: "GET", path: "/holds/{holdId}", summary: "Shows the hold of one request." },
  auditLedger: {
    method: "GET",
    path: "/audit",
    summary: "Proves that the money adds up, or says where it does not. Takes its time.",
  },
} as const satisfies Record<string, WireOperation>;

const requests = {
  listRequests: {
    method: "GET",
    path: "/requests",
    summary: "Finds requests, newest first.",
  },
  getRequest: {
    method: "GET",
    path: "/requests/{requestId}",
    summary: "Shows one request as the log has it.",
  },
  explainRequest: {
    method: "GET",
    path: "/requests/{requestId}/explanation",
    summary:
      "Says what happened to a request: step by step, what refused, what it cost, and in plain words.",
  },
  listDays: {
    method: "GET",
    path: "/days",
    summary:
      "Counts requests, refusals, failures and durations by day and operation, newest day first.",
  },
  watchLive: {
    method: "GET",
    path: "/live",
    summary: "Tells each second what happens now, as events, until it stops.",
    stream: { completion: { event: "end" } },
  },
} as const satisfies Record<string, WireOperation>;

const notices = {
  listWarnings: {
    method: "GET",
    path: "/warnings",
    summary: "Lists the warnings that were raised, newest first, with their deliveries.",
  },
  sendWarning: {
    method: "POST",
    path: `${account}/warnings/{warningId}/deliveries`,
    summary: "Sends a warning again, once and now, and says what its receiver answered.",
    idempotency: true,
  },
  listIncidents: {
    method: "GET",
    path: "/incidents",
    summary: "Lists incidents, those that began last first.",
  },
  createIncident: {
    method: "POST",
    path: "/incidents",
    summary: "Tells callers of an incident.",
    idempotency: true,
  },
  getIncident: {
    method: "GET",
    path: "/incidents/{incidentId}",
    summary: "Shows one incident with what was said of it.",
  },
  changeIncident: {
    method: "PATCH",
    path: "/incidents/{incidentId}",
    summary: "Changes an incident, or says what is new.",
  },
  endIncident: {
    method: "POST",
    path: "/incidents/{incidentId}/end",
    summary: "Ends an incident, with a last word if there is one.",
    idempotency: true,
  },
} as const satisfies Record<string, WireOperation>;

export const operations = {
  ...accounts,
  ...scopes,
  ...keys,
  ...money,
  ...requests,
  ...notices,
  ...own,
};
