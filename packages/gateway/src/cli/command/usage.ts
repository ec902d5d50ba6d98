// What can be asked of the command line, written from the table of commands.

import type { Command, Option } from "./command.ts";
import {
  type CommandName,
  changingNames,
  commandOf,
  commandsOf,
  isCommand,
  lookingNames,
  setupNames,
} from "./commands.ts";

export function usage(about: string | undefined): string {
  if (about === undefined) return everything();
  return isCommand(about) ? one(about, commandOf(about)) : several(about);
}

function everything(): string {
  return `sluice: keys, plans, limits, credits and one error envelope, in front of any HTTP API

${listed(setupNames)}

To see what happened, of the gate that serves this folder, or on its stores while nobody does:

${listed(lookingNames)}

To change what customers have:

${listed(changingNames)}

  sluice help <command>       what a command takes, and its options
  -h, --help                  the same, behind a command; alone this
  -v, --version

A noun alone means its first verb: "sluice log" is "sluice log show". --json prints the data of the admin
API: a list as a line of JSON each, anything else as one document. Secrets are alone on standard output:
KEY=$(sluice keys create --name first). A gate elsewhere: --url, or SLUICE_ADMIN_URL, and SLUICE_ADMIN_TOKEN.

Ends with 0 when all is well, 1 for wrong use or a refusal, 2 for what is not there or an audit that finds
something, and 3 where nobody answers or a store is down.

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

function listed(names: readonly CommandName[]): string {
  return columns(
    names.map((name) => {
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
