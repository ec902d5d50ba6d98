// Every command that there is.

import type { Command, Typed } from "./command.ts";
import { setupCommands } from "./setup-commands.ts";

export const commands = { ...setupCommands } as const;

export type CommandName = keyof typeof commands;

export type TypedFor<Name extends CommandName> = Typed<(typeof commands)[Name]>;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** The first words of names that have two, and those that have one. */
export const nouns: readonly string[] = [...new Set(commandNames.map((name) => nounOf(name)))];

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

export function commandOf(name: CommandName): Command {
  return commands[name];
}

/** The commands that begin with a word. */
export function commandsOf(noun: string): readonly CommandName[] {
  return commandNames.filter((name) => nounOf(name) === noun);
}

function nounOf(name: string): string {
  return name.split(" ", 1)[0] ?? name;
}
