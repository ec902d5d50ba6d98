// What the worker that only reads does: whatever may take long. It sees what was committed, and no
// call through the gate waits for it.

import type { DatabaseSync } from "node:sqlite";
import type {
  ExpiredHold,
  Incident,
  IncidentQuery,
  Usage,
  WarningQuery,
  WarningRecord,
} from "../../../gate/stores.ts";
import type { PackedRow } from "../../log/index.ts";
import { type ChangesPage, changesAfter } from "../directory/changes.ts";
import { type DatabaseSettings, openToRead } from "../file/database.ts";
import { type Prepare, preparing } from "../file/statements.ts";
import { auditLedger, checkFile } from "../ledger/audit.ts";
import { type BudgetAlert, budgetAlerts, expiredHolds } from "../ledger/operator.ts";
import { type EntriesPage, entriesFrom } from "../ledger/statement.ts";
import {
  type Cursor,
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

  changes(accountId: string, after: number): ChangesPage {
    return changesAfter(this.#prepare, accountId, after);
  }

  entries(accountId: string, from: number | undefined): EntriesPage {
    return entriesFrom(this.#prepare, accountId, from);
  }

  expiredHolds(limit: number): readonly ExpiredHold[] {
    return expiredHolds(this.#prepare, limit);
  }

  budgetAlerts(sinceMs: number, limit: number): readonly BudgetAlert[] {
    return budgetAlerts(this.#prepare, sinceMs, limit);
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

  find(filter: RowFilter, limit: number, after: Cursor | undefined): RowsPage {
    return findRows(this.#prepare, filter, limit, after);
  }

  explain(requestId: string): PackedRow | undefined {
    return explainRow(this.#prepare, requestId);
  }

  usage(accountId: string, fromMs: number, toMs: number): Usage {
    return sumUsage(this.#prepare, accountId, fromMs, toMs);
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
