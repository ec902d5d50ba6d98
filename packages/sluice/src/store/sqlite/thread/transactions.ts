// How the worker runs a batch: in one transaction, acknowledged once it is on the disk. A command that
// fails on its own takes nobody with it.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Mistake } from "../file/mistake.ts";
import { type BatchReply, type Command, commandNames, isWriting, type Work } from "./commands.ts";

/** What the work keeps in memory beside the file. */
export interface Memory {
  /** Writes what was changed in memory only, before the commit. */
  flush(): void;
  /** Forgets everything, after a transaction that did not come to pass. */
  reset(): void;
}

export class Transactions {
  readonly #database: DatabaseSync;
  readonly #memory: Memory;
  readonly #run: (command: Command) => unknown;
  readonly #begin: StatementSync;
  readonly #beginToRead: StatementSync;
  readonly #commit: StatementSync;
  readonly #version: StatementSync;
  #knownVersion: unknown;

  constructor(database: DatabaseSync, work: Work, memory: Memory) {
    this.#database = database;
    this.#memory = memory;
    this.#run = runnerOf(work);
    this.#begin = database.prepare("BEGIN IMMEDIATE");
    this.#beginToRead = database.prepare("BEGIN");
    this.#commit = database.prepare("COMMIT");
    this.#version = database.prepare("PRAGMA data_version");
  }

  run(batch: readonly Command[]): BatchReply {
    try {
      return this.#together(batch);
    } catch (error) {
      if (batch.length === 1) return [[undefined], new Map([[0, error]])];
      return isOfTheFile(error) ? this.#readOnly(batch, error) : this.#alone(batch);
    }
  }

  /** Runs something else than commands in a transaction of its own. */
  within<T>(body: () => T): T {
    return this.#transact(this.#begin, body);
  }

  #together(batch: readonly Command[]): BatchReply {
    const values: unknown[] = [];
    let errors: Map<number, unknown> | undefined;
    this.#transact(batch.some(isWriting) ? this.#begin : this.#beginToRead, () => {
      for (const [at, command] of batch.entries()) {
        try {
          values.push(this.#run(command));
        } catch (error) {
          if (!(error instanceof Mistake)) throw error;
          values.push(undefined);
          errors ??= new Map();
          errors.set(at, error);
        }
      }
      this.#memory.flush();
    });
    return [values, errors];
  }

  #transact<T>(begin: StatementSync, body: () => T): T {
    try {
      begin.run();
      this.#noticeOthers();
      const value = body();
      this.#commit.run();
      return value;
    } catch (error) {
      this.#memory.reset();
      this.#rollBack();
      throw error;
    }
  }

  /** What is in memory is as old as the last commit of this connection: no other should write. */
  #noticeOthers(): void {
    const version = this.#version.get()?.["data_version"];
    if (version !== this.#knownVersion) this.#memory.reset();
    this.#knownVersion = version;
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    } catch {
      // The engine has rolled back by itself; what went wrong first is what matters.
    }
  }

  /** One of them has a fault that nobody foresaw: each in a transaction of its own. */
  #alone(batch: readonly Command[]): BatchReply {
    const values: unknown[] = [];
    const errors = new Map<number, unknown>();
    for (const [at, command] of batch.entries()) {
      const [[value], failed] = this.run([command]);
      values.push(value);
      if (failed !== undefined) errors.set(at, failed.get(0));
    }
    return [values, errors];
  }

  /** Nothing can be written, so whatever would write has failed; reading goes on. */
  #readOnly(batch: readonly Command[], error: unknown): BatchReply {
    const places: number[] = [];
    const errors = new Map<number, unknown>();
    for (const [at, command] of batch.entries()) {
      if (isWriting(command)) errors.set(at, error);
      else places.push(at);
    }
    const values: unknown[] = new Array(batch.length).fill(undefined);
    if (places.length === batch.length) {
      return [values, new Map(places.map((at) => [at, error]))];
    }
    if (places.length > 0) {
      const [read, failed] = this.run(places.map((at) => batch[at] as Command));
      for (const [nth, at] of places.entries()) values[at] = read[nth];
      for (const [nth, failure] of failed ?? []) errors.set(places[nth] as number, failure);
    }
    return [values, errors];
  }
}

/** SQLite's codes for trouble with the file, the disk or the memory: no command is to blame. */
const codesOfTheFile: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 22, 26]);

function isOfTheFile(error: unknown): boolean {
  const code = (error as { readonly errcode?: unknown }).errcode;
  return typeof code === "number" && codesOfTheFile.has(code & 0xff);
}

function runnerOf(work: Work): (command: Command) => unknown {
  const methods = commandNames.map(
    (name) => work[name] as (...told: readonly unknown[]) => unknown,
  );
  return ([number, ...told]) => methods[number]?.(...told);
}
