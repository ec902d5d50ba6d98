// From arguments to a command, and from whatever it throws to a line that says what to do.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ConfigError } from "../config/index.ts";
import { StartError } from "../start-error.ts";
import { usage } from "./usage.ts";

const options = {
  config: { type: "string" },
  upstream: { type: "string" },
  openapi: { type: "string" },
  envelope: { type: "string" },
  prefix: { type: "string" },
  plan: { type: "string" },
  limit: { type: "string" },
  yes: { type: "boolean" },
  force: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

export type Values = ReturnType<typeof read>["values"];

/** Each command, what it is given, and the options that it reads: another one would silently do nothing. */
const commands = {
  init: {
    reads: ["upstream", "openapi", "envelope", "prefix", "plan", "limit", "yes", "force"],
    run: async (values: Values) => (await import("./init/init.ts")).init(values),
  },
  serve: {
    reads: ["config"],
    run: async ({ config = "." }: Values) => (await import("./serve.ts")).serve(config),
  },
  reload: {
    reads: ["config"],
    run: async ({ config = "." }: Values) => (await import("./reload.ts")).reload(config),
  },
  validate: {
    reads: ["config"],
    run: async ({ config = "." }: Values) => (await import("./validate.ts")).validate(config),
  },
  demo: {
    reads: [],
    run: async () => (await import("./demo.ts")).demo(),
  },
} as const;

export async function main(args: readonly string[]): Promise<void> {
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
  const { values, positionals } = read(args);
  if (values.version) return console.log(version());
  const [name, ...others] = positionals;
  if (values.help || name === undefined) return console.log(usage);
  if (!Object.hasOwn(commands, name)) {
    throw new StartError(`There is no command "${name}".\n\n${usage}`);
  }
  if (others.length > 0)
    throw new StartError(`"${others[0]}" is one argument too many.\n\n${usage}`);
  const command = commands[name as keyof typeof commands];
  const readable: readonly string[] = command.reads;
  for (const option of Object.keys(values)) {
    if (readable.includes(option)) continue;
    throw new StartError(`sluice ${name} does not read --${option}.\n\n${usage}`);
  }
  await command.run(values);
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
