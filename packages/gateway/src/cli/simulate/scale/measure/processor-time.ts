// How much processor time servers have used: a Redis by what it says, a PostgreSQL by its processes on this machine.

import { readdirSync, readFileSync } from "node:fs";
import type { Redis } from "ioredis";
import type { Pool } from "pg";
import { StartError } from "../../../../start-error.ts";

const TICK_US = 10_000;

export async function redisUs(redis: Redis): Promise<number> {
  const said = await redis.info("cpu");
  const seconds = ["used_cpu_sys", "used_cpu_user"].map((name) =>
    Number(new RegExp(`${name}:([\\d.]+)`).exec(said)?.[1]),
  );
  return seconds.reduce((sum, one) => sum + one, 0) * 1e6;
}

/** Of all its processes: backends, and those that write for them. To a hundredth of a second. */
export async function postgresUs(pool: Pool): Promise<number> {
  const { rows } = await pool.query("SELECT pg_backend_pid() AS pid");
  const backend = statOf(Number(rows[0]?.pid));
  if (backend === undefined) {
    throw new StartError(
      "--database-url is on another machine, or not on Linux: measure on the machine of the database.",
    );
  }
  let ticks = 0;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const process = statOf(Number(name));
    if (process?.parent === backend.parent) ticks += process.ticks;
  }
  return ticks * TICK_US;
}

/** See proc_pid_stat(5): the name is in brackets, and may hold anything. */
function statOf(pid: number): { readonly parent: number; readonly ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
