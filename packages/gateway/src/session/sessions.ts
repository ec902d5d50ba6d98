// Sessions of people who signed in with a key: a browser holds a sealed text, and a gate is shown a secret of its own for each,
// which never leaves this process. So no key is kept anywhere, a key that ends, ends its sessions, and the gate stays one that
// knows nothing but keys.

import { type KeyFormat, mintKey } from "sluice";
import { type Clock, HOUR_MS, type Random } from "sluice/base";
import type { Directory, Key, KeyDigests, Peppers, Subscriber } from "sluice/gate";
import { type EndedSessions, endedSessions } from "./ended.ts";
import { Recent } from "./recent.ts";
import { createSeal, isOf, markOf, type Session } from "./seal.ts";
import { withFindKey } from "./with-find-key.ts";

export interface SessionsParts {
  /** What these sessions are for; those of another purpose are not believed. */
  readonly purpose: string;
  readonly pepper: Peppers;
  readonly digests: KeyDigests;
  /** Of the keys that the gate takes. */
  readonly format: KeyFormat;
  /** @default 12 hours */
  readonly lifetimeMs?: number;
  /** Kept by whoever makes these anew. @default new ones */
  readonly over?: EndedSessions;
  readonly clock: Clock;
  readonly random: Random;
}

export interface Opened {
  /** What the browser keeps. */
  readonly text: string;
  readonly expiresAtMs: number;
}

export interface Sessions {
  readonly lifetimeMs: number;
  /** @param secret that the key was shown with; the session ends when that one no longer opens the key. @default none */
  open(key: Pick<Key, "id" | "createdAtMs">, secret?: string): Promise<Opened>;
  /** The secret to show the gate in place of the text; undefined where there is no such session, or no more. */
  secretOf(text: string): Promise<string | undefined>;
  /** Is not believed here any more. A gateway beside this one may, until the session runs out: the browser has forgotten it. */
  end(text: string): void;
  /**
   * The directory as the gate sees it: secrets of sessions open what `find` gives, and all others what they open there.
   * @param find the key of a session, as it is now, with what hangs on it
   */
  over(directory: Directory, find: FindById): Directory;
}

export type FindById = (keyId: string) => Promise<Subscriber | undefined>;

/** What the gate is shown for a session. */
interface Shown {
  readonly secret: string;
  readonly digest: string;
}

const LIFETIME_MS = 12 * HOUR_MS;
/** Sessions that this process keeps a secret for. */
const KNOWN_MAX = 10_000;

export function createSessions(parts: SessionsParts): Sessions {
  const { purpose, pepper, digests, format, clock, random, lifetimeMs = LIFETIME_MS } = parts;
  const { over = endedSessions() } = parts;
  const seal = createSeal(pepper, purpose);
  /** By the digest of the secret. */
  const byDigest = new Map<string, Session>();
  /** By the id of the session. */
  const shown = new Recent<Promise<Shown>>(KNOWN_MAX, (gone) => {
    void gone.then(({ digest }) => byDigest.delete(digest));
  });
  const isGoingOn = ({ id, expiresAtMs }: Session) =>
    clock.wallMs() < expiresAtMs && over.get(id) === undefined;

  async function shownFor(session: Session): Promise<Shown> {
    const secret = mintKey(format, "live", random);
    const digest = await digests.digest(secret);
    byDigest.set(digest, session);
    return { secret, digest };
  }

  return {
    lifetimeMs,
    async open({ id: keyId, createdAtMs: keyCreatedAtMs }, secret) {
      const id = Buffer.from(random.bytes(16)).toString("base64url");
      const expiresAtMs = clock.wallMs() + lifetimeMs;
      const marks = await marksOf(digests, secret);
      return { text: seal.seal({ id, keyId, keyCreatedAtMs, expiresAtMs, marks }), expiresAtMs };
    },
    async secretOf(text) {
      const session = seal.open(text);
      if (session === undefined || !isGoingOn(session)) return undefined;
      let found = shown.get(session.id);
      if (found === undefined) {
        found = shownFor(session);
        shown.set(session.id, found);
      }
      return (await found).secret;
    },
    end(text) {
      const session = seal.open(text);
      if (session !== undefined) over.set(session.id, true);
    },
    over: (directory, find) =>
      withFindKey(directory, async (digest) => {
        const session = byDigest.get(digest);
        if (session === undefined) return directory.findKey(digest);
        if (!isGoingOn(session)) return undefined;
        const found = await find(session.keyId);
        if (found === undefined || !isOf(session, found.key, clock.wallMs())) return undefined;
        return { ...found, key: { ...found.key, digests: [digest] } };
      }),
  };
}

/** Nobody here knows under which pepper the key is stored. */
async function marksOf(digests: KeyDigests, secret: string | undefined): Promise<string[]> {
  if (secret === undefined) return [];
  return Promise.all(digests.candidates(secret).map(async (digest) => markOf(await digest())));
}
