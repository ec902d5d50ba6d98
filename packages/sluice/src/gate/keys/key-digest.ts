/**
 * How keys are stored: HMAC-SHA-256 under a pepper that the database does not hold. A digest names the version
 * of its pepper, so that a new pepper can be brought in while digests of the old one still open their keys.
 */
import { assert, type Digests, systemDigests, toHex } from "../../base/index.ts";

export interface Pepper {
  /** 1 or more; higher is newer. */
  readonly version: number;
  /** 32 bytes or more, from a good source of chance. */
  readonly secret: Uint8Array;
}

/** One secret, which is version 1, or several versions. */
export type Peppers = Uint8Array | readonly Pepper[];

export interface KeyDigests {
  /** The digest to store: under the newest pepper. */
  digest(key: string): Promise<string>;
  /** Every digest that the key can be stored under, newest first. */
  candidates(key: string): readonly (() => Promise<string>)[];
}

const PEPPER_BYTES_MIN = 32;
const PEPPERS_MAX = 4;

export function createKeyDigests(peppers: Peppers, digests: Digests = systemDigests): KeyDigests {
  const list = Array.isArray(peppers) ? [...peppers] : [{ version: 1, secret: peppers }];
  checkPeppers(list);
  const makers = list
    .sort((a, b) => b.version - a.version)
    .map((pepper) => digestUnder(pepper, digests));
  const newest = makers[0];
  assert(newest !== undefined, "there is a pepper");
  return {
    digest: newest,
    candidates: (key) => makers.map((make) => () => make(key)),
  };
}

function checkPeppers(peppers: readonly Pepper[]): void {
  const versions = new Set(peppers.map(({ version }) => version));
  assert(
    peppers.length >= 1 && peppers.length <= PEPPERS_MAX && versions.size === peppers.length,
    `createGate: pepper needs 1 to ${PEPPERS_MAX} versions, each once`,
  );
  for (const { version, secret } of peppers) {
    assert(
      Number.isSafeInteger(version) && version >= 1,
      () => `createGate: the pepper's version ${version} is no whole number from 1`,
    );
    assert(
      secret instanceof Uint8Array && secret.length >= PEPPER_BYTES_MIN,
      `createGate: pepper needs ${PEPPER_BYTES_MIN} bytes or more`,
    );
  }
}

function digestUnder(
  { version, secret }: Pepper,
  digests: Digests,
): (key: string) => Promise<string> {
  const hmac = digests.hmacSha256(Uint8Array.from(secret));
  const encoder = new TextEncoder();
  return async (key) => `v${version}:${toHex(await hmac(encoder.encode(key)))}`;
}
