// One client under load, as a process on a core of its own choosing: told when to call, and for how long.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BenchError } from "../machine.ts";
import { killTree, spawnPinned } from "../pinned.ts";
import { cpuSecondsOf } from "../process-tree.ts";

const FILE = fileURLToPath(new URL("../../callers/caller.ts", import.meta.url));

export interface Reading {
  readonly calls: number;
  readonly cpuSeconds: number;
  readonly seconds: number;
}

export interface CallerProcess {
  callFor(ms: number): Promise<Reading>;
  stop(): Promise<void>;
}

/** @param name of `callers.ts` */
export async function startCaller(
  name: string,
  core: number,
  origin: string,
): Promise<CallerProcess> {
  const args = ["--conditions=sluice-source", FILE];
  const pinned = spawnPinned(core, process.execPath, args, {
    NODE_ENV: "production",
    BENCH_CALLER: name,
    BENCH_ORIGIN: origin,
  });
  pinned.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout, stdin } = pinned.child;
  if (stdout === null || stdin === null) throw new Error("the pipes are missing");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const line = async (pattern: RegExp) => {
    const { value = "", done } = await lines.next();
    const found = pattern.exec(value);
    if (done || found === null) throw new BenchError(`the caller "${name}" ended: ${value}`);
    return found[1] ?? "";
  };
  await line(/^(ready)$/);
  return {
    async callFor(ms) {
      const [cpuBefore, beganMs] = [cpuSecondsOf(pinned.pid), performance.now()];
      stdin.write(`${ms}\n`);
      const calls = Number(await line(/^answered (\d+)$/));
      const seconds = (performance.now() - beganMs) / 1_000;
      return { calls, seconds, cpuSeconds: cpuSecondsOf(pinned.pid) - cpuBefore };
    },
    async stop() {
      killTree(pinned);
      await pinned.exited;
    },
  };
}
