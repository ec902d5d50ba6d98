// Whether packed packages can be found the way that bundlers, runtimes and compilers look: publint, and "Are the types wrong?".

import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/** ES modules alone, found by `exports`: whoever has neither is told so by their own program. */
const passedOver: ReadonlySet<string> = new Set(["node10", "node16-cjs"]);

export async function checkManifests(packed: readonly string[]): Promise<void> {
  for (const file of packed) {
    const bytes = readFileSync(file);
    const problems = [...(await wrongManifest(bytes)), ...(await wrongTypes(bytes))];
    if (problems.length > 0) throw new Error(`${file}:\n${problems.join("\n")}`);
  }
}

async function wrongManifest(bytes: Buffer): Promise<readonly string[]> {
  const tarball = new Uint8Array(bytes).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

async function wrongTypes(bytes: Buffer): Promise<readonly string[]> {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
  if (result.types === false) return [];
  return result.problems.flatMap((problem) =>
    "resolutionKind" in problem && passedOver.has(problem.resolutionKind)
      ? []
      : [`${problem.kind}: ${JSON.stringify(problem)}`],
  );
}
