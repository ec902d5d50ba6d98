// The commands of whoever answers for a gate: to look at what happened.

import type { Commands } from "./command.ts";
import { account, filters, listed, shown, times, where } from "./shared-options.ts";

export const lookingCommands = {
  explain: {
    says: "says what happened to a request, step by step, and in words to send on",
    takes: ["a request id"],
    options: { words: { says: "only the words to send on" }, ...shown },
  },
  "log show": {
    says: "finds requests, newest first, or shows one",
    takes: ["a request id?"],
    options: { ...filters, ...times, ...listed },
    isUsual: true,
  },
  "log tail": {
    says: "shows requests as they come, until Ctrl-C",
    options: {
      ...filters,
      limit: { takes: "<number>", says: "so many from before, first", otherwise: "10" },
      ...shown,
    },
  },
  audit: {
    says: "proves that the money adds up, or says where it does not",
    options: shown,
  },
  console: {
    says: "prints a link that signs you in to the console, once; or opens it",
    options: { open: { says: "opens it in a browser of this machine" }, ...shown },
  },
  health: { says: "says which stores answer, and how fast", options: shown },
  "holds list": {
    says: "lists holds that somebody should look at: expired, or dearer than what was held",
    options: { account: { takes: "<id>", says: "of this account" }, ...listed },
    isUsual: true,
  },
  "holds show": { says: "shows the hold of a request", takes: ["a request id"], options: shown },
  changes: {
    says: "lists what was changed, newest first, and by whom",
    options: {
      account: { takes: "<id>", says: "of this account" },
      kind: { takes: "<word>", says: "account, workspace, project, key, grant or incident" },
      id: { takes: "<id>", says: "of this record" },
      by: { takes: "<text>", says: "by whom" },
      ...listed,
    },
  },
  "warnings list": {
    says: "lists warnings of low credits and budgets, newest first, and their deliveries",
    options: {
      account: { takes: "<id>", says: "of this account" },
      state: { takes: "<word>", says: "waiting, delivered, given_up, gone or listed" },
      ...listed,
    },
    isUsual: true,
  },
  "warnings set": {
    says: "says where an account hears of them; prints the signing secret the first time",
    options: {
      to: { takes: "<url>", says: "the receiver" },
      percent: { takes: "<number>", says: "at how much of it", isMany: true },
      ...account,
      ...where,
    },
  },
  "warnings off": { says: "ends an account's webhook", options: { ...account, ...where } },
  "warnings secret": {
    says: "gives an account's webhook a new signing secret, and prints it",
    options: { ...account, ...where },
  },
  "warnings send": {
    says: "sends a warning again, once and now",
    takes: ["a warning id"],
    options: { ...account, ...shown },
  },
} as const satisfies Commands;
