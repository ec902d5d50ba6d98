// From arguments to a command, and from whatever it throws to a line that says what to do.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { nearestName } from "sluice";
import { ConfigError } from "../config/index.ts";
import { StartError } from "../start-error.ts";
import { hushNode } from "./node-warnings.ts";
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

type Options = typeof options;

export type Values = {
  -readonly [Name in keyof Options]?: Options[Name]["type"] extends "string" ? string : boolean;
};

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
  const { values, positionals } = read(args);
  if (values.version) return console.log(version());
  const [name, ...others] = positionals;
  if (values.help || name === undefined) return console.log(usage);
  if (!Object.hasOwn(commands, name)) {
    throw wrong(`There is no command "${name}".`, name, Object.keys(commands), "sluice ");
  }
  if (others.length > 0) throw wrong(`"${others[0]}" is one argument too many.`);
  const command = commands[name as keyof typeof commands];
  const readable: readonly string[] = command.reads;
  for (const option of Object.keys(values)) {
    if (readable.includes(option)) continue;
    throw wrong(`sluice ${name} does not read --${option}.`);
  }
  await command.run(values);
}

/** A slip of whoever typed it, and what they may have meant. */
function wrong(what: string, typed = "", names: readonly string[] = [], before = ""): StartError {
  const near = nearestName(typed, names);
  const meant = near === undefined ? "" : ` Did you mean "${before}${near}"?`;
  return new StartError(`${what}${meant} "sluice --help" shows everything that there is.`);
}

function read(args: readonly string[]) {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    if (!Object.hasOwn(options, name)) {
      throw wrong(`There is no option ${rawName}.`, name, Object.keys(options), "--");
    }
    const takesText = options[name as keyof typeof options].type === "string";
    // What begins with a dash is the next option: this one was left without its text.
    const isGiven = value !== undefined && (token.inlineValue || !value.startsWith("-"));
    if (takesText && !isGiven) throw wrong(`${rawName} needs a value behind it.`);
    if (!takesText && value !== undefined) throw wrong(`${rawName} takes no value.`);
  }
  return { values: values as Values, positionals };
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
