/**
 * Key format: what a key of this API looks like, and where a request may carry it. Everything here works
 * offline, so a key of the wrong shape costs no look-up and can be told to its owner before anything is sent.
 */
import { assert, type Random } from "../base/index.ts";

const ALPHABETS = {
  hex: "0123456789abcdef",
  base62: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
} as const;

export type KeyAlphabet = keyof typeof ALPHABETS;
export type Environment = "live" | "test";

/** One place in a request. */
export type KeyPlace = { readonly header: string } | { readonly bearer: true };

export interface KeyFormat {
  /** What a key starts with, by environment: `{ live: "mtv_live_", test: "mtv_test_" }`. */
  readonly prefixes: { readonly live: string; readonly test?: string };
  readonly alphabet: KeyAlphabet;
  /** Characters after the prefix, 24 to 128. */
  readonly length: number;
  /**
   * `crc32`: the last six characters are the base62 CRC-32 of everything before them (as in GitHub's tokens,
   * but with the prefix), so that a mistyped or invented key is told apart without a look-up.
   * @default "none"
   */
  readonly checksum?: "none" | "crc32";
  /** Where a request may carry the key; the first place that holds anything wins. */
  readonly places: readonly KeyPlace[];
}

const CHECKSUM_LENGTH = 6;

export function sendsBearer(format: KeyFormat): boolean {
  return format.places.some((place) => "bearer" in place);
}

/** The headers that may carry a key, in lower case: never logged, never passed on. */
export function keyHeaders(format: KeyFormat): readonly string[] {
  return format.places.map((place) =>
    "bearer" in place ? "authorization" : place.header.toLowerCase(),
  );
}

/** What the request holds in the winning place; undefined when it holds nothing in any. */
export function readKey(
  format: KeyFormat,
  request: { header(name: string): string | undefined },
): string | undefined {
  for (const place of format.places) {
    if ("header" in place) {
      const value = request.header(place.header.toLowerCase());
      if (value !== undefined && value !== "") return value;
    } else {
      const value = request.header("authorization");
      if (value === undefined || value === "") continue;
      // Another scheme is something sent, so it is malformed rather than missing.
      return /^bearer /i.test(value) ? value.slice(7).trim() : value;
    }
  }
  return undefined;
}

/** The environment of a well-shaped key, or undefined. Bounded by the format's own length. */
export function environmentOf(format: KeyFormat, key: string): Environment | undefined {
  for (const environment of ["live", "test"] as const) {
    const prefix = format.prefixes[environment];
    if (prefix === undefined || !key.startsWith(prefix)) continue;
    if (key.length !== prefix.length + format.length) return undefined;
    if (!hasOnly(key, prefix.length, bodyAlphabet(format))) return undefined;
    if (format.checksum === "crc32") {
      const signed = key.slice(0, -CHECKSUM_LENGTH);
      if (checksumOf(signed) !== key.slice(-CHECKSUM_LENGTH)) return undefined;
    }
    return environment;
  }
  return undefined;
}

/** A new key. The only moment at which it exists outside its owner's hands. */
export function mintKey(format: KeyFormat, environment: Environment, random: Random): string {
  const prefix = format.prefixes[environment];
  assert(prefix !== undefined, `this API has no ${environment} keys: add prefixes.${environment}`);
  const alphabet = ALPHABETS[format.alphabet];
  const secretLength = format.length - (format.checksum === "crc32" ? CHECKSUM_LENGTH : 0);
  let key = prefix;
  for (let i = 0; i < secretLength; i++) key += alphabet[random.integer(alphabet.length)];
  return format.checksum === "crc32" ? key + checksumOf(key) : key;
}

/** What may be shown of a key in logs and consoles: its first ten characters and its last four. */
export function previewOf(key: string): { readonly prefix: string; readonly lastFour: string } {
  return { prefix: key.slice(0, 10), lastFour: key.slice(-4) };
}

/** Text with everything that looks like one of this API's keys cut to its prefix. */
export function redactKeys(format: KeyFormat, text: string): string {
  let safe = text;
  for (const prefix of Object.values(format.prefixes)) {
    if (!safe.includes(prefix)) continue;
    // Eats what a prefix may hold as well: a key that directly follows another prefix goes with it.
    safe = safe.replaceAll(new RegExp(`${prefix}[A-Za-z0-9_-]+`, "g"), `${prefix}...`);
  }
  return safe;
}

function bodyAlphabet(format: KeyFormat): string {
  return format.checksum === "crc32" ? ALPHABETS.base62 : ALPHABETS[format.alphabet];
}

function hasOnly(text: string, from: number, alphabet: string): boolean {
  for (let i = from; i < text.length; i++) {
    if (!alphabet.includes(text.charAt(i))) return false;
  }
  return true;
}

/** CRC-32 (IEEE 802.3) of ASCII text, as six base62 characters. */
export function checksumOf(text: string): string {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i) & 0xff;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let out = "";
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    out = ALPHABETS.base62.charAt(rest % 62) + out;
    rest = Math.floor(rest / 62);
  }
  return out;
}
