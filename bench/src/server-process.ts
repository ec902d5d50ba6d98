// One server under test, pinned to a core, with the CPU time and the memory of its process tree: a
// TypeScript file run by this same Node, ready when it prints `listening <port>`, or a program of
// another language, ready when it takes connections.

import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { BenchError } from "./machine.ts";
import { killTree, type Pinned, spawnPinned } from "./pinned.ts";
import { cpuSecondsOf, mainThreadSecondsOf, residentBytesOf } from "./process-tree.ts";

const START_MILLISECONDS = 15_000;
const LOOK_MILLISECONDS = 10;

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
  return whenListening(pinned, file, announcedPort(pinned.child.stdout));
}

/** A program that has been told which port to listen on. */
export async function startProgram(
  command: string,
  args: readonly string[],
  core: number,
  port: number,
): Promise<ServerProcess> {
  const pinned = spawnPinned(core, command, args);
  pinned.child.stdout?.resume();
  return whenListening(pinned, command, accepting(port));
}

async function whenListening(
  pinned: Pinned,
  name: string,
  listening: Promise<number>,
): Promise<ServerProcess> {
  pinned.child.stderr?.pipe(process.stderr, { end: false });
  const stop = async () => {
    killTree(pinned);
    await pinned.exited;
  };

  const port = await Promise.race([
    listening,
    pinned.exited.then((code) => `ended with code ${code}`),
    after(START_MILLISECONDS, `did not listen within ${START_MILLISECONDS} ms`),
  ]);
  if (typeof port === "string") {
    await stop();
    throw new BenchError(`${name} ${port}`);
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

/** Looks until it takes a connection, or for as long as a start may last. */
async function accepting(port: number): Promise<number> {
  for (let left = START_MILLISECONDS / LOOK_MILLISECONDS; left > 0; left--) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return port;
    } catch {
      await sleep(LOOK_MILLISECONDS);
    } finally {
      socket.destroy();
    }
  }
  return new Promise(() => {});
}
