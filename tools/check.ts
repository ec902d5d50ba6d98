// `npm run check`: everything that can be said about a change without trying it out, in under two
// minutes. Prints a line for each step, and the output of those that fail.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { run } from "./run.ts";

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["format and lint", "biome", "ci", "--error-on-warnings", "--colors=off"],
  ["types", "tsc", "--project", "tsconfig.json"],
  ["types of the console", "tsc", "--project", "packages/console/tsconfig.json"],
  // Apart: each page has a router of its own, and links are typed by the only one in sight.
  ["types of the portal", "tsc", "--project", "packages/console/tsconfig.portal.json"],
  ["types of the page", "tsc", "--project", "examples/react-page/tsconfig.json"],
  ["house rules", "vitest", "run", "packages/sluice/test/house-rules"],
  ["build", "node", "tools/build.ts"],
  ["public surface", "node", "tools/surface.ts", "--check"],
  ["built packages", "node", "tools/smoke.ts"],
];

const { values } = parseArgs({ options: { report: { type: "string" } } });

let failed = 0;
for (const [name, command, ...args] of steps) {
  const startMs = performance.now();
  const { ok, output } = run(command, args);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${ok ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (ok) continue;
  failed++;
  console.log(output.replaceAll(/^/gm, "    "));
}

if (values.report !== undefined) {
  const report = { passed: steps.length - failed, failed };
  writeFileSync(values.report, JSON.stringify(report));
}
process.exitCode = failed === 0 ? 0 : 1;
