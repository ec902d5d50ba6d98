// What `sluice simulate` takes.

import type { Command, Commands } from "./command.ts";
import { outageOptions } from "./outage-options.ts";

/** Of each simulation. */
export const simulated = {
  seed: {
    takes: "<text>",
    says: "the chance of this run: the same again gives the same run",
    otherwise: "1",
  },
  json: { says: "writes the report as JSON" },
  html: { takes: "<file>", says: "writes it as a page with pictures, too, to send on" },
  svg: { takes: "<folder>", says: "writes each picture as a file, too" },
} as const;

const scaleCommand = {
  says: "estimates what so many keys and requests a second need, cost and wait for, and what is full first",
  options: {
    nodes: { takes: "<number>", says: "processes that serve, a core each", otherwise: "8" },
    keys: { takes: "<number>", says: "keys that callers have", otherwise: "1000000" },
    rate: { takes: "<number>", says: "requests a second, over all nodes", otherwise: "100000" },
    plan: {
      takes: "<name>=<percent>%:<limit>",
      says: "a plan: its part of the keys, and what each of them may ask a minute",
      otherwise: "free=80%:10, pro=19%:60 and business=1%:600",
      isMany: true,
    },
    charged: { takes: "<percent>", says: "of the requests cost credits", otherwise: "20" },
    "redis-servers": { takes: "<number>", says: "servers of the limits", otherwise: "4" },
    "database-cores": { takes: "<number>", says: "cores of the PostgreSQL", otherwise: "16" },
    "key-cache": { takes: "<number>", says: "keys that a node remembers", otherwise: "10000" },
    "by-key": { says: "all requests of a key come to one node" },
    "log-days": { takes: "<days>", says: "that rows of the log are kept", otherwise: "30" },
    "way-ms": { takes: "<ms>", says: "from a node to a store and back", otherwise: "0.5" },
    "commit-ms": { takes: "<ms>", says: "until a commit is on the disk", otherwise: "1" },
    prices: {
      takes: "<core,memory,disk>",
      says: "of a core and of a GiB of memory an hour, and of a GiB of disk a month",
      otherwise: "0.04,0.005,0.1",
    },
    measure: { says: "measures unit costs here first, on an empty Redis and PostgreSQL" },
    "redis-url": { takes: "<url>", says: "of the empty Redis" },
    "database-url": { takes: "<url>", says: "of the empty PostgreSQL, on this machine" },
    sample: { takes: "<number>", says: "keys that are measured", otherwise: "20000" },
    ...simulated,
  },
} as const satisfies Command;

export const simulateCommands = {
  "simulate outage": {
    says: "tries your client settings in an outage that you describe, beside other people's clients",
    takes: ["a contract or configuration?"],
    options: { ...outageOptions, ...simulated },
    isUsual: true,
  },
  "simulate plan": {
    says: "replays a request log under another contract: who would be refused, and what changes in credits",
    takes: ["a contract or configuration"],
    options: {
      log: {
        takes: "<file>",
        says: "lines of JSON that sluice log show --all --json wrote, or CSV",
      },
      was: {
        takes: "<contract>",
        says: "the contract that the log was made under",
        otherwise: "what it charged is taken from the log",
      },
      accounts: {
        takes: "<file>",
        says: "who is on which plan: what sluice accounts list --all --json wrote",
      },
      plan: { takes: "<name>", says: "the plan of accounts that nobody knows" },
      "skip-bad": { says: "leaves out lines that cannot be read, and says how many" },
      json: simulated.json,
      html: simulated.html,
    },
  },
  "simulate scale": scaleCommand,
} as const satisfies Commands;
