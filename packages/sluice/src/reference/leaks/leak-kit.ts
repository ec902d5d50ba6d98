/** The leak-response kit of an API: for each scanner a file that knows its keys. */
import type { AnyApi } from "../../contract/index.ts";
import { githubPatterns } from "./github.ts";
import { gitleaksRules } from "./gitleaks.ts";
import { trufflehogDetectors } from "./trufflehog.ts";

export interface LeakKitFile {
  readonly name: "github-secret-scanning.md" | "gitleaks.toml" | "trufflehog.yaml";
  readonly text: string;
}

/** @example for (const { name, text } of leakKit(api)) writeFileSync(name, text); */
export function leakKit(api: AnyApi): readonly LeakKitFile[] {
  return [
    { name: "github-secret-scanning.md", text: githubPatterns(api) },
    { name: "gitleaks.toml", text: gitleaksRules(api) },
    { name: "trufflehog.yaml", text: trufflehogDetectors(api) },
  ];
}
