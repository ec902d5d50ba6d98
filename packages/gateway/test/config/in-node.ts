// Runs a few lines in Node itself, whose modules behave otherwise than those of the test runner.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const index = new URL("../../src/config/index.ts", import.meta.url).href;
const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What the lines printed. They have the module of configurations as `config`. */
export function inNode(lines: string): unknown {
  const imports = [...lines.matchAll(/^\s*import .*$/gm)].map(([line]) => line).join("\n");
  const code = `${imports}
    import * as config from ${JSON.stringify(index)};
    const print = (value) => process.stdout.write(JSON.stringify(value));
    ${lines.replaceAll(/^\s*import .*$/gm, "")}`;
  const options = ["--conditions=sluice-source", "--input-type=module", "--eval", code];
  return JSON.parse(execFileSync(process.execPath, options, { cwd: root, encoding: "utf8" }));
}
