/** The key desk: makes, rotates and revokes keys. A secret leaves it once, to whoever asked for the key. */
import { assert, type Clock, DAY_MS, oneAtATime, type Random } from "../../base/index.ts";
import {
  type AnyApi,
  type Environment,
  environmentOf,
  mintKey,
  previewOf,
} from "../../contract/index.ts";
import type { Directory, Key } from "../stores.ts";
import { untilPut } from "../until-put.ts";
import { findKey } from "./find-key.ts";
import type { KeyDigests } from "./key-digest.ts";

export interface NewKey {
  readonly accountId: string;
  readonly name: string;
  /** @default "live" */
  readonly environment?: Environment;
  readonly workspaceId?: string;
  readonly projectId?: string;
  /** @default every permission */
  readonly permissions?: readonly string[];
  readonly expiresAtMs?: number;
  readonly budget?: number;
  /** A key that its owner has already, from another system. @default a new one */
  readonly secret?: string;
  /** Who makes it, for the change log. */
  readonly by: string;
}

export interface KeyDesk {
  /** Makes a key. `secret` is not kept: show it now or never. */
  create(spec: NewKey): Promise<{ readonly key: Key; readonly secret: string }>;
  /** The key that a secret opens, or opened; undefined when there is none. */
  find(secret: string): Promise<Key | undefined>;
  /**
   * Gives a key a new secret. The old one opens it for `overlapMs` more, and then no longer; a secret that was
   * already on its way out ends at once. Throws when there is no such key, or it was revoked.
   */
  rotate(
    keyId: string,
    options: { readonly overlapMs: number; readonly by: string },
  ): Promise<{ readonly key: Key; readonly secret: string }>;
  /** Ends a key at once and for ever. Throws when there is no such key. */
  revoke(keyId: string, by: string): Promise<Key>;
}

const ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 20;
const OVERLAP_MS_MAX = 90 * DAY_MS;

export function createKeyDesk(
  api: AnyApi,
  directory: Directory,
  digests: KeyDigests,
  clock: Clock,
  random: Random,
): KeyDesk {
  const inTurn = oneAtATime();
  const change = <T>(keyId: string, make: () => Promise<T | undefined>) =>
    inTurn(keyId, () => untilPut(make));
  return {
    async create({ secret: given, by, ...spec }) {
      const format = api.wire.key;
      const environment = spec.environment ?? "live";
      const secret = given ?? mintKey(format, environment, random);
      assert(environmentOf(format, secret) === environment, "the secret is no key of this API");
      const key: Key = {
        ...spec,
        id: newKeyId(random),
        environment,
        digests: [await digests.digest(secret)],
        ...previewOf(secret),
        createdAtMs: clock.wallMs(),
      };
      await directory.putKey(key, { by, atMs: clock.wallMs() });
      return { key, secret };
    },
    async find(secret) {
      return (await findKey(directory, digests, secret))?.subscriber.key;
    },
    rotate: (keyId, { overlapMs, by }) =>
      change(keyId, async () => {
        const key = await existing(directory, keyId);
        assert(key.revokedAtMs === undefined, () => `key ${keyId} was revoked`);
        assert(
          Number.isSafeInteger(overlapMs) && overlapMs >= 0 && overlapMs <= OVERLAP_MS_MAX,
          () => `overlapMs is ${overlapMs}; give a whole number from 0 to ${OVERLAP_MS_MAX}`,
        );
        const secret = mintKey(api.wire.key, key.environment, random);
        const atMs = clock.wallMs();
        const rotated: Key = {
          ...key,
          digests: [...key.digests.slice(-1), await digests.digest(secret)],
          overlapUntilMs: atMs + overlapMs,
          ...previewOf(secret),
        };
        const isPut = await directory.putKey(rotated, { by, atMs }, key);
        return isPut ? { key: rotated, secret } : undefined;
      }),
    revoke: (keyId, by) =>
      change(keyId, async () => {
        const key = await existing(directory, keyId);
        const atMs = clock.wallMs();
        const revoked: Key = { ...key, revokedAtMs: key.revokedAtMs ?? atMs };
        const isPut = await directory.putKey(revoked, { by, atMs }, key);
        return isPut ? revoked : undefined;
      }),
  };
}

async function existing(directory: Directory, keyId: string): Promise<Key> {
  const key = await directory.key(keyId);
  assert(key !== undefined, () => `there is no key ${keyId}`);
  return key;
}

function newKeyId(random: Random): string {
  let id = "key_";
  for (let i = 0; i < ID_LENGTH; i++) id += ID_ALPHABET[random.integer(ID_ALPHABET.length)];
  return id;
}
