// That a key of an account is public, as the account's receiver reads it: which one, where it was found, and what was done. What
// it never holds is the key.

import { createHash } from "node:crypto";
import type { LeakSubject, LeakWarning } from "sluice/gate";

const idCharacters = 32;

/** The same for the same secret at the same place, so that a report which comes again tells nobody twice. */
export function leakId(
  accountId: string,
  { keyId, secret, foundAt, source }: Pick<LeakSubject, "keyId" | "secret" | "foundAt" | "source">,
): string {
  const text = JSON.stringify(["leak", accountId, keyId, secret, foundAt ?? null, source]);
  return `lek_${createHash("sha256").update(text).digest("hex").slice(0, idCharacters)}`;
}

export interface LeakPayload {
  readonly type: "key.leaked";
  /** When it was noticed, not when it is delivered. */
  readonly timestamp: string;
  readonly data: {
    readonly id: string;
    readonly accountId: string;
    readonly keyId: string;
    /** How the key is shown in a console: its first ten characters and its last four. */
    readonly keyPrefix: string;
    readonly keyLastFour: string;
    readonly secret: LeakSubject["secret"];
    /** Null where nobody said. */
    readonly foundAt: string | null;
    readonly source: string;
    /** `key_revoked`, `key_expires_soon`, `noted` and so on. */
    readonly outcome: string;
    /** When the secret opens nothing any more, or since when; null where it goes on until somebody ends it. */
    readonly endsAt: string | null;
  };
}

export function leakPayload({ id, accountId, atMs, subject }: LeakWarning): LeakPayload {
  const { keyId, keyPrefix, keyLastFour, secret, foundAt, source, done, endsAtMs } = subject;
  return {
    type: "key.leaked",
    timestamp: instant(atMs),
    data: {
      ...{ id, accountId, keyId, keyPrefix, keyLastFour, secret, source },
      foundAt: foundAt ?? null,
      outcome: done.replaceAll(" ", "_"),
      endsAt: endsAtMs === undefined ? null : instant(endsAtMs),
    },
  };
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
