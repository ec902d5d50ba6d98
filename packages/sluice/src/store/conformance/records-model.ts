// What Ledger promises of idempotency keys, said as simply as possible: every record there ever was is
// kept, by the hold of its call, and the newest of a key tells what is known of it.

import type { Idempotency, KnownKey, Recalled, StoredAnswer } from "../../gate/stores.ts";

interface ModelRecord {
  readonly idempotency: Idempotency;
  /** Undefined once a release has forgotten it. */
  known: KnownKey | undefined;
  /** Undefined where only the store knows. */
  forgetAtMs: number | undefined;
}

/** The oracle of keys. */
export class RecordsModel {
  readonly #ofHolds = new Map<string, ModelRecord>();

  /** Undefined where a store may say one thing or another. */
  recall(idempotency: Idempotency, nowMs: number): Recalled | undefined {
    const { accountId, operation, key, fingerprint } = idempotency;
    const newest = [...this.#ofHolds.values()].findLast(
      ({ idempotency: one }) =>
        one.accountId === accountId && one.operation === operation && one.key === key,
    );
    if (newest?.known === undefined) return { kind: "unknown" };
    if (newest.forgetAtMs === undefined) return undefined;
    if (newest.forgetAtMs <= nowMs) return { kind: "unknown" };
    return newest.idempotency.fingerprint === fingerprint ? newest.known : { kind: "key_reused" };
  }

  begin(holdId: string, idempotency: Idempotency): void {
    const known = { kind: "in_progress" } as const;
    const forgetAtMs = Number.POSITIVE_INFINITY;
    this.#ofHolds.set(holdId, { idempotency, known, forgetAtMs });
  }

  /** Settled, left to a job, or expired: how long that is remembered, the store decides. */
  answer(holdId: string, answer: StoredAnswer | undefined, forgetAtMs: number | undefined): void {
    const record = this.#ofHolds.get(holdId);
    if (record === undefined) return;
    record.known = answer === undefined ? { kind: "no_answer" } : { kind: "replay", answer };
    record.forgetAtMs = forgetAtMs;
  }

  /** An answer of a hold that was settled. */
  answerLate(holdId: string, answer: StoredAnswer, forgetAtMs: number, nowMs: number): void {
    const record = this.#ofHolds.get(holdId);
    if (record?.known?.kind !== "no_answer" || (record.forgetAtMs ?? 0) <= nowMs) return;
    this.answer(holdId, answer, forgetAtMs);
  }

  forget(holdId: string): void {
    const record = this.#ofHolds.get(holdId);
    if (record !== undefined) record.known = undefined;
  }
}
