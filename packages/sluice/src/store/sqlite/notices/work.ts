// What the worker does for notices: raises a warning once, hands each account's first to one who delivers, and writes down
// what became of it.

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  ATTEMPTS_KEPT,
  type Attempt,
  type Incident,
  type Prospect,
  UPDATES_MAX,
  WARNING_ID_MAX,
  type Warning,
  type WarningRecord,
} from "../../../gate/stores.ts";
import { require } from "../file/mistake.ts";
import { warningFields, warningIn } from "./queries.ts";

export class NoticesWork {
  readonly #raise: StatementSync;
  readonly #due: StatementSync;
  readonly #lease: StatementSync;
  readonly #waiting: StatementSync;
  readonly #tried: StatementSync;
  readonly #putIncident: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#raise = database.prepare(
      "INSERT INTO warning (id, account_id, record, reset_at_ms, state, due_ms) " +
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    );
    this.#due = database.prepare(
      `SELECT ${warningFields} FROM warning AS w WHERE state = 'waiting' AND due_ms <= ? AND n = ` +
        "(SELECT min(n) FROM warning WHERE account_id = w.account_id AND state = 'waiting') " +
        "ORDER BY n LIMIT ?",
    );
    this.#lease = database.prepare("UPDATE warning SET due_ms = ? WHERE n = ?");
    this.#waiting = database.prepare(
      `SELECT ${warningFields} FROM warning WHERE id = ? AND state = 'waiting'`,
    );
    this.#tried = database.prepare(
      "UPDATE warning SET state = ?, due_ms = ?, attempts = ?, attempt_count = attempt_count + 1 " +
        "WHERE n = ?",
    );
    this.#putIncident = database.prepare(
      "INSERT OR REPLACE INTO incident (id, started_at_ms, ended_at_ms, record) VALUES (?, ?, ?, ?)",
    );
    this.#forget = database.prepare(
      "DELETE FROM warning WHERE n IN (SELECT n FROM warning WHERE reset_at_ms <= ? LIMIT ?)",
    );
  }

  raiseWarning(warning: Warning): boolean {
    const { id, accountId, url, atMs, resetAtMs } = warning;
    require(id.length <= WARNING_ID_MAX, () => `a warning's id of ${id.length} characters`);
    const state = url === undefined ? "listed" : "waiting";
    const record = JSON.stringify(warning);
    const inserted = this.#raise.run(id, accountId, record, resetAtMs ?? null, state, atMs);
    return Number(inserted.changes) === 1;
  }

  takeWarnings(nowMs: number, untilMs: number, max: number): readonly WarningRecord[] {
    const rows = this.#due.all(nowMs, max);
    for (const { n } of rows) this.#lease.run(untilMs, n as SQLInputValue);
    return rows.map((row) => ({ ...warningIn(row), dueMs: untilMs }));
  }

  triedWarning(id: string, attempt: Attempt, next: Prospect): void {
    const row = this.#waiting.get(id);
    if (row === undefined) return;
    const { dueMs, attempts } = warningIn(row);
    const kept = JSON.stringify([...attempts, attempt].slice(-ATTEMPTS_KEPT));
    const nextMs = next.state === "waiting" ? next.dueMs : dueMs;
    this.#tried.run(next.state, nextMs, kept, row["n"] as SQLInputValue);
  }

  putIncident(incident: Incident): void {
    const { id, updates, startedAtMs, endedAtMs } = incident;
    require(updates.length <= UPDATES_MAX, () => `incident "${id}" has ${updates.length} updates`);
    this.#putIncident.run(id, startedAtMs, endedAtMs ?? null, JSON.stringify(incident));
  }

  /** Deletes at most `max` warnings whose period was over before then; how many they were. */
  forget(beforeMs: number, max: number): number {
    return Number(this.#forget.run(beforeMs, max).changes);
  }
}
