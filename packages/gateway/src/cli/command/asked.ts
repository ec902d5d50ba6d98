// What was typed, checked: a command that there is, with words and options that it reads. Another one would silently do nothing.

import { parseArgs } from "node:util";
import { nearestName } from "sluice";
import { StartError } from "../../start-error.ts";
import type { Command, Option, Typed } from "./command.ts";
import {
  type CommandName,
  commandNames,
  commandOf,
  commandsOf,
  isCommand,
  nouns,
} from "./commands.ts";

/** What is wanted: one of the commands, or to hear of them. */
export type Asked =
  | { readonly kind: "help"; readonly about: string | undefined }
  | { readonly kind: "version" }
  | { readonly kind: "command"; readonly name: CommandName; readonly typed: Typed };

const own = {
  help: { says: "shows this" },
  version: { says: "shows the version" },
} as const satisfies Readonly<Record<string, Option>>;

/**
 * Read before the command is known: an option of a name takes a text wherever there is one, or nowhere (a test holds the table
 * to it), and how often it may be said is seen later.
 */
const options: ReadonlyMap<string, Option> = new Map<string, Option>([
  ...Object.entries(own),
  ...commandNames.flatMap((name) => Object.entries(commandOf(name).options)),
]);

const optionNames = [...options.keys()];

/** @throws StartError with what was meant, perhaps */
export function asked(args: readonly string[]): Asked {
  const { values, words } = read(args);
  if (values["version"]) return { kind: "version" };
  const isHelp = values["help"] === true || words[0] === "help" || words.length === 0;
  const wanted = words[0] === "help" ? words.slice(1) : words;
  if (isHelp && wanted.length === 0) return { kind: "help", about: undefined };
  // Of a noun there is more to say than of what it usually means.
  if (isHelp && wanted.length === 1) {
    const about = nouns.find((noun) => noun === wanted[0]);
    if (about !== undefined) return { kind: "help", about };
  }
  const { name, rest } = find(wanted);
  if (isHelp) return { kind: "help", about: name };
  checkWords(name, rest);
  checkOptions(name, values);
  return { kind: "command", name, typed: { ...said(name, values), behind: rest } as Typed };
}

/** The longest name that the words begin with. */
function find(words: readonly string[]): { name: CommandName; rest: readonly string[] } {
  const [noun = "", verb] = words;
  const both = `${noun} ${verb}`;
  if (isCommand(both)) return { name: both, rest: words.slice(2) };
  if (isCommand(noun)) return { name: noun, rest: words.slice(1) };
  if (!nouns.includes(noun)) {
    throw wrong(`There is no command "${noun}".`, near(noun, nouns, "sluice "));
  }
  const own = commandsOf(noun);
  const usual = own.find((name) => commandOf(name).isUsual);
  if (verb === undefined && usual !== undefined) return { name: usual, rest: [] };
  const what =
    verb === undefined ? `sluice ${noun} needs a verb.` : `There is no command "${both}".`;
  const verbs = own.map((name) => name.slice(noun.length + 1));
  const meant = near(verb ?? "", verbs, `sluice ${noun} `);
  throw wrong(what, meant === "" ? ` There is ${inWords(verbs)}.` : meant, noun);
}

function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function checkWords(name: CommandName, words: readonly string[]): void {
  const { takes = [], options: read } = commandOf(name) as Command;
  const tooMany = words[takes.length];
  if (tooMany !== undefined) {
    const meant = "account" in read ? ` Did you mean "--account ${tooMany}"?` : "";
    throw wrong(`"${tooMany}" is one argument too many.`, meant, name);
  }
  const missing = takes[words.length];
  if (missing !== undefined && !missing.endsWith("?")) {
    throw wrong(`sluice ${name} needs ${missing} behind it.`, "", name);
  }
}

function checkOptions(name: CommandName, values: Readonly<Record<string, unknown>>): void {
  const readable = Object.keys(commandOf(name).options);
  for (const option of Object.keys(values)) {
    if (readable.includes(option)) continue;
    throw wrong(`sluice ${name} does not read --${option}.`, near(option, readable, "--"), name);
  }
}

/** What was said of each option: all of it where a command hears it more than once, else the one. */
function said(name: CommandName, values: Values): Readonly<Record<string, unknown>> {
  const { options: read } = commandOf(name);
  return Object.fromEntries(
    Object.entries(values).map(([option, value]) => {
      if (!Array.isArray(value) || read[option]?.isMany) return [option, value];
      if (value.length > 1) throw wrong(`--${option} is said twice.`);
      return [option, value[0]];
    }),
  );
}

type Values = Readonly<Record<string, string | boolean | string[]>>;

function read(args: readonly string[]) {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(
        [...options].map(([name, { takes }]) => [
          name,
          takes === undefined
            ? ({ type: "boolean" } as const)
            : ({ type: "string", multiple: true } as const),
        ]),
      ),
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const option = options.get(name);
    if (option === undefined) {
      throw wrong(`There is no option ${rawName}.`, near(name, optionNames, "--"));
    }
    const takesText = option.takes !== undefined;
    // What begins with a dash is the next option: this one was left without its text.
    const isGiven = value !== undefined && (token.inlineValue || !value.startsWith("-"));
    if (takesText && !isGiven) throw wrong(`${rawName} needs a value behind it.`);
    if (!takesText && value !== undefined) throw wrong(`${rawName} takes no value.`);
  }
  return {
    values: values as Values,
    words: positionals,
  };
}

function near(typed: string, names: readonly string[], before: string): string {
  const found = nearestName(typed, names);
  return found === undefined ? "" : ` Did you mean "${before}${found}"?`;
}

/** A slip of whoever typed it, and where to read on. */
function wrong(what: string, meant = "", about?: string): StartError {
  const more =
    about === undefined
      ? '"sluice --help" shows everything that there is.'
      : `"sluice help ${about}" says more.`;
  return new StartError(`${what}${meant} ${more}`);
}
