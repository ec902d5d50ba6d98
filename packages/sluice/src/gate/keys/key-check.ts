/** Key verification alone, for a server that does everything else by itself: the gate's second step, without the gate. */
import {
  type Clock,
  type Digests,
  type Random,
  systemClock,
  systemDigests,
  systemRandom,
} from "../../base/index.ts";
import { type AnyApi, isRefusal, type Refusal, refuse } from "../../contract/index.ts";
import { COME_BACK_MS } from "../come-back.ts";
import { type EventListener, printFaults } from "../events.ts";
import type { Directory } from "../stores.ts";
import type { Caller } from "./identity.ts";
import { createKeyDesk, type KeyDesk } from "./key-desk.ts";
import type { Peppers } from "./key-digest.ts";
import { createKeyVerifier, KEYS_KNOWN_MAX, UNKNOWN_PER_MINUTE } from "./key-verifier.ts";

export interface KeyCheckOptions {
  /** Accounts and keys: that of any stores. */
  readonly directory: Directory;
  /** The secret that key digests are made with, 32 bytes or more; or several versions of it. */
  readonly pepper: Peppers;
  /** Told when the directory does not answer, and when it does again. @default one line each on the console's error stream */
  readonly onEvent?: EventListener;
  /** @default the machine's */
  readonly clock?: Clock;
  /** @default the machine's */
  readonly random?: Random;
  /** @default the machine's */
  readonly digests?: Digests;
}

export interface KeyCheck {
  /**
   * Who calls, or why not: `missing_key`, `malformed_key` (offline), `unknown_key`, `revoked_key`, `expired_key`;
   * `rate_limited` for an address that asks for more than 300 unknown keys a minute; `unavailable` where nobody can be
   * asked. Never rejects.
   *
   * @param secret as `readKey` finds it; undefined where there is none.
   * @param address of the client.
   */
  verify(secret: string | undefined, address: string): Promise<Caller | Refusal>;
  /** Makes, rotates and revokes keys. */
  readonly keys: KeyDesk;
  /** Stops watching the directory, which belongs to whoever made it. */
  close(): void;
}

/**
 * @example
 * const check = createKeyCheck(api, { directory: stores.directory, pepper });
 * const caller = await check.verify(readKey(api.wire.key, request), address);
 * if (isRefusal(caller)) return render(api.wire, caller);
 */
export function createKeyCheck(api: AnyApi, options: KeyCheckOptions): KeyCheck {
  const { directory, pepper } = options;
  const clock = options.clock ?? systemClock;
  const verifier = createKeyVerifier({
    api,
    directory,
    pepper,
    clock,
    digests: options.digests ?? systemDigests,
    cacheMax: KEYS_KNOWN_MAX,
    unknownPerMinute: UNKNOWN_PER_MINUTE,
    onEvent: options.onEvent ?? printFaults(api.wire.key),
  });
  return {
    async verify(secret, address) {
      if (secret === undefined) return refuse("missing_key");
      try {
        const verified = await verifier.verify(secret, address, clock.monotonicMs());
        if (isRefusal(verified)) return verified;
        return verified.refusal ?? verified.identity.caller;
      } catch {
        // The verifier has told of it.
        return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: "directory" });
      }
    },
    keys: createKeyDesk(api, directory, verifier.digests, clock, options.random ?? systemRandom),
    close: () => verifier.close(),
  };
}
