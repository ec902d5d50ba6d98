// What customers are told outside of answers, in memory: warnings by id in the order in which they were raised, and what
// still waits, account by account.

import { assert, frozenCopy } from "../../base/index.ts";
import {
  ATTEMPTS_KEPT,
  type Attempt,
  type Incident,
  type IncidentQuery,
  type Notices,
  type Prospect,
  UPDATES_MAX,
  WARNING_ID_MAX,
  WARNINGS_KEPT_MS,
  type Warning,
  type WarningQuery,
  type WarningRecord,
} from "../../gate/stores.ts";
import { Hand } from "./hand.ts";

/** A warning's record, replaced as a whole, and its place in the order. */
interface Kept {
  record: WarningRecord;
  readonly sequence: number;
}

export class MemoryNotices implements Notices {
  readonly #warnings = new Map<string, Kept>();
  readonly #hand = new Hand(this.#warnings, ({ record }, nowMs) => this.#isOver(record, nowMs));
  /** What waits of each account, the first raised first. */
  readonly #waiting = new Map<string, Kept[]>();
  readonly #incidents = new Map<string, Incident>();
  #sequence = 0;

  raise(warning: Warning): boolean {
    const { id, url, atMs } = warning;
    assert(id.length <= WARNING_ID_MAX, () => `a warning's id of ${id.length} characters`);
    if (this.#warnings.has(id)) return false;
    const kept: Kept = {
      sequence: ++this.#sequence,
      record: frozenCopy({
        ...warning,
        state: url === undefined ? "listed" : "waiting",
        dueMs: atMs,
        attempts: [],
        attemptCount: 0,
      } satisfies WarningRecord),
    };
    this.#warnings.set(id, kept);
    this.#hand.sweep(atMs);
    if (url !== undefined) this.#queue(warning.accountId).push(kept);
    return true;
  }

  take(nowMs: number, untilMs: number, max: number): readonly WarningRecord[] {
    const due: Kept[] = [];
    for (const [first] of this.#waiting.values()) {
      if (first !== undefined && first.record.dueMs <= nowMs) due.push(first);
    }
    due.sort((one, other) => one.sequence - other.sequence);
    return due.slice(0, max).map((kept) => {
      kept.record = Object.freeze({ ...kept.record, dueMs: untilMs });
      return kept.record;
    });
  }

  attempted(id: string, attempt: Attempt, next: Prospect): void {
    const kept = this.#warnings.get(id);
    if (kept?.record.state !== "waiting") return;
    const { record } = kept;
    const attempts = [...record.attempts, frozenCopy(attempt)].slice(-ATTEMPTS_KEPT);
    kept.record = Object.freeze({
      ...record,
      state: next.state,
      dueMs: next.state === "waiting" ? next.dueMs : record.dueMs,
      attempts: Object.freeze(attempts),
      attemptCount: record.attemptCount + 1,
    });
    if (next.state !== "waiting") this.#leave(kept);
  }

  warnings({ accountId, state, limit, before }: WarningQuery): readonly WarningRecord[] {
    const edge = before === undefined ? Infinity : (this.#warnings.get(before)?.sequence ?? 0);
    return [...this.#warnings.values()]
      .filter(({ record, sequence }) => {
        const isTheirs = accountId === undefined || record.accountId === accountId;
        return sequence < edge && isTheirs && (state === undefined || record.state === state);
      })
      .reverse()
      .slice(0, limit)
      .map(({ record }) => record);
  }

  putIncident(incident: Incident): void {
    const { id, updates } = incident;
    assert(updates.length <= UPDATES_MAX, () => `incident "${id}" has ${updates.length} updates`);
    this.#incidents.set(id, frozenCopy(incident));
  }

  incident(id: string): Incident | undefined {
    return this.#incidents.get(id);
  }

  incidents({ limit, openAtMs, after }: IncidentQuery): readonly Incident[] {
    const edge = after === undefined ? undefined : this.#incidents.get(after);
    if (after !== undefined && edge === undefined) return [];
    return [...this.#incidents.values()]
      .filter((incident) => {
        const isOpen = openAtMs === undefined || (incident.endedAtMs ?? Infinity) > openAtMs;
        return isOpen && (edge === undefined || newestFirst(edge, incident) < 0);
      })
      .sort(newestFirst)
      .slice(0, limit);
  }

  #queue(accountId: string): Kept[] {
    let queue = this.#waiting.get(accountId);
    if (queue === undefined) {
      queue = [];
      this.#waiting.set(accountId, queue);
    }
    return queue;
  }

  #leave(kept: Kept): void {
    const { accountId } = kept.record;
    const left = this.#queue(accountId).filter((other) => other !== kept);
    if (left.length === 0) this.#waiting.delete(accountId);
    else this.#waiting.set(accountId, left);
  }

  /** Nobody waits so long for a delivery: what still does is forgotten by both. */
  #isOver(record: WarningRecord, nowMs: number): boolean {
    const isOver = (record.resetAtMs ?? Infinity) + WARNINGS_KEPT_MS <= nowMs;
    if (isOver && record.state === "waiting") {
      const kept = this.#warnings.get(record.id);
      if (kept !== undefined) this.#leave(kept);
    }
    return isOver;
  }
}

function newestFirst(one: Incident, other: Incident): number {
  const later = other.startedAtMs - one.startedAtMs;
  if (later !== 0) return later;
  return one.id === other.id ? 0 : one.id < other.id ? 1 : -1;
}
