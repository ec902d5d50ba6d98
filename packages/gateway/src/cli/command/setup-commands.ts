// The commands of whoever sets up and runs a gate, in the order in which somebody new will want them.

import { checkCommand } from "./check-command.ts";
import type { Commands } from "./command.ts";
import { simulateCommands } from "./simulate-commands.ts";

export const config = {
  takes: "<file or folder>",
  says: "the configuration",
  otherwise: "this folder",
} as const;

export const setupCommands = {
  init: {
    says: "asks a few questions, and writes a configuration that works",
    options: {
      upstream: {
        takes: "<url>",
        says: "where your API listens",
        otherwise: "http://127.0.0.1:9000",
      },
      openapi: {
        takes: "<file>",
        says: "its OpenAPI file, if it has one",
        otherwise: "none: every path passes",
      },
      envelope: { takes: "<name>", says: "nested, flat or problem", otherwise: "nested" },
      prefix: { takes: "<text>", says: "what its keys start with", otherwise: "the folder's name" },
      plan: { takes: "<name>", says: "the first plan", otherwise: "free" },
      limit: { takes: "<number>", says: "requests a minute for each key", otherwise: "60" },
      yes: { says: "asks nothing, and takes what stands in brackets" },
      force: { says: "replaces a configuration that is there" },
    },
  },
  serve: { says: "serves the configuration of this folder", options: { config } },
  reload: { says: "makes a gate that serves read its configuration anew", options: { config } },
  validate: {
    says: "says what is wrong with the configuration, or what it lets through",
    options: { config },
  },
  docs: {
    says: "writes a site for callers of a contract: a page for every code, for people and for programs",
    takes: ["a contract?"],
    options: {
      out: { takes: "<folder>", says: "where the site is written", otherwise: "docs-site" },
      base: {
        takes: "<path>",
        says: "where the site will be found on its host",
        otherwise: "the path of about.docs",
      },
      force: { says: "writes beside other files" },
    },
  },
  "generate python": {
    says: "writes a Python file that handles every refusal of a contract: its module, or a configuration",
    takes: ["a contract?"],
    options: {
      out: { takes: "<file>", says: "where it is written", otherwise: "standard output" },
    },
  },
  "generate leaks": {
    says: "writes what GitHub, gitleaks and trufflehog must know to find leaked keys of a contract",
    takes: ["a contract?"],
    options: {
      out: { takes: "<folder>", says: "where the files are written", otherwise: "standard output" },
    },
  },
  check: checkCommand,
  ...simulateCommands,
  demo: { says: "serves two real APIs to try out", options: {} },
} as const satisfies Commands;
