// From arguments to a command, and from whatever it throws to a line that says what to do.

import { readFileSync } from "node:fs";
import { ConfigError } from "../config/index.ts";
import { StartError } from "../start-error.ts";
import { asked } from "./command/asked.ts";
import type { Typed } from "./command/command.ts";
import type { CommandName, TypedFor } from "./command/commands.ts";
import { usage } from "./command/usage.ts";
import { hushNode } from "./node-warnings.ts";

/** Each loads what it needs, and nothing else. */
const commands: { readonly [Name in CommandName]: (typed: TypedFor<Name>) => Promise<void> } = {
  init: async ({ words: _, ...options }) => (await import("./init/init.ts")).init(options),
  serve: async ({ config = "." }) => (await import("./serve.ts")).serve(config),
  reload: async ({ config = "." }) => (await import("./reload.ts")).reload(config),
  validate: async ({ config = "." }) => (await import("./validate.ts")).validate(config),
  "generate python": async (typed) => (await import("./generate.ts")).generatePython(typed),
  check: async (typed) => (await import("./check/check.ts")).check(typed),
  demo: async () => (await import("./demo.ts")).demo(),
};

export async function main(args: readonly string[]): Promise<void> {
  hushNode();
  try {
    await run(args);
  } catch (error) {
    const isExpected = error instanceof StartError || error instanceof ConfigError;
    console.error(isExpected ? error.message : error);
    // A check that could not be made has found nothing broken.
    process.exitCode = args[0] === "check" ? 2 : 1;
    // What was opened before it failed must not keep the process.
    process.exit();
  }
}

async function run(args: readonly string[]): Promise<void> {
  const wish = asked(args);
  if (wish.kind === "help") return console.log(usage(wish.about));
  if (wish.kind === "version") return console.log(version());
  const run = commands[wish.name] as (typed: Typed) => Promise<void>;
  await run(wish.typed);
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
