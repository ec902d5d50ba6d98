// What an idempotency key leads to, in the worker: nothing yet, a call that still runs, the stored
// answer, or the knowledge that there is none. Made and ended in the same step as the hold.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Idempotency, KnownKey, StoredAnswer } from "../../../gate/stores.ts";

/** Records that are dropped for each one that is made: there are never many that nobody needs. */
const droppedEach = 2;

export class IdempotencyRecords {
  readonly #find: StatementSync;
  readonly #drop: StatementSync;
  readonly #begin: StatementSync;
  readonly #finish: StatementSync;
  readonly #answerLate: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#find = database.prepare(
      "SELECT fingerprint, state, status, headers, body, request_id, forget_ms FROM idempotency " +
        "WHERE account_id = ? AND operation = ? AND key = ?",
    );
    this.#drop = database.prepare(
      "DELETE FROM idempotency WHERE n IN (SELECT n FROM idempotency " +
        `WHERE forget_ms <= ? ORDER BY forget_ms LIMIT ${droppedEach})`,
    );
    this.#begin = database.prepare(
      "INSERT OR REPLACE INTO idempotency (account_id, operation, key, fingerprint, state, hold) " +
        "VALUES (?, ?, ?, ?, 'running', ?)",
    );
    this.#finish = database.prepare(
      "UPDATE idempotency SET state = ?, status = ?, headers = ?, body = ?, request_id = ?, " +
        "forget_ms = ? WHERE n = ? AND state = 'running'",
    );
    this.#answerLate = database.prepare(
      "UPDATE idempotency SET state = 'answered', status = ?, headers = ?, body = ?, " +
        "request_id = ?, forget_ms = ? " +
        "WHERE n = ? AND hold = ? AND state = 'no_answer' AND forget_ms > ?",
    );
    this.#forget = database.prepare("DELETE FROM idempotency WHERE n = ?");
  }

  recall({ accountId, operation, key, fingerprint }: Idempotency, nowMs: number) {
    const record = this.#find.get(accountId, operation, key);
    if (record === undefined) return undefined;
    const forgetMs = record["forget_ms"] as number | null;
    if (forgetMs !== null && forgetMs <= nowMs) return undefined;
    if (record["fingerprint"] !== fingerprint) return known("key_reused");
    if (record["state"] === "running") return known("in_progress");
    if (record["state"] === "no_answer") return known("no_answer");
    const answer: StoredAnswer = {
      status: record["status"] as number,
      headers: JSON.parse(record["headers"] as string) as string[],
      body: record["body"] as string,
      requestId: record["request_id"] as string,
    };
    return { kind: "replay", answer } satisfies KnownKey;
  }

  /** Makes the record of a call that begins; its number, to end it by. */
  begin(idempotency: Idempotency, hold: number, nowMs: number): number {
    const { accountId, operation, key, fingerprint } = idempotency;
    this.#drop.run(nowMs);
    return Number(this.#begin.run(accountId, operation, key, fingerprint, hold).lastInsertRowid);
  }

  finish(record: number, answer: StoredAnswer | undefined, forgetAtMs: number): void {
    if (answer === undefined) {
      this.#finish.run("no_answer", null, null, null, null, forgetAtMs, record);
      return;
    }
    const { status, headers, body, requestId } = answer;
    const packed = JSON.stringify(headers);
    this.#finish.run("answered", status, packed, body, requestId, forgetAtMs, record);
  }

  /** Gives the hold's record, if there still is one, the answer that it ended without. */
  answerLate(
    record: number,
    hold: number,
    answer: StoredAnswer,
    rememberMs: number,
    nowMs: number,
  ): void {
    const { status, headers, body, requestId } = answer;
    const packed = JSON.stringify(headers);
    const forgetAtMs = nowMs + rememberMs;
    // A number is used again after its record was dropped: the hold tells whose it is.
    this.#answerLate.run(status, packed, body, requestId, forgetAtMs, record, hold, nowMs);
  }

  forget(record: number): void {
    this.#forget.run(record);
  }
}

function known(kind: "key_reused" | "in_progress" | "no_answer"): KnownKey {
  return { kind };
}
