// Runs wrk against one local server and reads its report: how many answers, how slow, how many bad.

import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { BenchError } from "./machine.ts";
import { spawnPinned } from "./pinned.ts";

export interface Load {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** JSON to post. Absent: a GET. */
  readonly body?: string;
  /** In place of a body: so many bytes of no meaning. */
  readonly bodyBytes?: number;
  /** How long each connection waits before it asks again, on average. @default not at all */
  readonly thinkMilliseconds?: number;
}

const SCRIPT = fileURLToPath(new URL("load.lua", import.meta.url));

export interface WrkReport {
  readonly requests: number;
  /** Answers outside 2xx and 3xx, and connections that failed or timed out. */
  readonly errors: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

export async function runWrk(
  origin: string,
  load: Load,
  seconds: number,
  core: number,
): Promise<WrkReport> {
  const headers = Object.entries(load.headers).flatMap(([name, value]) => [
    "-H",
    `${name}: ${value}`,
  ]);
  // Late on a full core is not broken.
  const patience = ["--timeout", "10s"];
  const size = ["-t1", `-c${load.connections}`, `-d${seconds}s`, "--latency", ...patience];
  const env = scriptEnv(load);
  const script = Object.keys(env).length === 0 ? [] : ["-s", SCRIPT];
  const args = [...size, ...script, ...headers, origin + load.path];
  const wrk = spawnPinned(core, "wrk", args, env);
  const [output, complaint, code] = await Promise.all([
    wrk.child.stdout ? text(wrk.child.stdout) : "",
    wrk.child.stderr ? text(wrk.child.stderr) : "",
    wrk.exited,
  ]);
  if (code !== 0) throw new BenchError(`wrk failed on ${origin}: ${complaint || output}`);
  return parseReport(output);
}

function scriptEnv({ body, bodyBytes, thinkMilliseconds }: Load): Record<string, string> {
  return {
    ...(body !== undefined && { BENCH_BODY: body }),
    ...(bodyBytes !== undefined && { BENCH_BODY_BYTES: String(bodyBytes) }),
    ...(thinkMilliseconds !== undefined && { BENCH_THINK_MS: String(thinkMilliseconds) }),
  };
}

export function parseReport(output: string): WrkReport {
  const requests = /(\d+) requests in /.exec(output)?.[1];
  if (requests === undefined) throw new BenchError(`wrk printed no summary:\n${output}`);
  const refused = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1];
  const broken = /Socket errors: (.*)/.exec(output)?.[1]?.match(/\d+/g) ?? [];
  return {
    requests: Number(requests),
    errors: [refused ?? "0", ...broken].reduce((sum, count) => sum + Number(count), 0),
    p50Milliseconds: percentile(output, 50),
    p99Milliseconds: percentile(output, 99),
  };
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, m: 60_000 };

function percentile(output: string, rank: number): number {
  const found = new RegExp(`^\\s+${rank}%\\s+([\\d.]+)(us|ms|s|m)$`, "m").exec(output);
  return Number(found?.[1]) * (UNITS[found?.[2] ?? ""] ?? Number.NaN);
}
