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

/** FNV-1a, twice with different beginnings, and those 64 bits spread over the others; http://www.isthe.com/chongo/tech/comp/fnv/ */
function mix(bytes: Uint8Array, beginning: number): Uint8Array {
  let one = beginning ^ 0x9e3779b9;
  let other = beginning ^ 0x3c6ef372;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    one = Math.imul(one ^ byte, 0x01000193);
    one ^= one >>> 15;
    other = Math.imul(other ^ byte, 0x85ebca6b);
    other ^= other >>> 13;
  }
  const words = new Uint32Array(8);
  for (let word = 0; word < words.length; word += 2) {
    words[word] = one + Math.imul(word, 0x9e3779b1);
    words[word + 1] = other ^ Math.imul(word, 0x85ebca77);
  }
  return new Uint8Array(words.buffer);
}
