// From arguments to a command, and from whatever it throws to a line that says what to do.

import { readFileSync } from "node:fs";
import { ConfigError } from "../config/index.ts";
import { StartError } from "../start-error.ts";
import { asked, type CommandName, type Values } from "./arguments.ts";
import { hushNode } from "./node-warnings.ts";
import { usage } from "./usage.ts";

/** @param words what stands behind its name. */
type Command = (values: Values, words: readonly string[]) => Promise<void>;

/** Each loads what it needs, and nothing else. */
const commands: Readonly<Record<CommandName, Command>> = {
  init: async (values) => (await import("./init/init.ts")).init(values),
  serve: async ({ config = "." }) => (await import("./serve.ts")).serve(config),
  reload: async ({ config = "." }) => (await import("./reload.ts")).reload(config),
  validate: async ({ config = "." }) => (await import("./validate.ts")).validate(config),
  generate: async (values, words) => (await import("./generate.ts")).generate(values, words),
  docs: async (values, words) => (await import("./docs.ts")).docs(values, words),
  demo: async () => (await import("./demo.ts")).demo(),
};

export async function main(args: readonly string[]): Promise<void> {
  hushNode();
  try {
    await run(args);
  } catch (error) {
    const isExpected = error instanceof StartError || error instanceof ConfigError;
    console.error(isExpected ? error.message : error);
    process.exitCode = 1;
    // What was opened before it failed must not keep the process.
    process.exit();
  }
}

async function run(args: readonly string[]): Promise<void> {
  const wish = asked(args);
  if (wish.kind === "help") return console.log(usage);
  if (wish.kind === "version") return console.log(version());
  await commands[wish.kind](wish.values, wish.words);
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
