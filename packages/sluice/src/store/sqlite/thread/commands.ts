// What can be asked of the worker that writes, command by command: the methods of its work are the
// protocol, so that the two sides cannot disagree.

import type { DirectoryWork } from "../directory/work.ts";
import type { LedgerWork } from "../ledger/work.ts";
import type { NoticesWork } from "../notices/work.ts";

export type Work = Omit<LedgerWork, "flush" | "reset"> &
  Omit<DirectoryWork, never> &
  Omit<NoticesWork, "forget">;

export type CommandName = keyof Work;

/** Every command, with whether it changes something: one that does not is answered on a full disk too. */
const writes: Readonly<Record<CommandName, boolean>> = {
  account: false,
  balance: false,
  detach: true,
  expire: true,
  extend: true,
  findKey: false,
  grant: true,
  job: false,
  jobs: false,
  key: false,
  note: true,
  project: false,
  putAccount: true,
  putIncident: true,
  putKey: true,
  putProject: true,
  putWorkspace: true,
  raiseWarning: true,
  recall: false,
  release: true,
  reserve: true,
  settle: true,
  takeWarnings: true,
  triedWarning: true,
  workspace: false,
};

/** On their way to the worker commands are numbered by their place here: a name costs more to hand over. */
export const commandNames: readonly CommandName[] = Object.keys(writes) as CommandName[];

/** A command's number, and what it is told. */
export type Command = readonly [number: number, ...told: readonly unknown[]];

/** Hands a command to the batcher. */
export type Submit = <Name extends CommandName>(
  name: Name,
  ...told: Parameters<Work[Name]>
) => Promise<ReturnType<Work[Name]>>;

/** The values of a batch, in its order, and the errors of those that failed, by their place in it. */
export type BatchReply = readonly [
  values: readonly unknown[],
  errors: ReadonlyMap<number, unknown> | undefined,
];

export const commandNumbers: Readonly<Record<CommandName, number>> = Object.fromEntries(
  commandNames.map((name, number) => [name, number]),
) as Record<CommandName, number>;

const writesByNumber: readonly boolean[] = commandNames.map((name) => writes[name]);

/** Whether the command changes something. */
export function isWriting(command: Command): boolean {
  return writesByNumber[command[0]] === true;
}
