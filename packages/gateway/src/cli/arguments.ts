// What was typed, checked: a command that there is, with options that it reads. Another one would silently do nothing.

import { parseArgs } from "node:util";
import { nearestName } from "sluice";
import { StartError } from "../start-error.ts";

const options = {
  config: { type: "string" },
  upstream: { type: "string" },
  openapi: { type: "string" },
  envelope: { type: "string" },
  prefix: { type: "string" },
  plan: { type: "string" },
  limit: { type: "string" },
  out: { type: "string" },
  base: { type: "string" },
  yes: { type: "boolean" },
  force: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

type Options = typeof options;

export const optionNames: readonly string[] = Object.keys(options);

export type Values = {
  readonly [Name in keyof Options]?: Options[Name]["type"] extends "string" ? string : boolean;
};

/** Each command, and the options that it reads. */
const commands = {
  init: ["upstream", "openapi", "envelope", "prefix", "plan", "limit", "yes", "force"],
  serve: ["config"],
  reload: ["config"],
  validate: ["config"],
  generate: ["out"],
  docs: ["out", "base", "force"],
  demo: [],
} as const satisfies Readonly<Record<string, readonly (keyof Options)[]>>;

/** What stands behind the name of a command. @default nothing */
const wordsOf: Readonly<Partial<Record<keyof typeof commands, readonly string[]>>> = {
  generate: ["python", "<contract>"],
  docs: ["<contract>"],
};

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** What is wanted: one of the commands, or to hear of them. */
export type Asked =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: CommandName; readonly values: Values; readonly words: readonly string[] };

/** @throws StartError with what was meant, perhaps */
export function asked(args: readonly string[]): Asked {
  const { values, positionals } = read(args);
  if (values.version) return { kind: "version" };
  const [name, ...words] = positionals;
  if (values.help || name === undefined) return { kind: "help" };
  if (!isCommand(name)) {
    throw wrong(`There is no command "${name}".`, name, commandNames, "sluice ");
  }
  const wanted = wordsOf[name] ?? [];
  const extra = words[wanted.length];
  if (extra !== undefined) throw wrong(`"${extra}" is one argument too many.`);
  if (words.length < wanted.length) throw wrong(`Write: sluice ${[name, ...wanted].join(" ")}.`);
  const readable: readonly string[] = commands[name];
  for (const option of Object.keys(values)) {
    if (!readable.includes(option)) throw wrong(`sluice ${name} does not read --${option}.`);
  }
  return { kind: name, values, words };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
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
      throw wrong(`There is no option ${rawName}.`, name, optionNames, "--");
    }
    const takesText = options[name as keyof Options].type === "string";
    // What begins with a dash is the next option: this one was left without its text.
    const isGiven = value !== undefined && (token.inlineValue || !value.startsWith("-"));
    if (takesText && !isGiven) throw wrong(`${rawName} needs a value behind it.`);
    if (!takesText && value !== undefined) throw wrong(`${rawName} takes no value.`);
  }
  return { values: values as Values, positionals };
}

/** A slip of whoever typed it, and what they may have meant. */
function wrong(what: string, typed = "", names: readonly string[] = [], before = ""): StartError {
  const near = nearestName(typed, names);
  const meant = near === undefined ? "" : ` Did you mean "${before}${near}"?`;
  return new StartError(`${what}${meant} "sluice --help" shows everything that there is.`);
}
