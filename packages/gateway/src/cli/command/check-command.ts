// What `sluice check` takes.

import type { Command } from "./command.ts";

export const checkCommand = {
  says: "finds out whether a running API keeps the promises of a contract, or what changed since an old one",
  takes: ["a contract or configuration"],
  options: {
    url: { takes: "<url>", says: "where the API answers, without the contract's base path" },
    key: {
      takes: "<name>=<env:VARIABLE or file:path>",
      says:
        "main, second, test, revoked, expired, lapsed, no-plan, no-permission, no-credits or no-budget: a key for each " +
        "way in which the API says yes or no",
      isMany: true,
    },
    plan: { takes: "<name>", says: "the plan of the main key", otherwise: "what headers say" },
    param: {
      takes: "<name>=<value>",
      says: "a path parameter of something that exists",
      otherwise: "the contract's examples",
      isMany: true,
    },
    usage: {
      takes: "<operation>:<pointer>",
      says: "where the account's usage can be read: getUsage:/credits/used",
    },
    write: { says: "lets it create things" },
    spend: { says: "lets it spend credits" },
    exhaust: { says: "lets it fill rate windows longer than 5 seconds" },
    links: { says: "lets it ask for the pages that refusals link to" },
    only: { takes: "<promise>", says: "looks at this promise, or group of them", isMany: true },
    "max-requests": { takes: "<number>", says: "never sends more", otherwise: "2000" },
    "max-seconds": { takes: "<number>", says: "never takes longer", otherwise: "300" },
    json: { says: "writes the report as JSON" },
    junit: { takes: "<file>", says: "writes it as JUnit XML, too" },
    against: {
      takes: "<file or git:revision:path>",
      says: "asks no API, but says what changed since this contract",
    },
    freeze: { takes: "<file>", says: "writes what the contract promises, for --against later" },
  },
} as const satisfies Command;
