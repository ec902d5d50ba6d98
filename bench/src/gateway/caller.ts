// A process that holds many connections to a proxy, on the load's core: told by lines what to do, heard by lines.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BenchError } from "../machine.ts";
import { killTree, spawnPinned } from "../pinned.ts";
import type { ServerProcess } from "../server-process.ts";

export interface Caller {
  /** The line that answers a command, as JSON. */
  ask<T>(command: string): Promise<T>;
  stop(): Promise<void>;
}

/** @param file of bench/callers */
export function startCaller(
  file: string,
  core: number,
  { origin }: ServerProcess,
  key: string,
): Caller {
  const path = fileURLToPath(new URL(`../../callers/${file}`, import.meta.url));
  const pinned = spawnPinned(core, process.execPath, ["--conditions=sluice-source", path], {
    BENCH_PORT: new URL(origin).port,
    BENCH_KEY: key,
  });
  pinned.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout, stdin } = pinned.child;
  if (stdout === null || stdin === null) throw new Error("the pipes are missing");
  stdin.on("error", () => undefined);
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async ask(command) {
      stdin.write(`${command}\n`);
      const { value, done } = await lines.next();
      if (done) throw new BenchError(`${file} ended before it answered "${command}"`);
      return JSON.parse(value);
    },
    async stop() {
      killTree(pinned);
      await pinned.exited;
    },
  };
}
