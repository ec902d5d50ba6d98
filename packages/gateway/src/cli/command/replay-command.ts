// What `sluice replay` takes.

import type { Command } from "./command.ts";

export const replayCommand = {
  says: "decides a request once more from its record: the same steps, and what would have changed it",
  takes: ["a file that sluice explain --json wrote, or a client's error with its why"],
  options: {
    contract: {
      takes: "<file>",
      says: "the contract, or a configuration that has it",
      otherwise: "this folder",
    },
    plan: {
      takes: "<name>",
      says: "the plan of its account",
      otherwise: "what the record leads to",
    },
    json: { says: "writes it as JSON" },
  },
} as const satisfies Command;
