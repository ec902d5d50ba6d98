/**
 * What a key of an API looks like to a scanner that reads text, one pattern for each environment. In the part of RE2, Go and
 * Hyperscan that all three have: no look-around, no back-references.
 */
import type { AnyApi, Environment, KeyFormat } from "../../contract/index.ts";

export interface KeyPattern {
  readonly environment: Environment;
  /** What a key begins with. No text without it has a key. */
  readonly prefix: string;
  /** What scanners call such a key: `acme_live_key`. */
  readonly type: string;
  /** The key, and nothing around it. */
  readonly secret: string;
  /** What may stand in front of it: its start, or what ends a word, an escape of URLs or of JSON included. */
  readonly before: string;
  /** What may stand behind it. A key that goes on is none. */
  readonly after: string;
  /** All three for tools that take one expression, with the key as its group 1. */
  readonly whole: string;
  /** Shannon's entropy in bits a character; a key that was minted has more, `acme_live_xxxx…` has less. */
  readonly entropyMin: number;
}

/**
 * Below what was seen in 200,000 minted keys of the shortest format (24 characters): 2.5 in hex and 3.5 in base62. Whoever looks
 * for leaks would rather hear of a placeholder than miss a key.
 */
const ENTROPY_MIN: Readonly<Record<KeyFormat["alphabet"], number>> = { hex: 2, base62: 3 };

const CHARACTERS: Readonly<Record<KeyFormat["alphabet"], string>> = {
  hex: "[0-9a-f]",
  base62: "[0-9A-Za-z]",
};

const CHECKSUM_LENGTH = 6;

/** Behind `%3D` and `\n`, as they are written, a key begins in the middle of a word. */
const ESCAPES = "%[0-9A-Fa-f]{2}|\\\\[nrt]";

export function keyPatterns({ wire }: AnyApi): readonly KeyPattern[] {
  const environments = Object.keys(wire.key.prefixes) as Environment[];
  return environments.flatMap((environment) => {
    const prefix = wire.key.prefixes[environment];
    return prefix === undefined ? [] : [patternOf(wire.key, environment, prefix)];
  });
}

function patternOf(format: KeyFormat, environment: Environment, prefix: string): KeyPattern {
  const secret = prefix + bodyOf(format);
  return {
    environment,
    prefix,
    type: typeOf(prefix, environment),
    secret,
    before: `\\A|[^0-9A-Za-z]|${ESCAPES}`,
    after: "\\z|[^0-9A-Za-z]",
    // A boundary takes no character, so that of two keys with one comma between them neither is missed.
    whole: `${beginOf(prefix)}(${secret})(?:\\b|_)`,
    entropyMin: ENTROPY_MIN[format.alphabet],
  };
}

/** 62⁶ is thirteen times 2³², so of a checksum's first characters only five occur. That much of it an expression can check. */
function bodyOf({ alphabet, length, checksum }: KeyFormat): string {
  const one = CHARACTERS[alphabet];
  if (checksum !== "crc32") return `${one}{${length}}`;
  return `${one}{${length - CHECKSUM_LENGTH}}[0-4]${one}{${CHECKSUM_LENGTH - 1}}`;
}

/** In front of a hyphen there is a boundary only where nobody needs one. */
function beginOf(prefix: string): string {
  return prefix.startsWith("-") ? "" : `(?:\\b|_|${ESCAPES})`;
}

/** Made of the prefix: it is the API's alone, which a title may not be. */
function typeOf(prefix: string, environment: Environment): string {
  const words = prefix.toLowerCase().split(/[^a-z0-9]+/);
  const named = words.filter((word) => word !== "");
  return [...named, ...(named.includes(environment) ? [] : [environment]), "key"].join("_");
}

/** For comments and headings, which end with their line. */
export function titleOf({ wire }: AnyApi): string {
  return wire.about.title.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** What tells a real key from an invented one, in words for whoever can count more than an expression does. */
export function checksumWords({ wire }: AnyApi): string | undefined {
  if (wire.key.checksum !== "crc32") return undefined;
  return (
    "The last 6 characters are the CRC-32 (IEEE 802.3) of all that stands before them, the prefix included, written in base62 " +
    "(0-9, A-Z, a-z; the highest digit first, filled up with 0)."
  );
}
