// Chance as a thing that is handed in: the only file that asks the machine for randomness; a seed
// gives the same run again.

import { assert, InvariantError } from "./assert.ts";

/** A source of uniform random values. */
export interface Random {
  /** At least 0, below 1, with 53 random bits. */
  float(): number;
  /**
   * A whole number, at least 0, below the bound, each equally likely. The bound: a whole number
   * from 1 to 2^53 - 1.
   */
  integer(belowExclusive: number): number;
  /** That many random bytes, in an array of their own. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** One of the items, each equally likely; there must be at least one. */
  pick<T>(items: readonly T[]): T;
}

/**
 * The machine's cryptographic generator, asked for a block at a time: a word costs a few
 * nanoseconds.
 */
export const systemRandom: Random = fromWords(pooledWords());

/**
 * A repeatable generator: the same seed gives the same values, `7` and `"7"` being one seed. Never
 * for secrets.
 */
export function seededRandom(seed: number | string): Random {
  return fromWords(xoshiro128(splitmix32(hash32(String(seed)))));
}

const twoTo32 = 2 ** 32;
const twoTo53 = 2 ** 53;

function fromWords(word: () => number): Random {
  const bits53 = () => (word() >>> 5) * 2 ** 26 + (word() >>> 6);

  function integer(below: number): number {
    if (!Number.isSafeInteger(below) || below < 1) refuseBound(below);
    if (below === twoTo32) return word();
    // Values past the last whole multiple of the bound are thrown away: the rest divides evenly.
    if (below <= twoTo32) {
      const limit = twoTo32 - (twoTo32 % below);
      for (;;) {
        const value = word();
        if (value < limit) return value % below;
      }
    }
    const limit = twoTo53 - (twoTo53 % below);
    for (;;) {
      const value = bits53();
      if (value < limit) return value % below;
    }
  }

  return {
    float: () => bits53() / twoTo53,
    integer,
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 4) {
        const value = word();
        bytes[at] = value;
        bytes[at + 1] = value >>> 8;
        bytes[at + 2] = value >>> 16;
        bytes[at + 3] = value >>> 24;
      }
      return bytes;
    },
    pick<T>(items: readonly T[]): T {
      assert(items.length > 0, "Nothing to pick from");
      return items[integer(items.length)] as T;
    },
  };
}

function refuseBound(below: number): never {
  throw new InvariantError(`A bound must be a whole number from 1 to 2^53 - 1, got ${below}`);
}

function pooledWords(): () => number {
  const pool = new Uint32Array(1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    const value = pool[used] as number;
    // What became part of a key must not stay behind in memory.
    pool[used++] = 0;
    return value;
  };
}

/** xoshiro128** 1.1 by Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c */
function xoshiro128(seeds: () => number): () => number {
  let a = seeds();
  let b = seeds();
  let c = seeds();
  let d = seeds();
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/**
 * The 32-bit splitmix with the finaliser of MurmurHash3; its authors' advice for seeding the above
 * from one word.
 */
function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

/** FNV-1a over the UTF-16 units, http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
