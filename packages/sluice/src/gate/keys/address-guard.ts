/**
 * The guard before the key store: an address that keeps trying unknown keys is refused before it costs a
 * look-up. Exact over any minute, and bounded in addresses and in marks per address.
 */

import { MINUTE_MS } from "../../base/index.ts";

const ADDRESSES_MAX = 10_000;

export interface AddressGuard {
  /** Takes a look-up; a number is how long to wait instead. */
  take(address: string, nowMs: number): number | undefined;
  /** Gives back the newest look-up: the key was known after all. */
  giveBack(address: string): void;
}

export function createAddressGuard(perMinute: number): AddressGuard {
  const marks = new Map<string, number[]>();
  return {
    take(address, nowMs) {
      const mine = marks.get(address) ?? [];
      while (mine[0] !== undefined && nowMs - mine[0] >= MINUTE_MS) mine.shift();
      const oldest = mine[0];
      if (oldest !== undefined && mine.length >= perMinute) return MINUTE_MS - (nowMs - oldest);
      mine.push(nowMs);
      // Re-inserting keeps the map in order of use, so that the first one is the one to forget.
      marks.delete(address);
      marks.set(address, mine);
      if (marks.size > ADDRESSES_MAX) forgetFirst(marks);
      return undefined;
    },
    giveBack(address) {
      const mine = marks.get(address);
      mine?.pop();
      if (mine?.length === 0) marks.delete(address);
    },
  };
}

function forgetFirst(marks: Map<string, unknown>): void {
  for (const address of marks.keys()) {
    marks.delete(address);
    return;
  }
}

/**
 * The address of the client: the socket's, or, behind trusted proxies, the entry of `X-Forwarded-For` that the
 * outermost trusted one wrote. What lies further left was written by strangers.
 */
export function clientAddress(
  call: { readonly address: string; header(name: string): string | undefined },
  trustedHops: number,
): string {
  if (trustedHops === 0) return call.address;
  const hops = (call.header("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return hops.at(-trustedHops) || call.address;
}
