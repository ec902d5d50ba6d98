/** The key desk: makes and revokes keys. A secret leaves it once, to whoever asked for the key. */
import { assert, type Clock, type Random } from "../base/index.ts";
import {
  type AnyApi,
  type Environment,
  environmentOf,
  mintKey,
  previewOf,
} from "../contract/index.ts";
import type { KeyDigest } from "./key-digest.ts";
import type { Directory, Key } from "./stores.ts";

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
  /** Ends a key at once and for ever. Throws when there is no such key. */
  revoke(keyId: string, by: string): Promise<Key>;
}

const ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 20;

export function createKeyDesk(
  api: AnyApi,
  directory: Directory,
  digest: KeyDigest,
  clock: Clock,
  random: Random,
): KeyDesk {
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
        digests: [await digest(secret)],
        ...previewOf(secret),
        createdAtMs: clock.wallMs(),
      };
      await directory.putKey(key, { by, atMs: clock.wallMs() });
      return { key, secret };
    },
    async revoke(keyId, by) {
      const key = await directory.key(keyId);
      assert(key !== undefined, () => `there is no key ${keyId}`);
      const atMs = clock.wallMs();
      const revoked: Key = { ...key, revokedAtMs: key.revokedAtMs ?? atMs };
      await directory.putKey(revoked, { by, atMs });
      return revoked;
    },
  };
}

function newKeyId(random: Random): string {
  let id = "key_";
  for (let i = 0; i < ID_LENGTH; i++) id += ID_ALPHABET[random.integer(ID_ALPHABET.length)];
  return id;
}
