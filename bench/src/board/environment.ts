// Where something was measured: the machine, how soon its disk keeps a write, and the version of everything that took part.

import { spawnSync } from "node:child_process";
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { cpus, release, tmpdir, totalmem, type } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { REDIS_COMMAND } from "@sluice-internal/test-servers/redis";
import { median } from "../results/cell.ts";

/** Each line by its name, in the order in which it is told. */
export type Environment = Readonly<Record<string, string>>;

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const WRITES = 50;
const WRITE_BYTES = 4_096;

export function readEnvironment(): Environment {
  const [cpu] = cpus();
  return {
    CPU: `${cpu?.model.trim() ?? "unknown"}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `${type()} ${release()}`,
    disk: `${fileSystemOf(tmpdir())}; 4 KiB written and synced in ${durableMs().toFixed(2)} ms (median of ${WRITES})`,
    Node: process.version,
    Sluice: commit(),
    servers: serverVersions(),
    packages: packageVersions(),
  };
}

/** Of temporary files, where the databases are: a figure that is too good is of no disk. */
function durableMs(): number {
  const path = join(tmpdir(), `sluice-bench-sync-${process.pid}`);
  const file = openSync(path, "w");
  try {
    const block = Buffer.alloc(WRITE_BYTES, 1);
    const millis = Array.from({ length: WRITES }, () => {
      const beganMs = performance.now();
      writeSync(file, block);
      fsyncSync(file);
      return performance.now() - beganMs;
    });
    return median(millis);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}

/** The type, and what it lies on. */
function fileSystemOf(folder: string): string {
  const said = output("df", ["--output=fstype,source", folder]).split("\n").at(1);
  return said?.trim().split(/\s+/).join(" on ") || "unknown";
}

/** With a word where what was measured is not what was committed; what this command writes is no change. */
function commit(): string {
  const git = (...args: string[]) => output("git", ["-C", ROOT, ...args]);
  const head = git("log", "-1", "--format=%h of %cs");
  if (head === "") return "not from a repository";
  const own = [":!bench/RESULTS.md", ":!bench/results"];
  return git("status", "--porcelain", "--", ".", ...own) === "" ? head : `${head}, with changes`;
}

function serverVersions(): string {
  const asked: readonly (readonly [name: string, commands: readonly string[], flag: string])[] = [
    ["Redis", REDIS_COMMAND.names, "--version"],
    ["PostgreSQL", ["psql"], "--version"],
    ["nginx", ["nginx"], "-v"],
    ["HAProxy", ["haproxy"], "-v"],
    ["wrk", ["wrk"], "-v"],
  ];
  return asked
    .map(([name, commands, flag]) => {
      const said = commands.map((command) => output(command, [flag])).join("\n");
      return `${name} ${/(\d+\.)+\d+/.exec(said)?.[0] ?? "missing"}`;
    })
    .join(", ");
}

/** What bench/package.json asks for, as it is installed. */
function packageVersions(): string {
  const manifest = readManifest(join(ROOT, "bench"));
  return Object.keys(manifest.devDependencies ?? {})
    .filter((name) => !/^(@types\/|@?sluice)/.test(name))
    .map((name) => `${name} ${readManifest(join(ROOT, "node_modules", name)).version ?? "missing"}`)
    .join(", ");
}

interface Manifest {
  readonly version?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/** Some tell their version on the error stream, and some end badly afterwards. */
function output(command: string, args: readonly string[]): string {
  const { stdout = "", stderr = "", error } = spawnSync(command, args, { encoding: "utf8" });
  return error ? "" : `${stdout}${stderr}`.trim();
}
