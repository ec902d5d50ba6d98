// Runs one of the repository's own commands, with the programs of its dev dependencies.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root: string = fileURLToPath(new URL("../", import.meta.url));

/** How a command ended. */
export interface Finished {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a command to its end, from the repository's folder unless told otherwise. */
export function run(command: string, args: readonly string[], cwd: string = root): Finished {
  const path = `${root}node_modules/.bin:${process.env["PATH"] ?? ""}`;
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, PATH: path, NO_COLOR: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = [stdout, stderr, error?.message].filter(Boolean).join("\n").trim();
  return { ok: status === 0, output };
}

/** Runs a command that must succeed; throws with its output when it does not. */
export function mustRun(command: string, args: readonly string[], cwd: string = root): string {
  const { ok, output } = run(command, args, cwd);
  if (!ok) throw new Error(`${command} ${args.join(" ")} failed:\n${output}`);
  return output;
}
