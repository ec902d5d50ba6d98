// The server layer of the admin API: what each operation takes and answers, and the permission that it asks for.

import type { OperationOf, PlanOf, ServerDeclaration } from "sluice";
import { HOUR_MS, MINUTE_MS } from "sluice/base";
import * as accounts from "./schemas/accounts.ts";
import * as apis from "./schemas/apis.ts";
import * as credits from "./schemas/credits.ts";
import * as keys from "./schemas/keys.ts";
import * as notices from "./schemas/notices.ts";
import { ofAccount as params } from "./schemas/parts.ts";
import * as requests from "./schemas/requests.ts";
import * as scopes from "./schemas/scopes.ts";
import * as tokens from "./schemas/tokens.ts";
import type { wire } from "./wire.ts";

type Declaration = ServerDeclaration<OperationOf<typeof wire>, PlanOf<typeof wire>>;

/** One operation watches for so long at most, and ends in good order before. */
export const liveMsMax: number = 50 * MINUTE_MS;
const liveDeadlineMs = HOUR_MS;
const auditDeadlineMs = 10 * MINUTE_MS;
const bodyBytesMax = 65_536;

const reads = { permission: "read" } as const;
const writes = { permission: "write" } as const;
const takes = { ...writes, bodyBytesMax } as const;
const shownOnce = { shownOnce: true } as const;

const aboutAccounts = {
  listAccounts: { ...reads, query: accounts.query, output: accounts.page },
  createAccount: {
    ...takes,
    body: accounts.draft,
    output: accounts.one,
    reports: ["already_exists"],
  },
  getAccount: { ...reads, params, output: accounts.one },
  changeAccount: { ...takes, params, body: accounts.change, output: accounts.one },
  setWarnings: {
    ...takes,
    params,
    body: accounts.warningsDraft,
    output: accounts.warningsSet,
  },
  removeWarnings: { ...writes, params, output: accounts.one },
  rotateWarningSecret: {
    ...writes,
    ...shownOnce,
    params,
    output: accounts.warningSecret,
    reports: ["no_webhook", "not_found"],
  },
  getUsage: { ...reads, params, query: accounts.usageQuery, output: accounts.usage },
  listWorkspaces: { ...reads, params, query: scopes.query, output: scopes.workspaces },
  createWorkspace: { ...takes, params, body: scopes.workspaceDraft, output: scopes.workspace },
  getWorkspace: { ...reads, params: scopes.workspaceParams, output: scopes.workspace },
  changeWorkspace: {
    ...takes,
    params: scopes.workspaceParams,
    body: scopes.change,
    output: scopes.workspace,
  },
  listProjects: { ...reads, params, query: scopes.query, output: scopes.projects },
  createProject: { ...takes, params, body: scopes.projectDraft, output: scopes.project },
  getProject: { ...reads, params: scopes.projectParams, output: scopes.project },
  changeProject: {
    ...takes,
    params: scopes.projectParams,
    body: scopes.change,
    output: scopes.project,
  },
} as const;

const aboutKeys = {
  listKeys: { ...reads, params, query: keys.query, output: keys.page },
  createKey: { ...takes, ...shownOnce, params, body: keys.draft, output: keys.withSecret },
  getKey: { ...reads, params: keys.params, output: keys.one },
  findKey: { ...reads, params: keys.anyParams, output: keys.one },
  changeKey: {
    ...takes,
    params: keys.params,
    body: keys.change,
    output: keys.one,
    reports: ["key_revoked", "not_found"],
  },
  rotateKey: {
    reports: ["key_revoked", "key_foreign", "not_found"],
    ...takes,
    ...shownOnce,
    params: keys.params,
    body: keys.rotationDraft,
    output: keys.rotated,
  },
  getRotation: { ...reads, params: keys.params, output: keys.rotation },
  endOverlap: {
    ...writes,
    params: keys.params,
    output: keys.rotation,
    reports: ["key_revoked", "not_found"],
  },
  revokeKey: { ...writes, params: keys.params, output: keys.one },
} as const;

const aboutMoney = {
  getCredits: { ...reads, params, output: credits.balance },
  listGrants: { ...reads, params, query: credits.query, output: credits.grants },
  grantCredits: {
    ...takes,
    params,
    body: credits.grantDraft,
    output: credits.grant,
    reports: ["already_exists", "not_found"],
  },
  listEntries: { ...reads, params, query: credits.query, output: credits.entries },
  listBudgets: { ...reads, params, query: credits.query, output: credits.budgets },
  listHolds: { ...reads, query: credits.holdQuery, output: credits.holds },
  getHold: { ...reads, params: credits.holdParams, output: credits.hold },
  auditLedger: { ...reads, output: credits.audit, deadlineMs: auditDeadlineMs },
} as const;

const aboutRequests = {
  listRequests: { ...reads, query: requests.query, output: requests.rows },
  getRequest: { ...reads, params: requests.params, output: requests.row },
  explainRequest: { ...reads, params: requests.params, output: requests.explanation },
  listDays: { ...reads, query: requests.daysQuery, output: requests.days },
  watchLive: { ...reads, deadlineMs: liveDeadlineMs, reports: ["not_serving"] },
} as const;

const aboutNotices = {
  listWarnings: { ...reads, query: notices.warningQuery, output: notices.warnings },
  sendWarning: {
    ...writes,
    params: notices.warningParams,
    output: notices.delivery,
    reports: ["no_webhook", "not_serving", "not_found"],
  },
  listIncidents: { ...reads, query: notices.incidentQuery, output: notices.incidents },
  createIncident: {
    ...takes,
    body: notices.incidentDraft,
    output: notices.incident,
    reports: ["already_exists"],
  },
  getIncident: { ...reads, params: notices.incidentParams, output: notices.incident },
  changeIncident: {
    reports: ["incident_over", "resource_limit_reached", "not_found"],
    ...takes,
    params: notices.incidentParams,
    body: notices.incidentChange,
    output: notices.incident,
  },
  endIncident: {
    reports: ["incident_over", "resource_limit_reached", "not_found"],
    ...takes,
    params: notices.incidentParams,
    body: notices.incidentEnd,
    output: notices.incident,
  },
} as const;

const aboutItself = {
  whoAmI: { ...reads, output: tokens.whoAmI },
  createSignIn: {
    ...reads,
    ...shownOnce,
    output: tokens.signIn,
    reports: ["not_serving", "not_found"],
  },
  getHealth: { ...reads, output: apis.health },
  listApis: { ...reads, query: apis.query, output: apis.page },
  listPlans: { ...reads, query: apis.query, output: apis.plans },
  simulateRefusal: {
    ...reads,
    params: apis.refusalParams,
    query: apis.refusalQuery,
    output: apis.refusal,
  },
  listChanges: { ...reads, query: tokens.changesQuery, output: tokens.changes },
  listTokens: { permission: "tokens", query: tokens.query, output: tokens.page },
  createToken: {
    permission: "tokens",
    bodyBytesMax,
    ...shownOnce,
    body: tokens.draft,
    output: tokens.withSecret,
  },
  revokeToken: { permission: "tokens", params: tokens.params, output: tokens.one },
} as const;

export const server = {
  plans: { operators: { title: "Operators" } },
  // Whoever looks for the reason of an outage must get in during one.
  limitsDown: "local",
  operations: {
    ...aboutAccounts,
    ...aboutKeys,
    ...aboutMoney,
    ...aboutRequests,
    ...aboutNotices,
    ...aboutItself,
  },
} as const satisfies Declaration;
