// One reported token: whether it is a key of ours, what becomes of it, and what is written down. Again, it does nothing new.

import { environmentOf, type KeyFormat, redactKeys } from "sluice";
import type { OneAtATime } from "sluice/base";
import { findKey, type Key, type KeyDigests, untilPut } from "sluice/gate";
import { adminAccountId } from "../admin/desk/reserved.ts";
import {
  decideLeak,
  type LeakDecision,
  type LeakedSecret,
  type LeakNote,
  leakedSecretOf,
} from "./decide-leak.ts";
import type { LeakReport } from "./reports.ts";
import type { LeaksSettings } from "./settings.ts";
import { type LeakTeller, tellAccount } from "./tell-account.ts";

export interface LeakDesk extends LeakTeller {
  /** Of customers' keys, and of operators' tokens. */
  readonly keyFormats: readonly KeyFormat[];
  readonly digests: KeyDigests;
  /** Of customers' keys: a token that is public is revoked, whatever it says. */
  readonly policy: Pick<LeaksSettings, "onLeak" | "quarantineMs">;
  readonly inTurn: OneAtATime;
  /** Ends the token that a gateway keeps in its process only; whether this is it, or was. */
  readonly endLocalToken: (token: string) => "ended" | "had ended" | undefined;
  /** What the operator should hear of, once for each place where a key was found. */
  readonly tell: (what: string) => void;
}

/** Who did it, in the log of changes. */
export const leakBy = "github secret scanning";

/** Of places where one key was found so many are written down: a key on a thousand pages is public on the first. */
const placesMax = 20;

/** Whether the token is a key of ours, in use or not. Throws where the stores are down: then the same may come again. */
export async function respondToLeak(desk: LeakDesk, report: LeakReport): Promise<boolean> {
  const { keyFormats, directory, digests, inTurn } = desk;
  // What has no key's shape costs no look-up.
  const isShaped = keyFormats.some((format) => environmentOf(format, report.token) !== undefined);
  const local = isShaped ? desk.endLocalToken(report.token) : undefined;
  if (local === "ended") desk.tell(localTokenIsPublic);
  if (local !== undefined) return true;
  const found = isShaped ? await findKey(directory, digests, report.token) : undefined;
  if (found === undefined) return false;
  const { id } = found.subscriber.key;
  const change = async () => {
    // As it is now: another report may have come first, or somebody else may have changed it.
    const key = (await directory.key(id)) ?? found.subscriber.key;
    const secret = leakedSecretOf(key, found.digest);
    const decision = decideLeak(key, secret, policyFor(desk, key), desk.clock.wallMs());
    const { after } = decision;
    // First the secret is made harmless.
    const done = { by: leakBy, atMs: desk.clock.wallMs() };
    if (after !== undefined && !(await directory.putKey(after, done, key))) return undefined;
    await writeDown(desk, key, { report, secret, decision });
    return true;
  };
  return inTurn(id, () => untilPut(change));
}

const localTokenIsPublic =
  "The token of this process, in the file for tools of this machine, is public: it has ended. Restart the gateway for another one";

/** Whoever has a token has every key. */
function policyFor({ policy }: LeakDesk, { accountId }: Key): LeakDesk["policy"] {
  return accountId === adminAccountId ? { ...policy, onLeak: "revoke" } : policy;
}

interface Happened {
  readonly report: LeakReport;
  readonly secret: LeakedSecret;
  readonly decision: LeakDecision;
}

async function writeDown(desk: LeakDesk, key: Key, happened: Happened): Promise<void> {
  const { directory, clock, tell } = desk;
  const { id, accountId } = key;
  const isToken = accountId === adminAccountId;
  const { report, secret, decision } = happened;
  const leak: LeakNote = {
    url: withoutKeys(desk, report.url),
    source: report.source,
    secret,
    what: decision.what,
  };
  const before = await directory.changes({ kind: "key", id, by: leakBy, limit: 2 * placesMax });
  const notes = before.flatMap(({ after }) => noteIn(after) ?? []);
  if (notes.length >= placesMax || notes.some((note) => isSamePlace(note, leak))) return;
  // Before the note, after which this is never done again; what was raised already is not raised twice.
  if (!isToken) await tellAccount(desk, decision.after ?? key, leak);
  const entry = { accountId, kind: "key", id, before: null, after: { leak } } as const;
  await directory.note({ ...entry, by: leakBy, atMs: clock.wallMs() });
  const what = isToken
    ? `The token ${id} of operators`
    : `The key ${id} of the account ${accountId}`;
  tell(`${what} is public: ${decision.what}`);
}

function noteIn(after: unknown): LeakNote | undefined {
  return (after as { readonly leak?: LeakNote } | null | undefined)?.leak;
}

function isSamePlace(a: LeakNote, b: LeakNote): boolean {
  return a.url === b.url && a.source === b.source && a.secret === b.secret;
}

/** A file may be named after a key. */
function withoutKeys({ keyFormats }: LeakDesk, text: string): string {
  return keyFormats.reduce((safe, format) => redactKeys(format, safe), text);
}
