// What the worker does for notices: raises a warning once, hands each account's first to one who delivers, and writes down
// what became of it.

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  ATTEMPTS_KEPT,
  type Attempt,
  type Incident,
  type IncidentQuery,
  type Prospect,
  UPDATES_MAX,
  WARNING_ID_MAX,
  type Warning,
  type WarningQuery,
  type WarningRecord,
} from "../../../gate/stores.ts";
import { require } from "../file/mistake.ts";

type Row = Record<string, unknown>;

const fields = "n, record, state, due_ms, attempts, attempt_count";

export class NoticesWork {
  readonly #raise: StatementSync;
  readonly #due: StatementSync;
  readonly #lease: StatementSync;
  readonly #waiting: StatementSync;
  readonly #tried: StatementSync;
  readonly #warnings: StatementSync;
  readonly #putIncident: StatementSync;
  readonly #incident: StatementSync;
  readonly #incidents: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#raise = database.prepare(
      "INSERT INTO warning (id, account_id, record, reset_at_ms, state, due_ms) " +
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    );
    this.#due = database.prepare(
      `SELECT ${fields} FROM warning AS w WHERE state = 'waiting' AND due_ms <= ? AND n = ` +
        "(SELECT min(n) FROM warning WHERE account_id = w.account_id AND state = 'waiting') " +
        "ORDER BY n LIMIT ?",
    );
    this.#lease = database.prepare("UPDATE warning SET due_ms = ? WHERE n = ?");
    this.#waiting = database.prepare(
      `SELECT ${fields} FROM warning WHERE id = ? AND state = 'waiting'`,
    );
    this.#tried = database.prepare(
      "UPDATE warning SET state = ?, due_ms = ?, attempts = ?, attempt_count = attempt_count + 1 " +
        "WHERE n = ?",
    );
    this.#warnings = database.prepare(
      `SELECT ${fields} FROM warning WHERE (?1 IS NULL OR account_id = ?1) ` +
        "AND (?2 IS NULL OR state = ?2) " +
        "AND (?3 IS NULL OR n < (SELECT n FROM warning WHERE id = ?3)) ORDER BY n DESC LIMIT ?4",
    );
    this.#putIncident = database.prepare(
      "INSERT OR REPLACE INTO incident (id, started_at_ms, ended_at_ms, record) VALUES (?, ?, ?, ?)",
    );
    this.#incident = database.prepare("SELECT record FROM incident WHERE id = ?");
    this.#incidents = database.prepare(
      "SELECT record FROM incident " +
        "WHERE (?1 IS NULL OR ended_at_ms IS NULL OR ended_at_ms > ?1) AND (?2 IS NULL OR " +
        "(started_at_ms, id) < (SELECT started_at_ms, id FROM incident WHERE id = ?2)) " +
        "ORDER BY started_at_ms DESC, id DESC LIMIT ?3",
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
    return rows.map((row) => ({ ...recordOf(row), dueMs: untilMs }));
  }

  triedWarning(id: string, attempt: Attempt, next: Prospect): void {
    const row = this.#waiting.get(id);
    if (row === undefined) return;
    const { dueMs, attempts } = recordOf(row);
    const kept = JSON.stringify([...attempts, attempt].slice(-ATTEMPTS_KEPT));
    const nextMs = next.state === "waiting" ? next.dueMs : dueMs;
    this.#tried.run(next.state, nextMs, kept, row["n"] as SQLInputValue);
  }

  warnings({ accountId, state, before, limit }: WarningQuery): readonly WarningRecord[] {
    const rows = this.#warnings.all(accountId ?? null, state ?? null, before ?? null, limit);
    return rows.map(recordOf);
  }

  putIncident(incident: Incident): void {
    const { id, updates, startedAtMs, endedAtMs } = incident;
    require(updates.length <= UPDATES_MAX, () => `incident "${id}" has ${updates.length} updates`);
    this.#putIncident.run(id, startedAtMs, endedAtMs ?? null, JSON.stringify(incident));
  }

  incident(id: string): Incident | undefined {
    const row = this.#incident.get(id);
    return row && incidentOf(row);
  }

  incidents({ openAtMs, after, limit }: IncidentQuery): readonly Incident[] {
    return this.#incidents.all(openAtMs ?? null, after ?? null, limit).map(incidentOf);
  }

  /** Deletes at most `max` warnings whose period was over before then; how many they were. */
  forget(beforeMs: number, max: number): number {
    return Number(this.#forget.run(beforeMs, max).changes);
  }
}

function recordOf(row: Row): WarningRecord {
  return {
    ...(JSON.parse(String(row["record"])) as Warning),
    state: row["state"] as WarningRecord["state"],
    dueMs: Number(row["due_ms"]),
    attempts: JSON.parse(String(row["attempts"])) as Attempt[],
    attemptCount: Number(row["attempt_count"]),
  };
}

function incidentOf(row: Row): Incident {
  return JSON.parse(String(row["record"])) as Incident;
}
