// Builds the console's pages where something that they are made of is newer than they are: about a second, and nothing otherwise.

import { globSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mustRun, root } from "./run.ts";

const sources = [
  "packages/console/{*.html,*.ts,package.json}",
  "packages/console/src/**/*",
  // What the browser gets of them: contracts and the client.
  "packages/sluice/src/{base,contract,client}/**/*.ts",
  "packages/gateway/src/{admin/contract,portal/contract}/**/*.ts",
];

export function buildConsole(): void {
  const made = timeOf(`${root}packages/console/dist/console.html`);
  const isOld = sources
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .some((path) => timeOf(root + path) > made);
  if (isOld) mustRun("vite", ["build", "--logLevel", "warn"], `${root}packages/console`);
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildConsole();
