/**
 * From a key to its identity. The shape is checked offline; a known key is a look-up in a bounded map; an
 * unknown one costs the directory one look-up and then none for a while. Whole keys live only in these maps.
 */
import type { Awaitable, Clock, Digests } from "../../base/index.ts";
import { type AnyApi, environmentOf, type Refusal, refuse } from "../../contract/index.ts";
import type { EventListener } from "../events.ts";
import type { Directory, Subscriber } from "../stores.ts";
import { type AddressGuard, createAddressGuard } from "./address-guard.ts";
import { type FoundKey, findKey } from "./find-key.ts";
import { type Identity, identityOf } from "./identity.ts";
import { createKeyDigests, type KeyDigests, type Peppers } from "./key-digest.ts";

/** Verified keys that are kept in memory, where nobody says otherwise. */
export const KEYS_KNOWN_MAX = 10_000;
/** Look-ups of unknown keys that one address may cause a minute, where nobody says otherwise. */
export const UNKNOWN_PER_MINUTE = 300;
/** How long a verified key is believed without asking again. */
const KNOWN_MS = 60_000;
/** How long it is believed while nobody can be asked: the directory is down. Told to be changed, it is not. */
const UNASKED_MS = 300_000;
/** How long it is believed before the directory that is down is asked once more. */
const ASK_AGAIN_MS = 1_000;
/** How long an unknown key is refused without asking again. */
const UNKNOWN_MS = 5_000;
const UNKNOWN_MAX = 10_000;

export interface Verified {
  readonly identity: Identity;
  /** Believed from before, because the directory does not answer. */
  readonly isStale: boolean;
  /** Whether the secret that opened it is one that is being rotated out. */
  readonly isOlderSecret: boolean;
  /** Why a key that exists may not be used now. */
  readonly refusal?: Refusal;
}

export interface KeyVerifier {
  verify(key: string, address: string, nowMs: number): Awaitable<Verified | Refusal>;
  readonly digests: KeyDigests;
  close(): void;
}

interface Options {
  readonly api: AnyApi;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly pepper: Peppers;
  readonly digests: Digests;
  readonly cacheMax: number;
  readonly unknownPerMinute: number;
  readonly onEvent: EventListener;
}

interface Known extends Verified {
  isStale: boolean;
  /** From then on it is asked for anew. */
  untilMs: number;
  /** And from then on nothing else will do. */
  readonly unaskedUntilMs: number;
}

/** How often a look-up starts again because something changed under it. */
const LOOK_UPS_MAX = 3;

export function createKeyVerifier(options: Options): KeyVerifier {
  const cache = new VerifiedKeys(options);
  const stop = options.directory.watch(
    (accountId) => cache.forget(accountId),
    () => cache.doubtAll(),
  );
  return {
    verify: (key, address, nowMs) => cache.verify(key, address, nowMs),
    digests: cache.digests,
    close: stop,
  };
}

class VerifiedKeys {
  readonly #options: Options;
  readonly #guard: AddressGuard;
  readonly #known = new Map<string, Known>();
  readonly #unknown = new Map<string, number>();
  readonly #inFlight = new Map<string, Promise<Verified | Refusal>>();
  readonly digests: KeyDigests;
  #changes = 0;
  /** Whether the last that was heard of the directory is an error. */
  #isDown = false;

  constructor(options: Options) {
    this.#options = options;
    this.#guard = createAddressGuard(options.unknownPerMinute);
    this.digests = createKeyDigests(options.pepper, options.digests);
  }

