// What becomes of a key of which one secret is public: a pure function, so that the same report again changes nothing.

import type { Key } from "sluice/gate";
import type { LeaksSettings } from "./settings.ts";

/** Which of a key's secrets leaked: an `older` one is being rotated out, a `forgotten` one was, meanwhile. */
export type LeakedSecret = "newest" | "older" | "forgotten";

export function leakedSecretOf({ digests }: Pick<Key, "digests">, digest: string): LeakedSecret {
  if (digest === digests.at(-1)) return "newest";
  return digests.includes(digest) ? "older" : "forgotten";
}

export interface LeakDecision {
  /** In a few words, for the log of changes. */
  readonly what:
    | "noted"
    | "key revoked"
    | "key expires soon"
    | "older secret ended"
    | "older secret ends soon"
    | "key was revoked before"
    | "key had expired"
    | "key was to expire anyway"
    | "older secret had ended"
    | "older secret was to end anyway";
  /** The key from now on; undefined where it stays as it is. */
  readonly after?: Key;
}

/** What is written down of one place where a secret was found. */
export interface LeakNote {
  readonly url: string;
  readonly source: string;
  readonly secret: LeakedSecret;
  readonly what: LeakDecision["what"];
}

type Policy = Pick<LeaksSettings, "onLeak" | "quarantineMs">;

export function decideLeak(
  key: Key,
  secret: LeakedSecret,
  policy: Policy,
  nowMs: number,
): LeakDecision {
  if (key.revokedAtMs !== undefined) return { what: "key was revoked before" };
  if (secret === "forgotten") return { what: "older secret had ended" };
  const decide = secret === "older" ? decideOlder : decideNewest;
  return decide(key, policy, nowMs);
}

/** A new secret is the owner's, and good: only the one that leaked ends. */
function decideOlder(key: Key, { onLeak, quarantineMs }: Policy, nowMs: number): LeakDecision {
  const { overlapUntilMs = 0 } = key;
  if (overlapUntilMs <= nowMs) return { what: "older secret had ended" };
  if (onLeak === "note") return { what: "noted" };
  if (onLeak === "revoke") {
    return { what: "older secret ended", after: { ...key, overlapUntilMs: nowMs } };
  }
  const untilMs = nowMs + quarantineMs;
  if (overlapUntilMs <= untilMs) return { what: "older secret was to end anyway" };
  return { what: "older secret ends soon", after: { ...key, overlapUntilMs: untilMs } };
}

function decideNewest(key: Key, { onLeak, quarantineMs }: Policy, nowMs: number): LeakDecision {
  // Somebody may make an expired key good again, and a revoked one nobody.
  if (onLeak === "revoke") return { what: "key revoked", after: { ...key, revokedAtMs: nowMs } };
  const { expiresAtMs = Number.POSITIVE_INFINITY } = key;
  if (expiresAtMs <= nowMs) return { what: "key had expired" };
  if (onLeak === "note") return { what: "noted" };
  const untilMs = nowMs + quarantineMs;
  if (expiresAtMs <= untilMs) return { what: "key was to expire anyway" };
  return { what: "key expires soon", after: { ...key, expiresAtMs: untilMs } };
}
