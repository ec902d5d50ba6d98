// Keys: minted, recognised offline, found in a request, and never left in a text.

import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantError, type Random, seededRandom } from "../../src/base/index.ts";
import {
  environmentOf,
  type KeyFormat,
  keyHeaders,
  mintKey,
  previewOf,
  readKey,
  redactKeys,
} from "../../src/contract/index.ts";
import { checksumOf } from "../../src/contract/key.ts";
import { acmeWire } from "./fixtures/acme.ts";
import { mavera } from "./fixtures/mavera.ts";
import { mentova } from "./fixtures/mentova.ts";

const HEX: KeyFormat = mentova.key;
const BASE62: KeyFormat = mavera.key;
const SIGNED: KeyFormat = acmeWire.key;
const FORMATS = [
  ["hexadecimal", HEX],
  ["base62", BASE62],
  ["base62 with a checksum", SIGNED],
] as const;

const randoms: fc.Arbitrary<Random> = fc.integer().map(seededRandom);
const environments = fc.constantFrom("live", "test");

function keysOf(format: KeyFormat): fc.Arbitrary<string> {
  return fc.tuple(environments, randoms).map(([live, random]) => mintKey(format, live, random));
}

/** A request with these headers. */
function request(headers: Readonly<Record<string, string>>) {
  return { header: (name: string): string | undefined => headers[name] };
}

describe.each(FORMATS)("a %s key", (_name, format) => {
  it("is recognised, with its environment, once it is minted", () => {
    fc.assert(
      fc.property(environments, randoms, (environment, random) => {
        const key = mintKey(format, environment, random);
        expect(environmentOf(format, key)).toBe(environment);
        expect(key).toHaveLength((format.prefixes[environment] ?? "").length + format.length);
      }),
    );
  });

  it("is refused one character shorter or longer, and as a piece of a longer text", () => {
    fc.assert(
      fc.property(keysOf(format), (key) => {
        for (const text of [key.slice(0, -1), `${key}0`, ` ${key}`, `${key} `, `${key}\n`]) {
          expect(environmentOf(format, text)).toBeUndefined();
        }
      }),
    );
  });

  it("is refused with a character that its alphabet does not have", () => {
    const strangers = fc.constantFrom("-", "_", "é", "\0", " ", "…", "\u{1f511}");
    const from = format.prefixes.live.length;
    fc.assert(
      fc.property(keysOf(format), fc.nat(format.length - 1), strangers, (key, index, stranger) => {
        const at = from + index;
        const odd = `${key.slice(0, at)}${stranger}${key.slice(at + stranger.length)}`;
        expect(environmentOf(format, odd)).toBeUndefined();
      }),
    );
  });

  it("is never the same as another", () => {
    const random = seededRandom(7);
    const keys = new Set(Array.from({ length: 1_000 }, () => mintKey(format, "live", random)));
    expect(keys.size).toBe(1_000);
  });
});

describe("the shape of a key", () => {
  it("is told of any text without a throw, and told right", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(environmentOf(SIGNED, text)).toBeUndefined();
        expect(environmentOf(SIGNED, `acme_live_${text}`)).toBeUndefined();
      }),
    );
  });

  it("knows no capitals where the alphabet is hexadecimal", () => {
    expect(environmentOf(HEX, `mtv_live_${"a".repeat(32)}`)).toBe("live");
    expect(environmentOf(HEX, `mtv_live_${"A".repeat(32)}`)).toBeUndefined();
    expect(environmentOf(HEX, `mtv_live_${"g".repeat(32)}`)).toBeUndefined();
  });

  it("knows no test key where the API has none", () => {
    const { test: _, ...prefixes } = HEX.prefixes;
    const format: KeyFormat = { ...HEX, prefixes };
    expect(environmentOf(format, `mtv_test_${"a".repeat(32)}`)).toBeUndefined();
    expect(() => mintKey(format, "test", seededRandom(1))).toThrow(InvariantError);
  });
});

