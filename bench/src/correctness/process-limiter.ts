/** A limiter in a process of its own, with a wall clock of its own: the parent's side. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Contender, Limiter, Rate, Servers, Verdict } from "./contender.ts";

export interface Task {
  readonly contender: string;
  readonly rate: Rate;
  readonly servers: Servers;
  /** How far its wall clock is ahead. */
  readonly skewMs: number;
}

export type Question = { readonly id: number; readonly key: string; readonly cost: number };
export type Reply = { readonly id: number; readonly verdict: Verdict };

const PROGRAM = fileURLToPath(new URL("limiter-process.ts", import.meta.url));

export async function startLimiterProcess(
  { name }: Contender,
  rate: Rate,
  { redisPort, upstashUrl, postgres }: Servers,
  skewMs: number,
): Promise<Limiter> {
  const servers: Servers = {
    ...(redisPort !== undefined && { redisPort }),
    ...(upstashUrl !== undefined && { upstashUrl }),
    ...(postgres !== undefined && { postgres }),
  };
  const child = fork(PROGRAM, { execArgv: ["--conditions=sluice-source"] });
  const killAtExit = () => child.kill("SIGKILL");
  process.once("exit", killAtExit);
  child.send({ contender: name, rate, servers, skewMs } satisfies Task);
  const [ready] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (ready !== "ready") throw new Error(`the process of ${name} ended with ${String(ready)}`);
  const waiting = new Map<number, (verdict: Verdict) => void>();
  child.on("message", ({ id, verdict }: Reply) => {
    waiting.get(id)?.(verdict);
    waiting.delete(id);
  });
  let asked = 0;
  return {
    ask: (key, cost = 1) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve);
        child.send({ id: asked, key, cost } satisfies Question);
      }),
    async close() {
      process.off("exit", killAtExit);
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
