// A program that tests cannot do without: found on the machine, or installed where the machine is ours to install on.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Command {
  /** As it may be called; the first that is found counts. */
  readonly names: readonly string[];
  /** Debian's package that brings it. */
  readonly debianPackage: string;
  /** Where it also lies, beside what `PATH` says. */
  readonly folders?: readonly string[];
}

const INSTALL_MS = 300_000;

/**
 * The whole path of the program.
 * @throws Error that says what to install: a missing server is a failure, never a reason to skip.
 */
export function findCommand(command: Command): string {
  const path = lookFor(command) ?? (installed(command) ? lookFor(command) : undefined);
  if (path !== undefined) return path;
  const { names, debianPackage } = command;
  throw new Error(`no ${names.join(", ")} on PATH: apt-get install -y ${debianPackage}`);
}

function lookFor({ names, folders = [] }: Command): string | undefined {
  const places = [...(process.env["PATH"] ?? "").split(delimiter), ...folders];
  const paths = places.flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}

/** On Debian, as root. */
function installed({ debianPackage }: Command): boolean {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.log(`installing ${debianPackage}, which takes a minute`);
  const options = { stdio: "ignore", timeout: INSTALL_MS } as const;
  spawnSync("apt-get", ["update"], options);
  const asked = ["install", "-y", "--no-install-recommends", debianPackage];
  return spawnSync("apt-get", asked, options).status === 0;
}
