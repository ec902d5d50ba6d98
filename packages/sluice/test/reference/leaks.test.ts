// The leak-response kit: every scanner finds every key wherever people leave one, and nothing else.

import {
  githubHits,
  gitleaksHits,
  type Hit,
  trufflehogHits,
} from "@sluice-internal/reference-checks/leak-scanners";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import {
  type AnyApi,
  type Environment,
  type KeyFormat,
  mintKey,
} from "../../src/contract/index.ts";
import {
  githubPatterns,
  gitleaksRules,
  keyPatterns,
  leakKit,
  trufflehogDetectors,
} from "../../src/reference/index.ts";
import { AROUND, apiWith, FORMATS, places } from "./fixtures/leaked.ts";

type Scan = (api: AnyApi, text: string) => readonly Hit[];

const SCANNERS: readonly (readonly [string, Scan])[] = [
  ["GitHub", (api, text) => githubHits(githubPatterns(api), text)],
  ["gitleaks", (api, text) => gitleaksHits(gitleaksRules(api), text)],
  ["trufflehog", (api, text) => trufflehogHits(trufflehogDetectors(api), text)],
];

const environmentsOf = ({ prefixes }: KeyFormat) => Object.keys(prefixes) as Environment[];

describe.each(SCANNERS)("%s", (_name, scan) => {
  describe.each(FORMATS.map((format) => [format.prefixes.live, format] as const))(
    "keys that begin with %s",
    (_prefix, format) => {
      const api = apiWith(format);
      const random = seededRandom(7);
      const minted = (environment: Environment, count: number) =>
        Array.from({ length: count }, () => mintKey(format, environment, random));
      const typeOf = (environment: Environment) =>
        keyPatterns(api).find((one) => one.environment === environment)?.type ?? "";

      it.each(environmentsOf(format))("of %s are all found, and named", (environment) => {
        const keys = minted(environment, 500);
        const hits = scan(api, keys.join("\n"));
        expect(hits.map(({ secret }) => secret)).toEqual(keys);
        expect(new Set(hits.map(({ by }) => by.replaceAll("-", "_")))).toEqual(
          new Set([typeOf(environment)]),
        );
      });

      it.each(Object.entries(AROUND))("are found in %s", (_place, around) => {
        for (const environment of environmentsOf(format)) {
          const [key = ""] = minted(environment, 1);
          expect(scan(api, around(key)).map(({ secret }) => secret)).toEqual([key]);
        }
      });

      it("are found side by side, with one character between them", () => {
        const keys = minted("live", 5);
        for (const between of [",", " ", "\n", "|", '"']) {
          expect(scan(api, keys.join(between)).map(({ secret }) => secret)).toEqual(keys);
        }
      });

      it("are told from what is nearly one", () => {
        const [key = ""] = minted("live", 1);
        const { live } = format.prefixes;
        const near = [
          key.slice(0, -1),
          `${key}0`,
          `${key}zz`,
          key.slice(live.length),
          `${live.slice(0, -1)}~${key.slice(live.length)}`,
          key.toUpperCase(),
          `${key.slice(0, -4)}-${key.slice(-3)}`,
          `${key.slice(0, -4)}....`,
          `${live}...`,
          `${live}${"*".repeat(format.length)}`,
          `${live}<your key, ${format.length} characters>`,
        ];
        for (const text of near) expect([text, scan(api, text)]).toEqual([text, []]);
      });

      it("are in no long random text, with prefixes and without", () => {
        const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/=-_. \n";
        let text = "";
        for (let i = 0; i < 60_000; i++) text += alphabet[random.integer(alphabet.length)];
        expect(scan(api, text)).toEqual([]);
        // Prefixes without keys: what follows is too short, or goes on.
        const words = Array.from({ length: 600 }, (_, i) => {
          const from = i * 90;
          const body = text.slice(from, from + 90).replaceAll(/[^0-9a-z]/g, "");
          const isShort = i % 2 === 0;
          return format.prefixes.live + (isShort ? body.slice(0, 20) : `${body}${body}${body}`);
        });
        expect(scan(api, words.join(" "))).toEqual([]);
      });
    },
  );
});

describe("what only the scanners with entropy know", () => {
  const [format] = FORMATS;
  it("is that one character again and again is a placeholder", () => {
    const api = apiWith(format as KeyFormat);
    for (const body of ["0".repeat(32), "f".repeat(31).concat("e")]) {
      expect(gitleaksHits(gitleaksRules(api), `k = mtv_live_${body}`)).toEqual([]);
      expect(trufflehogHits(trufflehogDetectors(api), `k = mtv_live_${body}`)).toEqual([]);
    }
  });
});

describe("a checksum", () => {
  const [, , format] = FORMATS as readonly [KeyFormat, KeyFormat, KeyFormat];
  it("is checked as far as an expression can: eleven twelfths of what is invented are no hits", () => {
    const api = apiWith(format);
    const random = seededRandom(11);
    const invented = Array.from({ length: 2_000 }, () => {
      const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
      return `acme_${Array.from({ length: 38 }, () => letters[random.integer(62)]).join("")}`;
    });
    for (const [, scan] of SCANNERS) {
      const { length } = scan(api, invented.join("\n"));
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThan(2_000 / 10);
    }
  });

  it("is described to people, and no place in the kit has a whole key", () => {
    const api = apiWith(format);
    for (const { text } of leakKit(api)) {
      expect(text).toContain("CRC-32");
      for (const [, scan] of SCANNERS) expect(scan(api, text)).toEqual([]);
    }
  });
});

describe("two APIs", () => {
  it("of which one's prefix ends as the other's are told apart", () => {
    const [mine, theirs] = ["v_live_", "mtv_live_"].map((live) =>
      apiWith({ prefixes: { live }, alphabet: "hex", length: 32, places }),
    ) as [AnyApi, AnyApi];
    const key = mintKey(theirs.wire.key, "live", seededRandom(3));
    for (const [, scan] of SCANNERS) {
      expect(scan(mine, `key=${key}`)).toEqual([]);
      expect(scan(theirs, `key=${key}`)).toHaveLength(1);
    }
  });
});

describe("a title", () => {
  it("of any characters breaks no file", () => {
    const title = "A \"b\" ''' c: # \\ \n- d\u007f `e`";
    const api = apiWith(FORMATS[0] as KeyFormat, title);
    const key = mintKey(api.wire.key, "live", seededRandom(5));
    for (const [, scan] of SCANNERS) expect(scan(api, key)).toHaveLength(1);
  });
});