  verify(key: string, address: string, nowMs: number): Awaitable<Verified | Refusal> {
    const known = this.#known.get(key);
    if (known !== undefined && nowMs < known.untilMs) return this.#standing(known);
    // One that was known is no longer looked at for its shape.
    if (known === undefined && environmentOf(this.#options.api.wire.key, key) === undefined)
      return refuse("malformed_key");
    const unknownUntilMs = this.#unknown.get(key);
    if (unknownUntilMs !== undefined && nowMs < unknownUntilMs) return refuse("unknown_key");
    return this.#lookUpOnce(key, address, nowMs);
  }

  /** Whether a key that exists may be used now. */
  #standing(known: Known): Verified {
    const { identity, isOlderSecret } = known;
    const { revokedAtMs, expiresAtMs, overlapUntilMs } = identity.subscriber.key;
    if (revokedAtMs !== undefined) return { ...known, refusal: refuse("revoked_key") };
    if (expiresAtMs === undefined && !isOlderSecret) return known;
    const wallMs = this.#options.clock.wallMs();
    if (expiresAtMs !== undefined && wallMs >= expiresAtMs) {
      return { ...known, refusal: refuse("expired_key") };
    }
    if (isOlderSecret && wallMs >= (overlapUntilMs ?? 0)) {
      return { ...known, refusal: refuse("revoked_key") };
    }
    return known;
  }

  /** Everybody who asks for the same key at once waits for one look-up. */
  #lookUpOnce(key: string, address: string, nowMs: number): Awaitable<Verified | Refusal> {
    const running = this.#inFlight.get(key);
    if (running !== undefined) return running;
    // A key that was good a minute ago is no guess: its look-up is not the guard's business.
    const guard = this.#known.has(key) ? undefined : this.#guard;
    const retryAfterMs = guard?.take(address, nowMs);
    if (retryAfterMs !== undefined) {
      return refuse("rate_limited", {
        retryAfterMs,
        limit: this.#options.unknownPerMinute,
        by: "address",
      });
    }
    const giveBack = () => guard?.giveBack(address);
    const look = this.#lookUp(key, nowMs, giveBack).finally(() => {
      if (this.#inFlight.get(key) === look) this.#inFlight.delete(key);
    });
    this.#inFlight.set(key, look);
    return look;
  }

  async #lookUp(key: string, nowMs: number, giveBack: () => void): Promise<Verified | Refusal> {
    let changes = this.#changes;
    let found: FoundKey | undefined;
    for (let tries = 0; tries < LOOK_UPS_MAX; tries++) {
      changes = this.#changes;
      try {
        found = await this.#find(key, giveBack);
      } catch (error) {
        this.#announceDown(error);
        return this.#unasked(key, nowMs, error);
      }
      // What was read before a change may be stale, and a revocation holds at once.
      if (changes === this.#changes) break;
    }
    this.#announceBack();
    const mayKeep = changes === this.#changes;
    if (found === undefined) {
      this.#known.delete(key);
      if (mayKeep) keep(this.#unknown, key, nowMs + UNKNOWN_MS, UNKNOWN_MAX);
      return refuse("unknown_key");
    }
    giveBack();
    const before = this.#known.get(key);
    // A look-up that was asked earlier may be answered later, and a key that was ended is so for ever.
    if (before !== undefined && isEnded(before.identity) && !isEnded(found)) {
      return this.#standing(before);
    }
    const known: Known = {
      identity:
        before !== undefined && isSame(before.identity.subscriber, found.subscriber)
          ? before.identity
          : identityOf(this.#options.api, found.subscriber),
      untilMs: nowMs + KNOWN_MS,
      unaskedUntilMs: nowMs + UNASKED_MS,
      isStale: false,
      isOlderSecret: found.digest !== found.subscriber.key.digests.at(-1),
    };
    if (mayKeep) keep(this.#known, key, known, this.#options.cacheMax);
    return this.#standing(known);
  }

  /** What was known of a key lives on for a while, unless a change to its account has made it forgotten. */
  #unasked(key: string, nowMs: number, error: unknown): Verified | Refusal {
    const known = this.#known.get(key);
    if (known === undefined || nowMs >= known.unaskedUntilMs) throw error;
    known.untilMs = Math.min(nowMs + ASK_AGAIN_MS, known.unaskedUntilMs);
    known.isStale = true;
    return this.#standing(known);
  }

  /** Once, however many look-ups find it down. */
  #announceDown(error: unknown): void {
    if (this.#isDown) return;
    this.#isDown = true;
    this.#options.onEvent({ kind: "directory_down", error });
  }

  #announceBack(): void {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#options.onEvent({ kind: "directory_back" });
  }

  /** The key under any pepper that is still in use. */
  async #find(key: string, giveBack: () => void): Promise<FoundKey | undefined> {
    try {
      return await findKey(this.#options.directory, this.digests, key);
    } catch (error) {
      // Our outage is not the caller's fault, so it must not count against the address.
      giveBack();
      throw error;
    }
  }

  /** After a change to an account: its keys are asked for anew, and an unknown key may exist now. */
  forget(accountId: string): void {
    this.#changes++;
    this.#unknown.clear();
    // Whoever asks from now on must not be given what was read before.
    this.#inFlight.clear();
    for (const [key, { identity }] of this.#known) {
      if (identity.caller.accountId === accountId) this.#known.delete(key);
    }
  }

  /** Changes may have been missed: every key is asked for anew, and lives on should that be impossible. */
  doubtAll(): void {
    this.#changes++;
    this.#unknown.clear();
    this.#inFlight.clear();
    for (const known of this.#known.values()) known.untilMs = 0;
  }
}

/** Whether a directory that keeps its records in memory has given the very same ones: what follows from them is known. */
function isSame(before: Subscriber, now: Subscriber): boolean {
  return (
    before.key === now.key &&
    before.account === now.account &&
    before.project === now.project &&
    before.workspace === now.workspace
  );
}

function isEnded({ subscriber }: Pick<FoundKey, "subscriber">): boolean {
  return subscriber.key.revokedAtMs !== undefined;
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
