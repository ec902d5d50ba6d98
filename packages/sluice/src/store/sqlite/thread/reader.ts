// What the worker that only reads does: whatever may take long. It sees what was committed, and no
// call through the gate waits for it.

import type { DatabaseSync } from "node:sqlite";
import type {
  Account,
  AccountQuery,
  Booked,
  Budget,
  BudgetState,
  ChangeEntry,
  ChangeQuery,
  DayQuery,
  DaySum,
  Entry,
  EntryPage,
  GrantState,
  HoldRecord,
  Incident,
  IncidentQuery,
  Key,
  OddHoldQuery,
  Page,
  Project,
  Usage,
  WarningQuery,
  WarningRecord,
  Workspace,
} from "../../../gate/stores.ts";
import type { PackedRow } from "../../log/index.ts";
import { changesPage } from "../directory/changes.ts";
import { accountsPage, ownedPage } from "../directory/pages.ts";
import { type DatabaseSettings, openToRead } from "../file/database.ts";
import { type Prepare, preparing } from "../file/statements.ts";
import { auditLedger, checkFile } from "../ledger/audit.ts";
import { budgetStates, grantsPage, holdRecord, oddHoldsPage } from "../ledger/operator.ts";
import { bookedSums, entriesPage } from "../ledger/statement.ts";
import {
  daysOf,
  explainRow,
  findRows,
  type RowFilter,
  type RowsPage,
  sumUsage,
} from "../log/queries.ts";
import { findIncident, findIncidents, findWarnings } from "../notices/queries.ts";

export interface ReaderSettings {
  readonly role: "reader";
  readonly database: DatabaseSettings;
}

export class Reader {
  readonly #database: DatabaseSync;
  readonly #prepare: Prepare;

  constructor({ database }: ReaderSettings) {
    this.#database = openToRead(database);
    this.#prepare = preparing(this.#database);
  }

  accounts(query: AccountQuery): readonly Account[] {
    return accountsPage(this.#prepare, query);
  }

  keysOf(accountId: string, page: Page): readonly Key[] {
    return ownedPage(this.#prepare, "key", accountId, page);
  }

  workspacesOf(accountId: string, page: Page): readonly Workspace[] {
    return ownedPage(this.#prepare, "workspace", accountId, page);
  }

  projectsOf(accountId: string, page: Page): readonly Project[] {
    return ownedPage(this.#prepare, "project", accountId, page);
  }

  changes(query: ChangeQuery): readonly ChangeEntry[] {
    return changesPage(this.#prepare, query);
  }

  budgets(budgets: readonly Budget[], nowMs: number): readonly BudgetState[] {
    return budgetStates(this.#prepare, budgets, nowMs);
  }

  grants(accountId: string, page: Page, nowMs: number): readonly GrantState[] {
    return grantsPage(this.#prepare, accountId, page, nowMs);
  }

  hold(holdId: string): HoldRecord | undefined {
    return holdRecord(this.#prepare, holdId);
  }

  oddHolds(query: OddHoldQuery): readonly HoldRecord[] {
    return oddHoldsPage(this.#prepare, query);
  }

  entries(accountId: string, page: EntryPage): readonly Entry[] {
    return entriesPage(this.#prepare, accountId, page);
  }

  booked(accountId: string): Booked {
    return bookedSums(this.#prepare, accountId);
  }

  audit(alsoTheFile: boolean): readonly string[] {
    // One snapshot for all rules: the ledger goes on meanwhile.
    this.#database.exec("BEGIN");
    try {
      const broken = auditLedger(this.#prepare);
      return alsoTheFile ? [...broken, ...checkFile(this.#prepare)] : broken;
    } finally {
      this.#database.exec("ROLLBACK");
    }
  }

  find(filter: RowFilter, limit: number): RowsPage {
    return findRows(this.#prepare, filter, limit);
  }

  explain(requestId: string): PackedRow | undefined {
    return explainRow(this.#prepare, requestId);
  }

  usage(accountId: string, fromMs: number, toMs: number): Usage {
    return sumUsage(this.#prepare, accountId, fromMs, toMs);
  }

  days(query: DayQuery): readonly DaySum[] {
    return daysOf(this.#prepare, query);
  }

  warnings(query: WarningQuery): readonly WarningRecord[] {
    return findWarnings(this.#prepare, query);
  }

  incident(id: string): Incident | undefined {
    return findIncident(this.#prepare, id);
  }

  incidents(query: IncidentQuery): readonly Incident[] {
    return findIncidents(this.#prepare, query);
  }

  close(): void {
    this.#database.close();
  }
}
