// An account hears that a key of its own is public, at the address where it hears of everything else: once for each place.

import type { Clock } from "sluice/base";
import type { Directory, Key, LeakSubject, Notices } from "sluice/gate";
import { leakId } from "../warnings/leak-message.ts";
import type { LeakNote } from "./decide-leak.ts";

export interface LeakTeller {
  readonly directory: Directory;
  readonly notices: Pick<Notices, "raise">;
  /** To be woken once an account is told something; undefined where nobody delivers. */
  readonly courier: { wake(): void } | undefined;
  readonly clock: Clock;
}

/** @param key as it is from now on. */
export async function tellAccount(
  desk: LeakTeller,
  key: Key,
  { url, source, secret, what }: LeakNote,
): Promise<void> {
  const { directory, notices, courier, clock } = desk;
  const { id: keyId, accountId, prefix: keyPrefix, lastFour: keyLastFour } = key;
  const atMs = clock.wallMs();
  const subject: LeakSubject = {
    kind: "leak",
    ...{ keyId, keyPrefix, keyLastFour, secret, source, done: what },
    foundAt: url === "" ? undefined : url,
    endsAtMs: endOf(key, secret, atMs),
  };
  const account = await directory.account(accountId);
  // Where nobody delivers, it is listed.
  const to = courier === undefined ? undefined : account?.warnings?.url;
  const id = leakId(accountId, subject);
  const isNew = await notices.raise({ id, accountId, subject, atMs, resetAtMs: atMs, url: to });
  if (isNew) courier?.wake();
}

/** When a secret opens nothing any more: as its key says, and of an older one at the end of the overlap, if that comes first. */
function endOf(
  { revokedAtMs, expiresAtMs, overlapUntilMs }: Key,
  secret: LeakSubject["secret"],
  nowMs: number,
): number | undefined {
  const own = secret === "newest" ? [] : [overlapUntilMs ?? nowMs];
  const ends = [revokedAtMs, expiresAtMs, ...own].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}
