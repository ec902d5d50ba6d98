// One server under test: a TypeScript file run by this same Node, pinned to a core, ready when it
// prints `listening <port>`, with the CPU time and the memory of its process tree.

import { createInterface } from "node:readline";
import { BenchError } from "./machine.ts";
import { killTree, spawnPinned } from "./pinned.ts";
import { cpuSecondsOf, mainThreadSecondsOf, residentBytesOf } from "./process-tree.ts";

const START_MILLISECONDS = 15_000;

export interface ServerProcess {
  readonly origin: string;
  cpuSeconds(): number;
  /** Without the process's other threads. */
  mainThreadSeconds(): number;
  residentBytes(): number;
  stop(): Promise<void>;
}

export async function startServer(
  file: string,
  core: number,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const args = ["--conditions=sluice-source", file];
  const pinned = spawnPinned(core, process.execPath, args, { NODE_ENV: "production", ...env });
  pinned.child.stderr?.pipe(process.stderr, { end: false });
  const stop = async () => {
    killTree(pinned);
    await pinned.exited;
  };

  const port = await Promise.race([
    announcedPort(pinned.child.stdout),
    pinned.exited.then((code) => `ended with code ${code}`),
    after(START_MILLISECONDS, `said no "listening <port>" in ${START_MILLISECONDS} ms`),
  ]);
  if (typeof port === "string") {
    await stop();
    throw new BenchError(`${file} ${port}`);
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    cpuSeconds: () => cpuSecondsOf(pinned.pid),
    mainThreadSeconds: () => mainThreadSecondsOf(pinned.pid),
    residentBytes: () => residentBytesOf(pinned.pid),
    stop,
  };
}

/** Never settles without the line; the rest of the output is read and dropped. */
function announcedPort(stdout: NodeJS.ReadableStream | null): Promise<number> {
  return new Promise((resolve) => {
    if (stdout === null) return;
    createInterface({ input: stdout }).on("line", (line) => {
      const port = /^listening (\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

/** The signal's timer keeps nothing alive, so the end of the harness need not wait for it. */
function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    AbortSignal.timeout(milliseconds).addEventListener("abort", () => resolve(value));
  });
}
