/**
 * Custom detectors for trufflehog 3: YAML, with expressions of Go (github.com/trufflesecurity/trufflehog, CUSTOM_DETECTORS.md).
 * One a key: of several expressions in one detector each would have to match.
 */
import type { AnyApi } from "../../contract/index.ts";
import { checksumWords, type KeyPattern, keyPatterns, titleOf } from "./key-pattern.ts";

export function trufflehogDetectors(api: AnyApi): string {
  const checksum = checksumWords(api);
  return `# Finds keys of ${titleOf(api)}: trufflehog filesystem . --config trufflehog.yaml --results=verified,unverified,unknown
# Nothing is verified: that would send what was found to an address. Treat each as real until you know better.
${checksum === undefined ? "" : `# ${checksum}\n# Of that, trufflehog checks what an expression can.\n`}detectors:
${keyPatterns(api).map(detector).join("")}`;
}

function detector({ type, prefix, whole, entropyMin }: KeyPattern): string {
  return `  - name: ${type}
    keywords:
      - ${JSON.stringify(prefix)}
    regex:
      key: '${whole}'
    entropy: ${entropyMin}
`;
}
