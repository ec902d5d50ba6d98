// What `sluice simulate` takes.

import type { Commands } from "./command.ts";
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
} as const satisfies Commands;
