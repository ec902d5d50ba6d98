// Which process serves a configuration, so that another one can tell it to read it anew.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartError } from "../start-error.ts";

function pathFor(configFile: string): string {
  return join(dirname(configFile), ".sluice", "serve.pid");
}

/** Answers how to take it away again. */
export function writePid(configFile: string): () => void {
  const path = pathFor(configFile);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${process.pid}\n`);
  return () => rmSync(path, { force: true });
}

/** Signals the process that serves this configuration; answers its pid. */
export function signalServing(configFile: string, signal: NodeJS.Signals): number {
  const path = pathFor(configFile);
  const pid = Number(readText(path));
  try {
    if (!Number.isSafeInteger(pid) || pid <= 0) throw new Error("no pid");
    process.kill(pid, signal);
    return pid;
  } catch {
    throw new StartError(`Nobody serves ${configFile}: start it with "sluice serve".`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