describe("a checksum", () => {
  const BASE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const characters = fc.constantFrom(...BASE);

  it("refuses every change of a single character", () => {
    const from = SIGNED.prefixes.live.length;
    fc.assert(
      fc.property(
        keysOf(SIGNED),
        fc.nat(SIGNED.length - 1),
        characters,
        (key, index, character) => {
          const at = from + index;
          fc.pre(key[at] !== character);
          const changed = `${key.slice(0, at)}${character}${key.slice(at + 1)}`;
          expect(environmentOf(SIGNED, changed)).toBeUndefined();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("refuses two neighbours that changed places", () => {
    fc.assert(
      fc.property(keysOf(SIGNED), fc.integer({ min: 10, max: 46 }), (key, at) => {
        fc.pre(key[at] !== key[at + 1]);
        const swapped = `${key.slice(0, at)}${key[at + 1]}${key[at]}${key.slice(at + 2)}`;
        expect(environmentOf(SIGNED, swapped)).toBeUndefined();
      }),
    );
  });

  it("covers the prefix, so that no test key passes for a live one", () => {
    fc.assert(
      fc.property(randoms, (random) => {
        const key = mintKey(SIGNED, "test", random);
        expect(environmentOf(SIGNED, key.replace("test", "live"))).toBeUndefined();
      }),
    );
  });

  it("is CRC-32 as zlib has it, in six characters of base62", () => {
    const numberOf = (text: string) =>
      Array.from(text).reduce((sum, character) => sum * 62 + BASE.indexOf(character), 0);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(checksumOf(text)).toMatch(/^[0-9A-Za-z]{6}$/);
        expect(numberOf(checksumOf(text))).toBe(crc32(text));
      }),
    );
  });

  it("is written as GitHub writes it", () => {
    // The token that GitHub's documents print, without its prefix: GitHub signs the rest only.
    expect(checksumOf("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ")).toBe("0mLq17");
  });
});

describe("the key in a request", () => {
  const key = "mtv_live_0123";

  it.each([
    ["in the header", HEX, { "x-api-key": key }, key],
    ["as a bearer", HEX, { authorization: `Bearer ${key}` }, key],
    ["as a bearer in any case and with spaces", HEX, { authorization: `BEARER   ${key} ` }, key],
    ["in the header first", HEX, { authorization: "Bearer other", "x-api-key": key }, key],
    [
      "as a bearer where the header is empty",
      HEX,
      { "x-api-key": "", authorization: `Bearer ${key}` },
      key,
    ],
    [
      "as a bearer first where that is the order",
      { ...HEX, places: [...HEX.places].reverse() },
      { authorization: `Bearer ${key}`, "x-api-key": "other" },
      key,
    ],
    [
      "whatever another scheme holds: malformed, not missing",
      HEX,
      { authorization: `Basic ${key}` },
      `Basic ${key}`,
    ],
    ["a bearer without a key: malformed, not missing", HEX, { authorization: "Bearer" }, "Bearer"],
    ["nowhere", HEX, {}, undefined],
    ["nowhere that this API looks", BASE62, { "x-api-key": key }, undefined],
    ["nowhere, with empty headers", HEX, { "x-api-key": "", authorization: "" }, undefined],
  ])("is read %s", (_where, format: KeyFormat, headers, found) => {
    expect(readKey(format, request(headers))).toBe(found);
  });

  it("stands in headers that are known by their lower-case names", () => {
    expect(keyHeaders(HEX)).toEqual(["x-api-key", "authorization"]);
    expect(keyHeaders(BASE62)).toEqual(["authorization"]);
  });

  it("is read from the known headers only", () => {
    for (const [, format] of FORMATS) {
      const asked: string[] = [];
      readKey(format, { header: (name) => void asked.push(name) });
      expect(asked).toEqual(keyHeaders(format));
    }
  });
});

describe.each(FORMATS)("redaction of a %s key", (_name, format) => {
  const noise = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("", format.prefixes.live, format.prefixes.test ?? "", "mtv_", "acme_live", "-"),
  );

  it("leaves no key in any text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(noise, keysOf(format)), { minLength: 1, maxLength: 4 }),
        noise,
        (pieces, end) => {
          const text = pieces.flat().join("") + end;
          const safe = redactKeys(format, text);
          for (const [, key] of pieces) {
            expect(safe).not.toContain(key.slice(-format.length));
            expect(safe).not.toContain(key.slice(-8));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("leaves a text without keys as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!Object.values(format.prefixes).some((prefix) => text.includes(prefix)));
        expect(redactKeys(format, text)).toBe(text);
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(noise, keysOf(format), noise, (before, key, after) => {
        const once = redactKeys(format, before + key + after);
        expect(redactKeys(format, once)).toBe(once);
      }),
    );
  });
});

describe("what is left of a redacted key", () => {
  it("is its prefix, so that a reader sees that one was there", () => {
    expect(redactKeys(HEX, `GET /a?key=mtv_live_${"a".repeat(32)}&b=1`)).toBe(
      "GET /a?key=mtv_live_...&b=1",
    );
  });
});

describe("the preview of a key", () => {
  it("shows its first ten characters and its last four", () => {
    const key = mintKey(BASE62, "live", seededRandom(1));
    expect(previewOf(key)).toEqual({ prefix: "mvra_live_", lastFour: key.slice(-4) });
  });
});
