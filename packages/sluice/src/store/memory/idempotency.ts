// What an idempotency key leads to: nothing yet, a call that still runs, the stored answer, or the
// knowledge that there is none. Made and ended in the same step as the hold.

import { frozenCopy } from "../../base/index.ts";
import type { Idempotency, KnownKey, StoredAnswer } from "../../gate/stores.ts";
import { Hand } from "./hand.ts";

interface IdempotencyRecord {
  /** Whose call it is. */
  readonly holdId: string;
  readonly fingerprint: string;
  state: "running" | "answered" | "no_answer";
  answer: StoredAnswer | undefined;
  /** Never, while the call runs. */
  forgetAtMs: number;
}

/** Records by account, operation and key; as many as run or were settled within their memory. */
export class IdempotencyRecords {
  readonly #records = new Map<string, IdempotencyRecord>();
  readonly #hand = new Hand(this.#records, (record, nowMs) => record.forgetAtMs <= nowMs);

  recall(idempotency: Idempotency, nowMs: number): KnownKey | undefined {
    const record = this.#records.get(nameOf(idempotency));
    if (record === undefined || record.forgetAtMs <= nowMs) return undefined;
    if (record.fingerprint !== idempotency.fingerprint) return { kind: "key_reused" };
    if (record.state === "running") return { kind: "in_progress" };
    if (record.answer === undefined) return { kind: "no_answer" };
    return { kind: "replay", answer: record.answer };
  }

  /** Makes the record of a call that begins; its name, to end it by. */
  begin(idempotency: Idempotency, holdId: string, nowMs: number): string {
    const name = nameOf(idempotency);
    const { fingerprint } = idempotency;
    this.#hand.sweep(nowMs);
    this.#records.set(name, {
      holdId,
      fingerprint,
      state: "running",
      answer: undefined,
      forgetAtMs: Number.POSITIVE_INFINITY,
    });
    return name;
  }

  finish(name: string, answer: StoredAnswer | undefined, forgetAtMs: number): void {
    const record = this.#records.get(name);
    if (record === undefined) return;
    record.state = answer === undefined ? "no_answer" : "answered";
    record.answer = answer && frozenCopy(answer);
    record.forgetAtMs = forgetAtMs;
  }

  /** Gives the hold's record, if there still is one, the answer that it ended without. */
  answerLate(
    name: string,
    holdId: string,
    answer: StoredAnswer,
    rememberMs: number,
    nowMs: number,
  ): void {
    const record = this.#records.get(name);
    if (record?.holdId !== holdId || record.state !== "no_answer") return;
    if (record.forgetAtMs > nowMs) this.finish(name, answer, nowMs + rememberMs);
  }

  forget(name: string): void {
    this.#records.delete(name);
  }

  /** How many records are kept in memory. */
  get size(): number {
    return this.#records.size;
  }
}

/** Lengths in front, so that no choice of names reads like another. */
function nameOf({ accountId, operation, key }: Idempotency): string {
  return `${accountId.length}:${operation.length}:${accountId}${operation}${key}`;
}
