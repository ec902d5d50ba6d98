// A session as text: what it is, and a MAC over that. Nothing is kept, so every gateway over the same pepper believes it, and
// goes on to do so after a start.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Key, Peppers } from "sluice/gate";
import { versionsOf } from "../warnings/signing.ts";

export interface Session {
  /** Of this session alone. */
  readonly id: string;
  /** The key that it was opened with, by its public id. */
  readonly keyId: string;
  /** Of that key: an id that was given to another key since opens nothing. */
  readonly keyCreatedAtMs: number;
  readonly expiresAtMs: number;
  /** Marks of the secret that opened it, one for each pepper; empty where none did. */
  readonly marks: readonly string[];
}

export interface Seal {
  seal(session: Session): string;
  /** Undefined for what was not sealed here; how old it is, is not asked. */
  open(text: string): Session | undefined;
}

/** Longer ones are not read. */
const TEXT_MAX = 1_024;

/** @param purpose keeps apart what must not be taken for each other. */
export function createSeal(pepper: Peppers, purpose: string): Seal {
  // The newest first: it seals, and all open.
  const keys = versionsOf(pepper).map(({ secret }) =>
    createHmac("sha256", secret).update(`sluice/sessions/${purpose}`).digest(),
  );
  const [newest] = keys;
  if (newest === undefined) throw new Error("there is no pepper");
  return {
    seal({ id, keyId, keyCreatedAtMs, expiresAtMs, marks }) {
      const said = Buffer.from(JSON.stringify([id, keyId, keyCreatedAtMs, expiresAtMs, ...marks]));
      const text = said.toString("base64url");
      return `${text}.${macOf(newest, text).toString("base64url")}`;
    },
    open(text) {
      if (text.length > TEXT_MAX) return undefined;
      const [said = "", mac = ""] = text.split(".", 2);
      const given = Buffer.from(mac, "base64url");
      return keys.some((key) => isEqual(macOf(key, said), given)) ? sessionIn(said) : undefined;
    },
  };
}

/** Whether a session belongs to a key as it is now, and was opened by a secret that opens the key still. */
export function isOf({ keyId, keyCreatedAtMs, marks }: Session, key: Key, nowMs: number): boolean {
  if (key.id !== keyId || key.createdAtMs !== keyCreatedAtMs) return false;
  if (marks.length === 0) return true;
  const used = key.digests.findIndex((digest) => marks.includes(markOf(digest)));
  const isNewest = used === key.digests.length - 1;
  return used >= 0 && (isNewest || nowMs < (key.overlapUntilMs ?? 0));
}

/** A digest, told by so little of it that nobody learns it. */
export function markOf(digest: string): string {
  return createHash("sha256").update(digest).digest("base64url").slice(0, 16);
}

function macOf(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Of a text whose MAC is right: we wrote it. */
function sessionIn(said: string): Session {
  const parts = JSON.parse(Buffer.from(said, "base64url").toString()) as [
    id: string,
    keyId: string,
    keyCreatedAtMs: number,
    expiresAtMs: number,
    ...marks: string[],
  ];
  const [id, keyId, keyCreatedAtMs, expiresAtMs, ...marks] = parts;
  return { id, keyId, keyCreatedAtMs, expiresAtMs, marks };
}
