// Files of rules read and used as the scanners that they are for do it: same syntax, same expressions (RE2), same order of
// checks. The scanners themselves are programs in Go: gitleaks is run as well, where somebody waits for it (gitleaks.ts);
// trufflehog is in no registry of ours.

import { RE2JS } from "re2js";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

export interface Hit {
  /** Id of the rule, name of the detector. */
  readonly by: string;
  readonly secret: string;
}

interface GitleaksRule {
  readonly id: string;
  readonly description: string;
  readonly regex: string;
  readonly secretGroup: number;
  readonly entropy: number;
  readonly keywords: readonly string[];
}

/** gitleaks 8: a keyword anywhere in the lower-case text, then the expression, then the entropy of the secret. */
export function gitleaksHits(toml: string, text: string): readonly Hit[] {
  const { rules } = parseToml(toml) as unknown as { readonly rules: readonly GitleaksRule[] };
  const lower = text.toLowerCase();
  return rules
    .filter(({ keywords }) => keywords.some((keyword) => lower.includes(keyword)))
    .flatMap(({ id, regex, secretGroup, entropy }) =>
      groupsOf(regex, text, secretGroup)
        .filter((secret) => entropyOf(secret) > entropy)
        .map((secret) => ({ by: id, secret })),
    );
}

interface Detector {
  readonly name: string;
  readonly keywords: readonly string[];
  readonly regex: Readonly<Record<string, string>>;
  readonly entropy: number;
}

/** trufflehog 3: likewise; keywords in either case, of one expression each match, and what its group has is the secret. */
export function trufflehogHits(yaml: string, text: string): readonly Hit[] {
  const { detectors } = parseYaml(yaml) as { readonly detectors: readonly Detector[] };
  const lower = text.toLowerCase();
  return detectors
    .filter(({ keywords }) => keywords.some((word) => lower.includes(word.toLowerCase())))
    .flatMap(({ name, regex, entropy }) =>
      Object.values(regex)
        .flatMap((one) => groupsOf(one, text, 1))
        .filter((secret) => entropyOf(secret) >= entropy)
        .map((secret) => ({ by: name, secret })),
    );
}

/**
 * A page for GitHub: the three fields of each pattern. The documents say what must stand before and behind a secret, and not
 * whether two secrets may share what stands between them: here they may.
 */
export function githubHits(page: string, text: string): readonly Hit[] {
  const section =
    /^## `(\w+)`$[\s\S]*?^Secret format:\s+```text\n(.*)\n```\s+^Before secret:\s+```text\n(.*)\n```\s+^After secret:\s+```text\n(.*)\n```/gm;
  return [...page.matchAll(section)].flatMap(
    ([, by = "", secret = "", before = "", after = ""]) => {
      const matcher = RE2JS.compile(`(?:${before})(${secret})(?:${after})`).matcher(text);
      const hits: Hit[] = [];
      let from = 0;
      while (matcher.find(from)) {
        hits.push({ by, secret: matcher.group(1) ?? "" });
        from = matcher.end(1);
      }
      return hits;
    },
  );
}

/** As `FindAllStringSubmatch` of Go: from left to right, none over another. */
function groupsOf(expression: string, text: string, group: number): readonly string[] {
  const matcher = RE2JS.compile(expression).matcher(text);
  const found: string[] = [];
  while (matcher.find()) found.push(matcher.group(group) ?? "");
  return found;
}

/** Shannon's, in bits a character, as both scanners count it. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
