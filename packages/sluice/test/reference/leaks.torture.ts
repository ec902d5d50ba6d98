// The rules for gitleaks, read by gitleaks itself: it finds what our reading of its rules finds, and nothing else.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitleaksFindings } from "@sluice-internal/reference-checks/gitleaks";
import { gitleaksHits } from "@sluice-internal/reference-checks/leak-scanners";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { type Environment, type KeyFormat, mintKey } from "../../src/contract/index.ts";
import { gitleaksRules } from "../../src/reference/index.ts";
import { AROUND, apiWith, FORMATS } from "./fixtures/leaked.ts";

const home = mkdtempSync(join(tmpdir(), "sluice-leaks-"));
afterAll(() => rmSync(home, { recursive: true }));

/** Files by name, and the keys that each of them gives away. */
function filesFor(format: KeyFormat) {
  const random = seededRandom(11);
  const environments = Object.keys(format.prefixes) as Environment[];
  const files: { name: string; text: string; keys: readonly string[] }[] = [];
  for (const environment of environments) {
    const minted = () => mintKey(format, environment, random);
    for (const [place, around] of Object.entries(AROUND)) {
      const key = minted();
      const name = `${environment}-${place.replaceAll(/\W+/g, "-")}.txt`;
      files.push({ name, text: around(key), keys: [key] });
    }
    const many = Array.from({ length: 200 }, minted);
    files.push({ name: `${environment}-many.txt`, text: many.join("\n"), keys: many });
    const [near = ""] = many;
    const nearly = [near.slice(0, -1), `${near}0`, near.toUpperCase(), `${near.slice(0, -4)}....`];
    files.push({ name: `${environment}-nearly.txt`, text: nearly.join("\n"), keys: [] });
  }
  return files;
}

describe.each(FORMATS.map((format, index) => [format.prefixes.live, format, index] as const))(
  "gitleaks, of keys that begin with %s",
  (_prefix, format, index) => {
    it("finds what was left in files, as our reading of its rules does", () => {
      const api = apiWith(format);
      const rules = gitleaksRules(api);
      const [folder, config] = [join(home, `${index}`), join(home, `${index}.toml`)];
      mkdirSync(folder);
      writeFileSync(config, rules);
      const files = filesFor(format);
      for (const { name, text } of files) writeFileSync(join(folder, name), text);
      const found = gitleaksFindings(folder, config);
      const ids = new Set([...rules.matchAll(/^id = "(.+)"$/gm)].map(([, id]) => id));
      for (const { name, text, keys } of files) {
        // What the rules that gitleaks brings take for a secret is none of ours.
        const own = (found[name] ?? []).filter(({ by }) => ids.has(by));
        const secrets = own.map(({ secret }) => secret);
        expect([name, secrets.toSorted()]).toEqual([name, keys.toSorted()]);
        expect(own.map(({ by }) => by).toSorted()).toEqual(
          gitleaksHits(rules, text)
            .map(({ by }) => by)
            .toSorted(),
        );
      }
    });
  },
);
