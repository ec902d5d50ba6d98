/** Rules for gitleaks 8, beside its own: TOML, with expressions of Go (github.com/gitleaks/gitleaks, "Configuration"). */
import type { AnyApi } from "../../contract/index.ts";
import { checksumWords, type KeyPattern, keyPatterns, titleOf } from "./key-pattern.ts";

export function gitleaksRules(api: AnyApi): string {
  const title = titleOf(api);
  const checksum = checksumWords(api);
  return `# Finds keys of ${title}: gitleaks dir . --config gitleaks.toml
# Beside the rules that gitleaks brings; without [extend] it would know these only.
${checksum === undefined ? "" : `# ${checksum}\n# Of that, gitleaks checks what an expression can.\n`}
title = ${text(`Keys of ${title}`)}

[extend]
useDefault = true
${keyPatterns(api)
  .map((pattern) => rule(title, pattern))
  .join("")}`;
}

function rule(title: string, pattern: KeyPattern): string {
  return `
[[rules]]
id = ${text(pattern.type.replaceAll("_", "-"))}
description = ${text(`A ${pattern.environment} key of ${title}: revoke it, then look how it got here.`)}
regex = '''${pattern.whole}'''
secretGroup = 1
entropy = ${pattern.entropyMin}
keywords = [${text(pattern.prefix.toLowerCase())}]
tags = ["key", ${text(pattern.environment)}]
`;
}

/** A basic string of TOML has the escapes of JSON. */
function text(value: string): string {
  return JSON.stringify(value);
}
