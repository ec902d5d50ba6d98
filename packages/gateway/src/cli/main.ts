// From arguments to a command, and from whatever it throws to a line that says what to do.

import { readFileSync } from "node:fs";
import { ConfigError } from "../config/index.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { StartError } from "../start-error.ts";
import { asked } from "./command/asked.ts";
import type { Typed } from "./command/command.ts";
import { isSetup, type SetupName, type TypedFor } from "./command/commands.ts";
import { usage } from "./command/usage.ts";
import { hushNode } from "./node-warnings.ts";
import { beQuietWhenNobodyReads } from "./print/terminal.ts";
import { simulate } from "./simulate/simulate.ts";

/** Each loads what it needs, and nothing else. */
const setup: { readonly [Name in SetupName]: (typed: TypedFor<Name>) => Promise<void> } = {
  init: async ({ behind: _, ...options }) => (await import("./init/init.ts")).init(options),
  serve: async ({ config = "." }) => (await import("./serve.ts")).serve(config),
  reload: async ({ config = "." }) => (await import("./reload.ts")).reload(config),
  validate: async ({ config = "." }) => (await import("./validate.ts")).validate(config),
  "generate python": async ({ behind: [contract], out }) =>
    (await import("./generate.ts")).generatePython(contract, out),
  "generate leaks": async ({ behind: [contract], out }) =>
    (await import("./generate-leaks.ts")).generateLeaks(contract, out),
  docs: async ({ behind: [contract], ...options }) =>
    (await import("./docs.ts")).docs(contract, options),
  check: async (typed) => (await import("./check/check.ts")).check(typed),
  ...simulate,
  demo: async () => (await import("./demo.ts")).demo(),
};

export async function main(args: readonly string[]): Promise<void> {
  hushNode();
  beQuietWhenNobodyReads();
  try {
    await run(args);
  } catch (error) {
    const isExpected = error instanceof StartError || error instanceof ConfigError;
    console.error(isExpected ? error.message : error);
    process.exitCode = exitCodeOf(error);
    // What was opened before it failed must not keep the process.
    process.exit();
  }
}

async function run(args: readonly string[]): Promise<void> {
  const wish = asked(args);
  if (wish.kind === "help") return console.log(usage(wish.about));
  if (wish.kind === "version") return console.log(version());
  const { name, typed } = wish;
  if (!isSetup(name)) return (await import("./verbs/run-verb.ts")).runVerb(name, typed as never);
  const run = setup[name] as (typed: Typed) => Promise<void>;
  await run(typed);
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
