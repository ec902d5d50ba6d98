// One serving process a folder: a lock that the operating system takes back when the process dies,
// however it dies, and beside it a note that people can read.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Clock, systemClock } from "../../base/index.ts";

/** Who holds the lock, as the note says it. */
export interface Holder {
  readonly pid: number;
  readonly startedAtMs: number;
  /** Where it listens, once it does. */
  readonly address?: string;
}

export interface ServingLock {
  /** Writes down where this process listens. */
  tell(address: string): void;
  /** Lets another process serve. Again, it does nothing. */
  release(): void;
}

/** Another process serves this folder. */
export class LockedError extends Error {
  override readonly name: string = "LockedError";
  /** Undefined when it has not written its note yet. */
  readonly holder: Holder | undefined;

  constructor(folder: string, holder: Holder | undefined) {
    super(
      `${folder} is served by another process${holder === undefined ? "" : `: ${describe(holder)}`}. ` +
        "Stop that one first, or use another folder.",
    );
    this.holder = holder;
  }
}

const lockName = "serving.lock";
const noteName = "serving.json";
/** SQLite's code for a lock that somebody else has. */
const busyCode = 5;

/** What nobody refers to any more is closed by the garbage collector, and the lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Takes the lock, or throws a {@link LockedError} that says who has it. What is locked is an empty database of
 * its own, by a transaction that never ends: the database with the data stays open to readers. Nothing else in
 * this process may open `serving.lock`: closing it again would give the lock away.
 */
export function acquireLock(
  folder: string,
  who: { readonly address?: string; readonly clock?: Clock } = {},
): ServingLock {
  const { clock = systemClock, address } = who;
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, lockName), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if ((error as { readonly errcode?: number }).errcode !== busyCode) throw error;
    throw new LockedError(folder, readNote(join(folder, noteName)));
  }
  held.add(database);
  const note = join(folder, noteName);
  const holder = { pid: process.pid, startedAtMs: clock.wallMs() };
  const write = (told: Holder) => {
    try {
      writeFileSync(`${note}.new`, `${JSON.stringify(told, undefined, 2)}\n`);
      renameSync(`${note}.new`, note);
    } catch {
      // A full disk: the note is for people, the lock holds without it.
    }
  };
  write(address === undefined ? holder : { ...holder, address });
  return {
    tell: (told) => write({ ...holder, address: told }),
    release() {
      if (!held.delete(database)) return;
      rmSync(note, { force: true });
      database.close();
    },
  };
}

/** Who serves the folder as far as the note knows; it may be left behind by a process that was killed. */
function readNote(note: string): Holder | undefined {
  try {
    const told: unknown = JSON.parse(readFileSync(note, "utf8"));
    return isHolder(told) ? told : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(told: unknown): told is Holder {
  const { pid, startedAtMs } = (told ?? {}) as Partial<Holder>;
  return typeof pid === "number" && typeof startedAtMs === "number";
}

function describe({ pid, startedAtMs, address }: Holder): string {
  const where = address === undefined ? "" : `, at ${address}`;
  return `pid ${pid}, since ${new Date(startedAtMs).toISOString()}${where}`;
}
