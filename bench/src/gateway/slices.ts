// Two proxies under one load in the same seconds, slice after slice in the same two processes.

import { BenchError } from "../machine.ts";
import type { ServerProcess } from "../server-process.ts";
import { type Load, runWrk, type WrkReport } from "../wrk.ts";

export interface LoadedSlice {
  readonly cpuSeconds: number;
  readonly report: WrkReport;
}

/** One bad answer makes it worthless. */
export async function loadFor(
  name: string,
  server: ServerProcess,
  load: Load,
  seconds: number,
  core: number,
): Promise<LoadedSlice> {
  const cpuBefore = server.cpuSeconds();
  const report = await runWrk(server.origin, load, seconds, core);
  const { requests, errors } = report;
  if (errors > 0) {
    throw new BenchError(`${name}: ${errors} bad answers or broken connections of ${requests}`);
  }
  return { cpuSeconds: server.cpuSeconds() - cpuBefore, report };
}
