// What `sluice simulate` takes.

import type { Commands } from "./command.ts";

/** Of each simulation. */
export const simulated = {
  seed: {
    takes: "<text>",
    says: "the chance of this run: the same again gives the same run",
    otherwise: "1",
  },
  json: { says: "writes the report as JSON" },
  html: { takes: "<file>", says: "writes it as a page with pictures, too, to send on" },
} as const;

export const simulateCommands = {
  "simulate outage": {
    says: "shows what callers see while a part is out, and after it, by what their clients do",
    options: simulated,
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
} as const satisfies Commands;
