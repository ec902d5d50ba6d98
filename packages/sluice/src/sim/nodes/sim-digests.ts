// Digests that are there within the turn: what two machines would make on another thread in real time is, in a world of virtual
// time, a function of its input and nothing else. They hide nothing, and nothing here needs hiding.

import type { Digests } from "../../base/index.ts";

/** Digests of 32 bytes that collide as seldom as a good hash of 64 bits. */
export const simDigests: Digests = {
  sha256: (bytes) => Promise.resolve(mix(bytes, 0x811c9dc5)),
  hmacSha256: (secret) => {
    const beginning = mix(secret, 0x2545f491)[0] as number;
    return (bytes) => Promise.resolve(mix(bytes, 0x01000193 ^ beginning));
  },
};

/** FNV-1a, eight times with different beginnings; http://www.isthe.com/chongo/tech/comp/fnv/ */
function mix(bytes: Uint8Array, beginning: number): Uint8Array {
  const words = new Uint32Array(8);
  for (let lane = 0; lane < words.length; lane++) {
    let hash = beginning ^ Math.imul(lane + 1, 0x9e3779b9);
    for (let at = 0; at < bytes.length; at++) {
      hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
      hash ^= hash >>> 15;
    }
    words[lane] = hash;
  }
  return new Uint8Array(words.buffer);
}
