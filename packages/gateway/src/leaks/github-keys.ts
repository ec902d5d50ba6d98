// The public keys that GitHub signs its reports with: from the one address where it publishes them, kept for a while, or pinned.

import { createPublicKey, type KeyObject } from "node:crypto";
import { type Clock, DAY_MS, HOUR_MS } from "sluice/base";
import { Agent, request } from "undici";

/** Fixed: nothing that a caller sends has a part in where we connect to. */
export const githubKeysUrl = "https://api.github.com/meta/public_keys/secret_scanning";

export interface PublicKey {
  readonly id: string;
  readonly pem: string;
}

/** What is known of a key's id: the key, that there is none, or that nobody can be asked. */
export type KeyFound = KeyObject | "unknown" | "unavailable";

export interface GithubKeys {
  find(id: string): Promise<KeyFound>;
}

/** Asked again after this; GitHub answers 60 times an hour to whoever does not log in. */
const freshMs = HOUR_MS;
/** Believed for so long while GitHub does not answer; who cannot tell us its keys sends no reports either. */
const staleMs = DAY_MS;
/** An id that is not known is looked for again, for it may be new: so often, however many ask. */
const againMs = 300_000;
const afterFailureMs = 30_000;
const timeoutMs = 5_000;
const bytesMax = 65_536;
const keysMax = 20;
const headerBytesMax = 16_384;

export function pinnedGithubKeys(keys: readonly PublicKey[]): GithubKeys {
  const byId = mapOf(keys);
  return { find: async (id) => byId.get(id) ?? "unknown" };
}

export interface FetchedKeysOptions {
  readonly clock: Clock;
  /** Once when they cannot be fetched any more, and once, without an error, when they can. */
  readonly onTrouble: (error: Error | undefined) => void;
  /** For tests, which have a server of their own; no configuration leads here. */
  readonly url?: string;
}

export function fetchedGithubKeys(options: FetchedKeysOptions): GithubKeys {
  return new FetchedKeys(options);
}

class FetchedKeys implements GithubKeys {
  readonly #clock: Clock;
  readonly #onTrouble: FetchedKeysOptions["onTrouble"];
  readonly #url: string;
  #keys: ReadonlyMap<string, KeyObject> = new Map();
  #fetchedMs = Number.NEGATIVE_INFINITY;
  #askedMs = Number.NEGATIVE_INFINITY;
  #isInTrouble = false;
  #asking: Promise<void> | undefined;

  constructor({ clock, onTrouble, url = githubKeysUrl }: FetchedKeysOptions) {
    this.#clock = clock;
    this.#onTrouble = onTrouble;
    this.#url = url;
  }

  async find(id: string): Promise<KeyFound> {
    if (this.#isDue(id)) await this.#askOnce();
    else if (!this.#keys.has(id)) await this.#asking;
    const isUsable = this.#clock.monotonicMs() - this.#fetchedMs < staleMs;
    if (!isUsable) return "unavailable";
    return this.#keys.get(id) ?? (this.#isInTrouble ? "unavailable" : "unknown");
  }

  #isDue(id: string): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (this.#isInTrouble) return nowMs - this.#askedMs >= afterFailureMs;
    return nowMs - this.#fetchedMs >= (this.#keys.has(id) ? freshMs : againMs);
  }

  /** Whoever asks meanwhile waits for the same answer. */
  #askOnce(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    this.#askedMs = this.#clock.monotonicMs();
    try {
      const keys = publicKeysIn(await fetchText(this.#url, this.#clock));
      if (typeof keys === "string") throw new Error(`GitHub's list of keys ${keys}`);
      this.#keys = mapOf(keys);
      this.#fetchedMs = this.#clock.monotonicMs();
      this.#tell(undefined);
    } catch (error) {
      this.#tell(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #tell(error: Error | undefined): void {
    const isInTrouble = error !== undefined;
    if (isInTrouble === this.#isInTrouble) return;
    this.#isInTrouble = isInTrouble;
    this.#onTrouble(error);
  }
}

function mapOf(keys: readonly PublicKey[]): ReadonlyMap<string, KeyObject> {
  return new Map(keys.map(({ id, pem }) => [id, createPublicKey(pem)]));
}

/** Redirects are not followed: undici's `request` follows none. */
async function fetchText(url: string, clock: Clock): Promise<string> {
  const dispatcher = new Agent({ connect: { timeout: timeoutMs }, maxHeaderSize: headerBytesMax });
  const patience = new AbortController();
  const stop = clock.after(timeoutMs, () => patience.abort());
  try {
    const { statusCode, body } = await request(url, {
      dispatcher,
      headers: { accept: "application/json", "user-agent": "sluice" },
      signal: patience.signal,
    });
    if (statusCode !== 200) throw new Error(`GitHub's list of keys has the status ${statusCode}`);
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of body) {
      bytes += (piece as Uint8Array).length;
      if (bytes > bytesMax)
        throw new Error(`GitHub's list of keys has more than ${bytesMax} bytes`);
      pieces.push(piece as Uint8Array);
    }
    return Buffer.concat(pieces).toString("utf8");
  } finally {
    stop();
    await dispatcher.destroy();
  }
}

/** The keys in the JSON that GitHub publishes, those of P-256 (`ECDSA-NIST-P256V1-SHA256`); in words what is wrong with it. */
export function publicKeysIn(text: string): readonly PublicKey[] | string {
  let list: unknown;
  try {
    list = (JSON.parse(text) as { readonly public_keys?: unknown } | null)?.public_keys;
  } catch {
    return "is no JSON";
  }
  if (!Array.isArray(list)) return "has no public_keys";
  if (list.length > keysMax) return `has more than ${keysMax} keys`;
  const keys = list.flatMap((one) => publicKeyOf(one) ?? []);
  return keys.length > 0 ? keys : "has no key of P-256";
}

function publicKeyOf(one: unknown): PublicKey | undefined {
  const { key_identifier: id, key: pem } = Object(one) as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" || typeof pem !== "string") return undefined;
  try {
    const key = createPublicKey(pem);
    const isP256 = key.asymmetricKeyDetails?.namedCurve === "prime256v1";
    return isP256 ? { id, pem } : undefined;
  } catch {
    return undefined;
  }
}
