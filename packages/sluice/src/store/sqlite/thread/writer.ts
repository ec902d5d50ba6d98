// What the worker that writes does with each message: a batch of commands, rows of the log, and the
// rows of the log that nobody needs any more. It is the only connection that writes to the file.

import type { DatabaseSync } from "node:sqlite";
import type { PackedRow } from "../../log/index.ts";
import { DirectoryWork } from "../directory/work.ts";
import { type DatabaseSettings, openToWrite } from "../file/database.ts";
import { migrate } from "../file/migrations.ts";
import { type LedgerSettings, LedgerWork } from "../ledger/work.ts";
import { LogWork } from "../log/work.ts";
import { NoticesWork } from "../notices/work.ts";
import type { BatchReply, Command, Work } from "./commands.ts";
import { Transactions } from "./transactions.ts";

export interface WriterSettings {
  readonly role: "writer";
  readonly database: DatabaseSettings;
  readonly ledger: LedgerSettings;
}

export class Writer {
  readonly #database: DatabaseSync;
  readonly #transactions: Transactions;
  readonly #log: LogWork;
  readonly #notices: NoticesWork;

  constructor({ database, ledger: settings }: WriterSettings) {
    this.#database = openToWrite(database);
    try {
      migrate(this.#database, database.file);
      const ledger = new LedgerWork(this.#database, settings);
      const directory = new DirectoryWork(this.#database);
      this.#notices = new NoticesWork(this.#database);
      const work = workOf(ledger, directory, this.#notices);
      this.#transactions = new Transactions(this.#database, work, ledger);
      this.#log = new LogWork(this.#database);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  run(batch: readonly Command[]): BatchReply {
    return this.#transactions.run(batch);
  }

  /** How many of the rows could not be written, each for a fault of its own. */
  writeLog(rows: readonly PackedRow[]): number {
    return this.#unsynced(() => this.#log.write(rows));
  }

  /** Deletes at most `max` rows from before then; how many they were. */
  forgetLog(beforeMs: number, max: number): number {
    return this.#unsynced(() => this.#log.forget(beforeMs, max));
  }

  /** Deletes at most `max` warnings whose period was over before then; how many they were. */
  forgetWarnings(beforeMs: number, max: number): number {
    return this.#unsynced(() => this.#notices.forget(beforeMs, max));
  }

  /** Deletes the sums of days before then; how many they were. */
  forgetLogDays(beforeMs: number): number {
    return this.#unsynced(() => this.#log.forgetDays(beforeMs));
  }

  close(): void {
    this.#database.close();
  }

  /** The log does not wait for the disk: the next commit of money, or the checkpoint, takes it along. */
  #unsynced<T>(body: () => T): T {
    this.#database.exec("PRAGMA synchronous = NORMAL");
    try {
      return this.#transactions.within(body);
    } finally {
      this.#database.exec("PRAGMA synchronous = FULL");
    }
  }
}

function workOf(ledger: LedgerWork, directory: DirectoryWork, notices: NoticesWork): Work {
  return {
    reserve: ledger.reserve.bind(ledger),
    settle: ledger.settle.bind(ledger),
    release: ledger.release.bind(ledger),
    extend: ledger.extend.bind(ledger),
    detach: ledger.detach.bind(ledger),
    job: ledger.job.bind(ledger),
    jobs: ledger.jobs.bind(ledger),
    expire: ledger.expire.bind(ledger),
    recall: ledger.recall.bind(ledger),
    grant: ledger.grant.bind(ledger),
    balance: ledger.balance.bind(ledger),
    findKey: directory.findKey.bind(directory),
    account: directory.account.bind(directory),
    workspace: directory.workspace.bind(directory),
    project: directory.project.bind(directory),
    key: directory.key.bind(directory),
    note: directory.note.bind(directory),
    putAccount: directory.putAccount.bind(directory),
    putWorkspace: directory.putWorkspace.bind(directory),
    putProject: directory.putProject.bind(directory),
    putKey: directory.putKey.bind(directory),
    raiseWarning: notices.raiseWarning.bind(notices),
    takeWarnings: notices.takeWarnings.bind(notices),
    triedWarning: notices.triedWarning.bind(notices),
    putIncident: notices.putIncident.bind(notices),
  };
}
