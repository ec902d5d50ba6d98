// Every command that there is.

import { changingCommands } from "./changing-commands.ts";
import type { Command, Typed } from "./command.ts";
import { lookingCommands } from "./looking-commands.ts";
import { setupCommands } from "./setup-commands.ts";

/** What asks an admin API, or runs it on stores that nobody serves. */
const operatorCommands = { ...lookingCommands, ...changingCommands } as const;
const commands = { ...setupCommands, ...operatorCommands } as const;

export type SetupName = keyof typeof setupCommands;
export type OperatorName = keyof typeof operatorCommands;
export type CommandName = keyof typeof commands;

export type TypedFor<Name extends CommandName> = Typed<(typeof commands)[Name]>;

export const commandNames = Object.keys(commands) as readonly CommandName[];
export const setupNames = Object.keys(setupCommands) as readonly SetupName[];
export const lookingNames = Object.keys(lookingCommands) as readonly OperatorName[];
export const changingNames = Object.keys(changingCommands) as readonly OperatorName[];

/** The first words of names that have two, and those that have one. */
export const nouns: readonly string[] = [...new Set(commandNames.map((name) => nounOf(name)))];

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

export function isSetup(name: CommandName): name is SetupName {
  return Object.hasOwn(setupCommands, name);
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
