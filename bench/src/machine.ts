// What the paired method needs from the machine, checked before anything starts: Linux, taskset,
// wrk and two cores. Each thing that is missing gives one sentence saying what to do.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

/** The servers share one core; the load that drives them has the other. */
export interface Cores {
  readonly server: number;
  readonly load: number;
}

/** A fault of the set-up or of a contender, told to the person at the terminal without a stack. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}

/** What is no fault of the set-up or of a contender is ours, and told with its stack. */
export function whyOf(error: unknown): string {
  if (!(error instanceof BenchError)) console.error(error);
  return error instanceof Error ? error.message : String(error);
}

/** Answers which two cores to use, normally 0 and 1, or throws a BenchError. */
export function requireMachine(): Cores {
  if (process.platform !== "linux") {
    throw new BenchError("The paired method reads /proc and pins to cores: it runs on Linux only.");
  }
  requireCommand("taskset", ["--version"], "apt-get install util-linux");
  requireCommand("wrk", ["-v"], "apt-get install wrk");
  const [server, load] = allowedCores(readFileSync("/proc/self/status", "utf8"));
  if (server === undefined || load === undefined) {
    throw new BenchError(
      "The paired method needs two CPU cores, one for the servers and one for the load; " +
        "this process may use only one (see nproc).",
    );
  }
  return { server, load };
}

/** One line that says where a table was measured. */
export function describeMachine(cores: Cores): string {
  const model = cpus()[0]?.model.trim() ?? "unknown CPU";
  return `Node ${process.version}, ${model}, servers on core ${cores.server}, wrk on ${cores.load}`;
}

function requireCommand(command: string, probe: string[], remedy: string): void {
  const { error } = spawnSync(command, probe, { stdio: "ignore" });
  if (error) throw new BenchError(`${command} is missing. Install it: ${remedy}`);
}

/** The cores of a line such as `Cpus_allowed_list: 0-3,8`. */
function allowedCores(status: string): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? "";
  return list.split(",").flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
