// Request ids as numbers: a ring that kept thousands of new strings alive would make the collector
// copy each of them twice. A UUID is four words; anything else is kept as the text that it is.

import { wordToHex } from "../../base/index.ts";

const wordsPerId = 4;
const uuidLength = 36;
const dash = 0x2d;
/** Above every digit, and told from each by its bit. */
const noDigit = 16;
/** The value of a hexadecimal digit by its character code; lower case only. */
const digits: Uint8Array = new Uint8Array(256).fill(noDigit);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  digits[digit.charCodeAt(0)] = value;
}

/** The id that was read last: money and log of a call ask about the same one in turn. */
let lastId = "";
let lastIsUuid = false;
const lastWords = new Uint32Array(wordsPerId);
/** Its characters. An id is put together from pieces: read in place, each character would be looked for among them. */
const encoder = new TextEncoder();
const bytes = new Uint8Array(uuidLength);
/** Every digit that was read, one over the other. */
let seen = 0;

/** Reads an id into `lastWords`; whether it is a UUID that can be told again from them. */
function readUuid(id: string): boolean {
  if (id === lastId) return lastIsUuid;
  lastId = id;
  lastIsUuid = id.length === uuidLength && isWholeIn(bytes, id) && hasDashes() && readWords();
  return lastIsUuid;
}

/** Whether the text is as many bytes as characters: ASCII. */
function isWholeIn(into: Uint8Array, text: string): boolean {
  const { read, written } = encoder.encodeInto(text, into);
  return read === uuidLength && written === uuidLength;
}

function hasDashes(): boolean {
  return bytes[8] === dash && bytes[13] === dash && bytes[18] === dash && bytes[23] === dash;
}

function readWords(): boolean {
  seen = 0;
  lastWords[0] = (hex4(0) << 16) | hex4(4);
  lastWords[1] = (hex4(9) << 16) | hex4(14);
  lastWords[2] = (hex4(19) << 16) | hex4(24);
  lastWords[3] = (hex4(28) << 16) | hex4(32);
  return seen < noDigit;
}

/** Four digits as a number. */
function hex4(at: number): number {
  const a = digits[bytes[at] as number] as number;
  const b = digits[bytes[at + 1] as number] as number;
  const c = digits[bytes[at + 2] as number] as number;
  const d = digits[bytes[at + 3] as number] as number;
  seen |= a | b | c | d;
  return (a << 12) | (b << 8) | (c << 4) | d;
}

/** A number to find a UUID by; undefined for any other text. */
export function uuidHash(id: string): number | undefined {
  return readUuid(id) ? hashAt(lastWords, 0) : undefined;
}

/** Whoever makes ids may make them in order: every word counts. */
function hashAt(words: Uint32Array, start: number): number {
  const ends = (words[start] as number) ^ (words[start + 3] as number);
  const middle = (words[start + 1] as number) ^ ((words[start + 2] as number) << 7);
  const mixed = Math.imul(ends, 0x9e3779b1) ^ Math.imul(middle, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** As many ids as there are places, each written over as often as need be. */
export class PackedIds {
  readonly #words: Uint32Array;
  readonly #texts = new Map<number, string>();

  /** @param start whose ids it begins with, where it takes the place of another one */
  constructor(places: number, start?: PackedIds) {
    this.#words = new Uint32Array(places * wordsPerId);
    if (start === undefined) return;
    this.#words.set(start.#words);
    this.#texts = new Map(start.#texts);
  }

  set(place: number, id: string): void {
    if (this.#texts.size > 0) this.#texts.delete(place);
    if (!readUuid(id)) {
      this.#texts.set(place, id);
      return;
    }
    const start = place * wordsPerId;
    // One by one: `set` of four costs ten times as much.
    this.#words[start] = lastWords[0] as number;
    this.#words[start + 1] = lastWords[1] as number;
    this.#words[start + 2] = lastWords[2] as number;
    this.#words[start + 3] = lastWords[3] as number;
  }

  get(place: number): string {
    return this.#texts.get(place) ?? this.#unpack(place * wordsPerId);
  }

  /** `uuidHash` of what is there. */
  hash(place: number): number | undefined {
    if (this.#texts.size > 0 && this.#texts.has(place)) return undefined;
    return hashAt(this.#words, place * wordsPerId);
  }

  /** Whether this UUID is there. */
  hasUuid(place: number, id: string): boolean {
    if (!readUuid(id) || this.#texts.has(place)) return false;
    const words = this.#words;
    const start = place * wordsPerId;
    return (
      words[start + 3] === lastWords[3] &&
      words[start + 2] === lastWords[2] &&
      words[start + 1] === lastWords[1] &&
      words[start] === lastWords[0]
    );
  }

  #unpack(start: number): string {
    const [first, second, third, last] = [0, 1, 2, 3].map((word) =>
      wordToHex(this.#words[start + word] as number),
    ) as [string, string, string, string];
    const middle = `${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}`;
    return `${first}-${middle}-${third.slice(4)}${last}`;
  }
}
