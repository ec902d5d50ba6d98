// What people ask of the notices: warnings and incidents in pages, the newest first.

import type {
  Attempt,
  Incident,
  IncidentQuery,
  Warning,
  WarningQuery,
  WarningRecord,
} from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

export const warningFields = "n, record, state, due_ms, attempts, attempt_count";

export function findWarnings(
  prepare: Prepare,
  { accountId, state, before, limit }: WarningQuery,
): readonly WarningRecord[] {
  return prepare(
    `SELECT ${warningFields} FROM warning WHERE (?1 IS NULL OR account_id = ?1) ` +
      "AND (?2 IS NULL OR state = ?2) " +
      "AND (?3 IS NULL OR n < (SELECT n FROM warning WHERE id = ?3)) ORDER BY n DESC LIMIT ?4",
  )
    .all(accountId ?? null, state ?? null, before ?? null, limit)
    .map(warningIn);
}

export function findIncident(prepare: Prepare, id: string): Incident | undefined {
  const row = prepare("SELECT record FROM incident WHERE id = ?").get(id);
  return row && incidentIn(row);
}

export function findIncidents(
  prepare: Prepare,
  { openAtMs, after, limit }: IncidentQuery,
): readonly Incident[] {
  return prepare(
    "SELECT record FROM incident " +
      "WHERE (?1 IS NULL OR ended_at_ms IS NULL OR ended_at_ms > ?1) AND (?2 IS NULL OR " +
      "(started_at_ms, id) < (SELECT started_at_ms, id FROM incident WHERE id = ?2)) " +
      "ORDER BY started_at_ms DESC, id DESC LIMIT ?3",
  )
    .all(openAtMs ?? null, after ?? null, limit)
    .map(incidentIn);
}

export function warningIn(row: Readonly<Record<string, unknown>>): WarningRecord {
  return {
    ...(JSON.parse(String(row["record"])) as Warning),
    state: row["state"] as WarningRecord["state"],
    dueMs: Number(row["due_ms"]),
    attempts: JSON.parse(String(row["attempts"])) as Attempt[],
    attemptCount: Number(row["attempt_count"]),
  };
}

function incidentIn(row: Readonly<Record<string, unknown>>): Incident {
  return JSON.parse(String(row["record"])) as Incident;
}
