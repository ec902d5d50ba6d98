// Starts processes pinned to a core and makes sure that none outlives the harness: whatever ends it
// (the end, an error, Ctrl-C), everything started here is killed, by pid and nothing else.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { exitOnSignal } from "./exit-on-signal.ts";
import { treeOf } from "./process-tree.ts";

export interface Pinned {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Resolves with the exit code, or null when a signal ended the process. */
  readonly exited: Promise<number | null>;
}

const running = new Set<Pinned>();

/** taskset replaces itself by the command, so the pid is that of the command. */
export function spawnPinned(
  core: number,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Pinned {
  const child = spawn("taskset", ["-c", String(core), command, ...args], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error("taskset did not start");
  const exited = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      running.delete(pinned);
      resolve(code);
    });
  });
  const pinned = { child, pid: child.pid, exited };
  running.add(pinned);
  return pinned;
}

/** Moves this process, and what it starts from now on, to these cores. */
export function keepTo(...cores: readonly number[]): void {
  spawnSync("taskset", ["-a", "-p", "-c", cores.join(","), String(process.pid)]);
}

/** Kills the process and its descendants; harmless when it has already ended. */
export function killTree(pinned: Pinned): void {
  if (!running.has(pinned)) return;
  // Parents first: a master replaces a worker that dies.
  for (const pid of treeOf(pinned.pid)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended between the look and the kill.
    }
  }
}

process.once("exit", () => {
  for (const pinned of running) killTree(pinned);
});
exitOnSignal();
