// The commands of whoever answers for a gate: customers, their keys and their money, and who may do all this.

import type { Commands } from "./command.ts";
import { account, expires, listed, shown, yes } from "./shared-options.ts";

const name = { takes: "<text>", says: "what people call it" } as const;
const budget = {
  takes: "<credits>",
  says: "a cap for each calendar month; none takes it away",
} as const;
const permission = {
  takes: "<name>",
  says: "what it may do; none is all",
  isMany: true,
} as const;
const ended = {
  expires: { ...expires.expires, says: `${expires.expires.says}; none takes it away` },
};

const keys = {
  "keys list": {
    says: "lists an account's keys",
    options: { ...account, ...listed },
    isUsual: true,
  },
  "keys show": {
    says: "shows a key, and who still uses its older secret",
    takes: ["a key id"],
    options: shown,
  },
  "keys create": {
    says: "creates a key, and prints its secret, once",
    options: {
      name,
      test: { says: "a key that tries out refusals" },
      api: {
        takes: "<title>",
        says: "the contract that it opens",
        otherwise: "the one with the account's plan",
      },
      workspace: { takes: "<id>", says: "that it belongs to" },
      project: { takes: "<id>", says: "that it belongs to" },
      permission,
      budget,
      ...expires,
      ...account,
      ...shown,
    },
  },
  "keys rotate": {
    says: "gives a key a new secret, and prints it, once; the old one goes on for a while",
    takes: ["a key id"],
    options: {
      overlap: { takes: "<time>", says: "how long the old one goes on", otherwise: "24h" },
      ...shown,
    },
  },
  "keys change": {
    says: "changes a key",
    takes: ["a key id"],
    options: { name, permission, budget, ...ended, ...shown },
  },
  "keys revoke": {
    says: "ends a key at once and for ever",
    takes: ["a key id"],
    options: { ...yes, ...shown },
  },
} as const satisfies Commands;

const accounts = {
  "accounts list": {
    says: "lists the customers",
    options: { search: { takes: "<text>", says: "in an id or a name" }, ...listed },
    isUsual: true,
  },
  "accounts show": {
    says: "shows a customer: plan, credits, and what this month came to",
    takes: ["an account id"],
    options: shown,
  },
  "accounts create": {
    says: "creates an account on a plan",
    options: {
      name,
      plan: { takes: "<name>", says: "that it bought" },
      id: { takes: "<id>", says: "what it is called by programs", otherwise: "a new one" },
      ...shown,
    },
  },
  "accounts change": {
    says: "changes an account's name, plan, subscription, or its exceptions from the plan",
    takes: ["an account id"],
    options: {
      name,
      plan: { takes: "<name>", says: "that it bought" },
      subscription: { takes: "<word>", says: "active or inactive" },
      except: {
        takes: "<what=number>",
        says: "windows.<name>, slots.<name>, limits.<name> or allowance; =none takes it away",
        isMany: true,
      },
      ...shown,
    },
  },
  "workspaces list": {
    says: "lists an account's workspaces",
    options: { ...account, ...listed },
    isUsual: true,
  },
  "workspaces create": {
    says: "creates a workspace",
    options: { name, budget, ...account, ...shown },
  },
  "projects list": {
    says: "lists an account's projects",
    options: { ...account, ...listed },
    isUsual: true,
  },
  "projects create": {
    says: "creates a project in a workspace",
    options: {
      name,
      workspace: { takes: "<id>", says: "that it is in" },
      budget,
      ...account,
      ...shown,
    },
  },
} as const satisfies Commands;

const money = {
  "credits show": {
    says: "shows what an account has left, and what it is made of",
    options: { ...account, ...shown },
    isUsual: true,
  },
  "credits grant": {
    says: "gives an account credits",
    takes: ["a number of credits"],
    options: {
      reason: { takes: "<text>", says: "why: it stands in the statement" },
      id: { takes: "<id>", says: "the same one twice gives them once", otherwise: "a new one" },
      ...expires,
      ...account,
      ...shown,
    },
  },
  "credits grants": {
    says: "lists an account's grants, and what became of each",
    options: { ...account, ...listed },
  },
  "credits history": {
    says: "shows each movement of credits, newest first",
    options: { ...account, ...listed },
  },
  "budget show": {
    says: "shows how each budget of an account stands in this month",
    options: { ...account, ...listed },
    isUsual: true,
  },
  "budget set": {
    says: "sets a cap on a key, a workspace or a project for each month; none takes it away",
    takes: ["a number of credits"],
    options: {
      key: { takes: "<id>", says: "of this key" },
      workspace: { takes: "<id>", says: "of this workspace" },
      project: { takes: "<id>", says: "of this project" },
      ...account,
      ...shown,
    },
  },
} as const satisfies Commands;

const text = { takes: "<text>", says: "what is new, for callers" } as const;

const others = {
  "incidents list": {
    says: "lists incidents, those that began last first",
    options: { open: { says: "only those that are not over" }, ...listed },
    isUsual: true,
  },
  "incidents show": {
    says: "shows an incident, and what was said of it",
    takes: ["an incident id"],
    options: shown,
  },
  "incidents create": {
    says: "tells callers of an incident",
    options: {
      title: { takes: "<text>", says: "in a few words" },
      impact: { takes: "<word>", says: "none, degraded, outage or maintenance" },
      text,
      api: { takes: "<title>", says: "the contract that it is about", otherwise: "all" },
      operation: { takes: "<name>", says: "the operation that it is about" },
      ...shown,
    },
  },
  "incidents say": {
    says: "says what is new",
    takes: ["an incident id"],
    options: { text, ...shown },
  },
  "incidents end": {
    says: "ends an incident",
    takes: ["an incident id"],
    options: { text, ...shown },
  },
  "tokens list": { says: "lists the tokens of the admin API", options: listed, isUsual: true },
  "tokens create": {
    says: "creates a token with a role, and prints it, once",
    options: {
      name,
      role: { takes: "<word>", says: "support (reads), operator (changes) or owner (tokens, too)" },
      ...expires,
      ...shown,
    },
  },
  "tokens revoke": {
    says: "ends a token at once and for ever",
    takes: ["a token id"],
    options: { ...yes, ...shown },
  },
} as const satisfies Commands;

export const changingCommands = { ...accounts, ...keys, ...money, ...others } as const;
