// Runs one benchmark as a process of its own, and reads what it has recorded, however it ended.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Recorded } from "../results/recorder.ts";
import type { Part } from "./parts.ts";

export interface PartRun {
  readonly part: Pick<Part, "id" | "file" | "args" | "nodeArgs">;
  /** More of its flags. */
  readonly more: readonly string[];
  /** For what it records, until it is read. */
  readonly scratch: string;
  /** Ends it before its end. */
  readonly signal: AbortSignal;
}

const SOURCES = fileURLToPath(new URL("../", import.meta.url));

/** Tables and progress go to the terminal. Never rejects: a benchmark that fails is a result, too. */
export async function runPart({ part, more, scratch, signal }: PartRun): Promise<Recorded> {
  const file = join(scratch, `${part.id}.json`);
  rmSync(file, { force: true });
  const { nodeArgs = [], args } = part;
  const program = [...nodeArgs, "--conditions=sluice-source", resolve(SOURCES, part.file)];
  const child = spawn(process.execPath, [...program, ...args, ...more, "--record", file], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  // It kills what it has started when it is told to end.
  const end = () => child.kill("SIGTERM");
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  const how = await ended(child);
  signal.removeEventListener("abort", end);
  const recorded = readRecorded(file);
  if (how === undefined) return recorded;
  return { ...recorded, fault: recorded.fault ?? how };
}

/** How it failed; undefined where it did not. */
function ended(child: ChildProcess): Promise<string | undefined> {
  return new Promise((settle) => {
    child.once("error", ({ message }) => settle(`it did not start: ${message}`));
    child.once("close", (code, signal) => {
      settle(code === 0 ? undefined : `it ended with ${signal ?? `code ${code}`}`);
    });
  });
}

function readRecorded(file: string): Recorded {
  if (!existsSync(file)) return { tables: [] };
  return JSON.parse(readFileSync(file, "utf8")) as Recorded;
}
