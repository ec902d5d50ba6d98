// One reported token: whether it is a key of ours, what becomes of it, and what is written down. Again, it does nothing new.

import { type AnyApi, environmentOf, redactKeys } from "sluice";
import type { Clock, OneAtATime } from "sluice/base";
import { type Directory, findKey, type Key, type KeyDigests, untilPut } from "sluice/gate";
import { decideLeak, type LeakDecision, type LeakedSecret, leakedSecretOf } from "./decide-leak.ts";
import type { LeakReport } from "./reports.ts";
import type { LeaksSettings } from "./settings.ts";

export interface LeakDesk {
  readonly apis: readonly AnyApi[];
  readonly directory: Directory;
  readonly digests: KeyDigests;
  readonly policy: Pick<LeaksSettings, "onLeak" | "quarantineMs">;
  readonly clock: Clock;
  readonly inTurn: OneAtATime;
  /** What the operator should hear of, once for each place where a key was found. */
  readonly tell: (what: string) => void;
}

/** Who did it, in the log of changes. */
export const leakBy = "github secret scanning";

/** Of places where one key was found so many are written down: a key on a thousand pages is public on the first. */
const placesMax = 20;

/** Whether the token is a key of ours, in use or not. Throws where the stores are down: then the same may come again. */
export async function respondToLeak(desk: LeakDesk, report: LeakReport): Promise<boolean> {
  const { apis, directory, digests, inTurn } = desk;
  // What has no key's shape costs no look-up.
  const isShaped = apis.some(({ wire }) => environmentOf(wire.key, report.token) !== undefined);
  const found = isShaped ? await findKey(directory, digests, report.token) : undefined;
  if (found === undefined) return false;
  const { id } = found.subscriber.key;
  const change = async () => {
    // As it is now: another report may have come first, or somebody else may have changed it.
    const key = (await directory.key(id)) ?? found.subscriber.key;
    const secret = leakedSecretOf(key, found.digest);
    const decision = decideLeak(key, secret, desk.policy, desk.clock.wallMs());
    const { after } = decision;
    // First the secret is made harmless.
    const done = { by: leakBy, atMs: desk.clock.wallMs() };
    if (after !== undefined && !(await directory.putKey(after, done, key))) return undefined;
    await writeDown(desk, key, { report, secret, decision });
    return true;
  };
  return inTurn(id, () => untilPut(change));
}

interface Happened {
  readonly report: LeakReport;
  readonly secret: LeakedSecret;
  readonly decision: LeakDecision;
}

async function writeDown(desk: LeakDesk, key: Key, happened: Happened): Promise<void> {
  const { directory, clock, tell } = desk;
  const { id, accountId } = key;
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
  const entry = { accountId, kind: "key", id, before: null, after: { leak } } as const;
  await directory.note({ ...entry, by: leakBy, atMs: clock.wallMs() });
  tell(`The key ${id} of the account ${accountId} is public: ${decision.what}`);
}

export interface LeakNote {
  readonly url: string;
  readonly source: string;
  readonly secret: LeakedSecret;
  readonly what: LeakDecision["what"];
}

function noteIn(after: unknown): LeakNote | undefined {
  return (after as { readonly leak?: LeakNote } | null | undefined)?.leak;
}

function isSamePlace(a: LeakNote, b: LeakNote): boolean {
  return a.url === b.url && a.source === b.source && a.secret === b.secret;
}

/** A file may be named after a key. */
function withoutKeys({ apis }: LeakDesk, text: string): string {
  return apis.reduce((safe, { wire }) => redactKeys(wire.key, safe), text);
}
