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
} as const satisfies Commands;
