// Which function does what a command says. Each loads what it needs, and nothing else.

import type { OperatorName, TypedFor } from "../command/commands.ts";
import { LONG_PATIENCE, type Operator, operate } from "../operator/operator.ts";

type Verb<Name extends OperatorName> = (operator: Operator, typed: TypedFor<Name>) => Promise<void>;

const accounts = () => import("./accounts.ts");
const scopes = () => import("./scopes.ts");
const keys = () => import("./keys.ts");
const credits = () => import("./credits.ts");
const budget = () => import("./budget.ts");
const incidents = () => import("./incidents.ts");
const tokens = () => import("./tokens.ts");
const warnings = () => import("./warnings.ts");
const holds = () => import("./holds.ts");

const verbs: { readonly [Name in OperatorName]: () => Promise<Verb<Name>> } = {
  explain: async () => (await import("./explain.ts")).explainRequest,
  "log show": async () => (await import("./log.ts")).showLog,
  "log tail": async () => (await import("./tail.ts")).tailLog,
  audit: async () => (await import("./audit.ts")).audit,
  console: async () => (await import("./console.ts")).showSignIn,
  health: async () => (await import("./health.ts")).showHealth,
  "holds list": async () => (await holds()).listHolds,
  "holds show": async () => (await holds()).showHold,
  changes: async () => (await import("./changes.ts")).listChanges,
  "warnings list": async () => (await warnings()).listWarnings,
  "warnings set": async () => (await warnings()).setWarnings,
  "warnings off": async () => (await warnings()).endWarnings,
  "warnings secret": async () => (await warnings()).renewWarningSecret,
  "warnings send": async () => (await warnings()).sendWarning,
  "accounts list": async () => (await accounts()).listAccounts,
  "accounts show": async () => (await accounts()).showAccount,
  "accounts create": async () => (await accounts()).createAccount,
  "accounts change": async () => (await accounts()).changeAccount,
  "workspaces list": async () => (await scopes()).listWorkspaces,
  "workspaces create": async () => (await scopes()).createWorkspace,
  "projects list": async () => (await scopes()).listProjects,
  "projects create": async () => (await scopes()).createProject,
  "keys list": async () => (await keys()).listKeys,
  "keys show": async () => (await keys()).showKey,
  "keys create": async () => (await keys()).createKey,
  "keys rotate": async () => (await import("./rotate-key.ts")).rotateKey,
  "keys change": async () => (await keys()).changeKey,
  "keys revoke": async () => (await keys()).revokeKey,
  "credits show": async () => (await credits()).showCredits,
  "credits grant": async () => (await credits()).grantCredits,
  "credits grants": async () => (await credits()).listGrants,
  "credits history": async () => (await credits()).showHistory,
  "budget show": async () => (await budget()).showBudgets,
  "budget set": async () => (await budget()).setBudget,
  "incidents list": async () => (await incidents()).listIncidents,
  "incidents show": async () => (await incidents()).showIncident,
  "incidents create": async () => (await incidents()).createIncident,
  "incidents say": async () => (await incidents()).sayOfIncident,
  "incidents end": async () => (await incidents()).endIncident,
  "tokens list": async () => (await tokens()).listTokens,
  "tokens create": async () => (await tokens()).createToken,
  "tokens revoke": async () => (await tokens()).revokeToken,
};

export async function runVerb<Name extends OperatorName>(
  name: Name,
  typed: TypedFor<Name>,
): Promise<void> {
  const verb = await verbs[name]();
  // Every one of these commands can be told where.
  const { config, url } = typed as { readonly config?: string; readonly url?: string };
  const where = { ...(config !== undefined && { config }), ...(url !== undefined && { url }) };
  const patience = name === "audit" ? LONG_PATIENCE : undefined;
  await operate(where, (operator) => verb(operator, typed), patience);
}
