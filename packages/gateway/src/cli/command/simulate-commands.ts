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
} as const satisfies Commands;
