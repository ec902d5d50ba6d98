/**
 * From a key to its identity. The shape is checked offline; a known key is a look-up in a bounded map; an
 * unknown one costs the directory one look-up and then none for a while. Whole keys live only in these maps.
 */
import { type Awaitable, type Clock, isPromise } from "../base/index.ts";
import { type AnyApi, environmentOf, isRefusal, type Refusal, refuse } from "../contract/index.ts";
import { type AddressGuard, createAddressGuard } from "./address-guard.ts";
import { type Identity, identityOf } from "./caller.ts";
import { createKeyDigest, type KeyDigest } from "./key-digest.ts";
import type { Directory } from "./stores.ts";

/** How long a verified key is believed without asking again. */
const KNOWN_MS = 60_000;
/** How long an unknown key is refused without asking again. */
const UNKNOWN_MS = 5_000;
const UNKNOWN_MAX = 10_000;

export interface KeyVerifier {
  verify(key: string, address: string, nowMs: number): Awaitable<Identity | Refusal>;
  readonly digest: KeyDigest;
  close(): void;
}

interface Options {
  readonly api: AnyApi;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly pepper: Uint8Array;
  readonly cacheMax: number;
  readonly unknownPerMinute: number;
}

interface Known {
  readonly identity: Identity;
  readonly untilMs: number;
}

export function createKeyVerifier(options: Options): KeyVerifier {
  const cache = new VerifiedKeys(options);
  const stop = options.directory.watch((accountId) => cache.forget(accountId));
  return {
    verify: (key, address, nowMs) => cache.verify(key, address, nowMs),
    digest: cache.digest,
    close: stop,
  };
}

class VerifiedKeys {
  readonly #options: Options;
  readonly #guard: AddressGuard;
  readonly #known = new Map<string, Known>();
  readonly #unknown = new Map<string, number>();
  readonly #inFlight = new Map<string, Promise<Identity | Refusal>>();
  readonly digest: KeyDigest;
  #changes = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#guard = createAddressGuard(options.unknownPerMinute);
    this.digest = createKeyDigest(options.pepper);
  }

  verify(key: string, address: string, nowMs: number): Awaitable<Identity | Refusal> {
    const known = this.#known.get(key);
    if (known !== undefined && nowMs < known.untilMs) return this.#standing(known.identity);
    if (environmentOf(this.#options.api.wire.key, key) === undefined)
      return refuse("malformed_key");
    const unknownUntilMs = this.#unknown.get(key);
    if (unknownUntilMs !== undefined && nowMs < unknownUntilMs) return refuse("unknown_key");
    return this.#lookUpOnce(key, address, nowMs);
  }

  /** Whether a key that exists may be used now. */
  #standing(identity: Identity): Identity | Refusal {
    const { revokedAtMs, expiresAtMs } = identity.subscriber.key;
    if (revokedAtMs !== undefined) return refuse("revoked_key");
    if (expiresAtMs !== undefined && this.#options.clock.wallMs() >= expiresAtMs) {
      return refuse("expired_key");
    }
    return identity;
  }

  /** Everybody who asks for the same key at once waits for one look-up. */
  #lookUpOnce(key: string, address: string, nowMs: number): Awaitable<Identity | Refusal> {
    const running = this.#inFlight.get(key);
    if (running !== undefined) return running;
    const retryAfterMs = this.#guard.take(address, nowMs);
    if (retryAfterMs !== undefined) {
      return refuse("rate_limited", {
        retryAfterMs,
        limit: this.#options.unknownPerMinute,
        by: "address",
      });
    }
    const look = this.#lookUp(key, address, nowMs).finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, look);
    return look;
  }

  async #lookUp(key: string, address: string, nowMs: number): Promise<Identity | Refusal> {
    const changes = this.#changes;
    let found: ReturnType<Directory["findKey"]>;
    try {
      const digest = await this.digest(key);
      const looked = this.#options.directory.findKey(digest);
      found = isPromise(looked) ? await looked : looked;
    } catch (error) {
      // Our outage is not the caller's fault, so it must not count against the address.
      this.#guard.giveBack(address);
      throw error;
    }
    if (found === undefined) {
      if (changes === this.#changes) keep(this.#unknown, key, nowMs + UNKNOWN_MS, UNKNOWN_MAX);
      return refuse("unknown_key");
    }
    this.#guard.giveBack(address);
    const identity = identityOf(this.#options.api, found);
    // What was read before a change may be stale: use it for this call, but do not keep it.
    if (changes === this.#changes) {
      keep(this.#known, key, { identity, untilMs: nowMs + KNOWN_MS }, this.#options.cacheMax);
    }
    const standing = this.#standing(identity);
    return isRefusal(standing) ? standing : identity;
  }

  /** After a change to an account: its keys are asked for anew, and an unknown key may exist now. */
  forget(accountId: string): void {
    this.#changes++;
    this.#unknown.clear();
    for (const [key, { identity }] of this.#known) {
      if (identity.caller.accountId === accountId) this.#known.delete(key);
    }
  }
}

/** Sets an entry; the one that came first leaves when there are too many. */
function keep<V>(map: Map<string, V>, key: string, value: V, max: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= max) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
