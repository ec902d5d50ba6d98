// What customers are told outside of answers: the port. Each method is one statement; whoever raises or takes at the same
// time as another process is told apart by the row itself.

import { assert } from "../../../base/index.ts";
import {
  ATTEMPTS_KEPT,
  type Attempt,
  type Incident,
  type IncidentQuery,
  type Notices,
  type Prospect,
  UPDATES_MAX,
  WARNING_ID_MAX,
  type Warning,
  type WarningQuery,
  type WarningRecord,
} from "../../../gate/stores.ts";
import type { Database, Row } from "../connection/database.ts";

const fields = "w.n, w.record, w.state, w.due_ms, array_to_json(w.attempts)::text, w.attempt_count";

const raise = {
  name: "sluice_raise",
  text:
    "INSERT INTO sluice.warning (id, account_id, record, reset_at_ms, state, due_ms) " +
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING RETURNING 1",
};
/** A row that another one takes at this moment is passed over, and one that he has taken is no longer due. */
const take = {
  name: "sluice_take",
  text:
    "WITH first AS (SELECT o.n FROM sluice.warning o WHERE o.state = 'waiting' AND o.due_ms <= $1 " +
    "AND NOT EXISTS (SELECT FROM sluice.warning b WHERE b.account_id = o.account_id " +
    "AND b.state = 'waiting' AND b.n < o.n) ORDER BY o.n LIMIT $3 FOR UPDATE SKIP LOCKED) " +
    "UPDATE sluice.warning w SET due_ms = $2 FROM first WHERE w.n = first.n " +
    `RETURNING ${fields}`,
};
const attempted = {
  name: "sluice_attempted",
  text:
    "UPDATE sluice.warning SET state = $2, due_ms = coalesce($3, due_ms), " +
    "attempt_count = attempt_count + 1, attempts = " +
    `(attempts || $4::text)[greatest(cardinality(attempts) - ${ATTEMPTS_KEPT - 2}, 1):] ` +
    "WHERE id = $1 AND state = 'waiting'",
};
const warnings = {
  name: "sluice_warnings",
  text:
    `SELECT ${fields} FROM sluice.warning w WHERE ($1::text IS NULL OR account_id = $1) ` +
    "AND ($2::text IS NULL OR state = $2) " +
    "AND ($3::text IS NULL OR n < (SELECT n FROM sluice.warning WHERE id = $3)) " +
    "ORDER BY n DESC LIMIT $4",
};
const putIncident = {
  name: "sluice_put_incident",
  text:
    "INSERT INTO sluice.incident AS i (id, started_at_ms, ended_at_ms, record) " +
    "VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET started_at_ms = excluded.started_at_ms, " +
    "ended_at_ms = excluded.ended_at_ms, record = excluded.record",
};
const incident = {
  name: "sluice_incident",
  text: "SELECT record FROM sluice.incident WHERE id = $1",
};
const incidents = {
  name: "sluice_incidents",
  text:
    "SELECT record FROM sluice.incident " +
    "WHERE ($1::float8 IS NULL OR ended_at_ms IS NULL OR ended_at_ms > $1) AND ($2::text IS NULL " +
    "OR (started_at_ms, id) < (SELECT started_at_ms, id FROM sluice.incident WHERE id = $2)) " +
    "ORDER BY started_at_ms DESC, id DESC LIMIT $3",
};
const forget = {
  name: "sluice_forget_warnings",
  text:
    "WITH gone AS (DELETE FROM sluice.warning WHERE id IN (" +
    "SELECT id FROM sluice.warning WHERE reset_at_ms <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED) " +
    "RETURNING 1) SELECT count(*) FROM gone",
};

export class PostgresNotices implements Notices {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async raise(warning: Warning): Promise<boolean> {
    const { id, accountId, resetAtMs, url, atMs } = warning;
    assert(id.length <= WARNING_ID_MAX, () => `a warning's id of ${id.length} characters`);
    const state = url === undefined ? "listed" : "waiting";
    const values = [id, accountId, JSON.stringify(warning), resetAtMs ?? null, state, atMs];
    return (await this.#database.ask(raise, values)).length === 1;
  }

  async take(nowMs: number, untilMs: number, max: number): Promise<readonly WarningRecord[]> {
    const rows = await this.#database.ask(take, [nowMs, untilMs, max]);
    return rows.toSorted((one, other) => Number(one[0]) - Number(other[0])).map(recordOf);
  }

  async attempted(id: string, attempt: Attempt, next: Prospect): Promise<void> {
    const dueMs = next.state === "waiting" ? next.dueMs : null;
    await this.#database.ask(attempted, [id, next.state, dueMs, JSON.stringify(attempt)]);
  }

  async warnings({ accountId, state, before, limit }: WarningQuery) {
    const values = [accountId ?? null, state ?? null, before ?? null, limit];
    return (await this.#database.ask(warnings, values)).map(recordOf);
  }

  async putIncident(record: Incident): Promise<void> {
    const { id, updates, startedAtMs, endedAtMs } = record;
    assert(updates.length <= UPDATES_MAX, () => `incident "${id}" has ${updates.length} updates`);
    const values = [id, startedAtMs, endedAtMs ?? null, JSON.stringify(record)];
    await this.#database.ask(putIncident, values);
  }

  async incident(id: string): Promise<Incident | undefined> {
    const [row] = await this.#database.ask(incident, [id]);
    return row && incidentOf(row);
  }

  async incidents({ openAtMs, after, limit }: IncidentQuery): Promise<readonly Incident[]> {
    const rows = await this.#database.ask(incidents, [openAtMs ?? null, after ?? null, limit]);
    return rows.map(incidentOf);
  }
}

/** Deletes at most `max` warnings whose period was over before then; how many they were. */
export async function forgetWarnings(
  database: Database,
  beforeMs: number,
  max: number,
): Promise<number> {
  const [gone] = await database.ask(forget, [beforeMs, max]);
  return Number(gone?.[0]);
}

function recordOf([, record, state, dueMs, attempts, attemptCount]: Row): WarningRecord {
  const texts = JSON.parse(attempts ?? "[]") as readonly string[];
  return {
    ...(JSON.parse(record ?? "") as Warning),
    state: state as WarningRecord["state"],
    dueMs: Number(dueMs),
    attempts: texts.map((text) => JSON.parse(text) as Attempt),
    attemptCount: Number(attemptCount),
  };
}

function incidentOf([record]: Row): Incident {
  return JSON.parse(record ?? "") as Incident;
}
