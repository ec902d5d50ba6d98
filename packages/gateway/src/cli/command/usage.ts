// What can be asked of the command line, written from the table of commands.

import type { Command, Option } from "./command.ts";
import { commandNames, commandOf, commandsOf, isCommand } from "./commands.ts";
import { setupCommands } from "./setup-commands.ts";

export function usage(about: string | undefined): string {
  if (about === undefined) return everything();
  return isCommand(about) ? one(about, commandOf(about)) : several(about);
}

function everything(): string {
  return `sluice: keys, plans, limits, credits and one error envelope, in front of any HTTP API

${listed(Object.keys(setupCommands))}

  sluice help <command>       what a command takes, and its options
  -h, --help                  the same, behind a command; alone this
  -v, --version

Ctrl-C and SIGTERM finish what is under way, and stop; SIGHUP does what reload does.
`;
}

function several(noun: string): string {
  return `${listed(commandsOf(noun))}

"sluice help ${noun} <verb>" shows the options of each.
`;
}

function one(name: string, command: Command): string {
  const options = Object.entries(command.options);
  const shown = options.map(
    ([name, option]) => [`--${name}${behind(option)}`, told(option)] as const,
  );
  const heading = `${capital(command.says)}.\n\n  sluice ${called(name, command)}`;
  if (shown.length === 0) return `${heading}\n`;
  return `${heading} [options]\n\n${columns(shown)}\n`;
}

function listed(names: readonly string[]): string {
  const known = commandNames.filter((name) => names.includes(name));
  return columns(
    known.map((name) => {
      const command = commandOf(name);
      return [`sluice ${called(name, command)}`, command.says] as const;
    }),
  );
}

function called(name: string, { takes = [] }: Command): string {
  const words = takes.map((word) => (word.endsWith("?") ? `[<${bare(word)}>]` : `<${bare(word)}>`));
  return [name, ...words].join(" ");
}

/** `a request id` is written `<request id>`. */
function bare(word: string): string {
  return word.replace(/\?$/, "").replace(/^(?:an?|the) /, "");
}

function behind({ takes }: Option): string {
  return takes === undefined ? "" : ` ${takes}`;
}

function told({ says, otherwise, isMany }: Option): string {
  const often = isMany ? ", more than once if need be" : "";
  return `${says}${often}${otherwise === undefined ? "" : ` [${otherwise}]`}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(26, ...rows.map(([name]) => name.length));
  return rows.map(([name, says]) => `  ${name.padEnd(width)}  ${says}`).join("\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
