// What callers come to have done: it takes its time, fails now and then, and says whose it was and which.

import type { Random } from "../../base/index.ts";
import { reply, type Upstream } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { drawDelay } from "../run/sim-world.ts";
import type { Process } from "../run/watcher.ts";
import { ASK_CREDITS } from "./sim-api.ts";

/** The query's one parameter. */
export const NONCE = "n";

export function simWork(
  world: SimWorld,
  host: Process,
  sleep: (ms: number) => Promise<void>,
): Upstream {
  const random = world.random(`work of ${host.name}`);
  return {
    async run({ operation, search, requestId, caller }) {
      world.moments.ran(host, requestId, caller.accountId);
      await sleep(timeOf(operation, world, random));
      const fails = random.integer(100) < world.scenario.work.failPercent;
      if (fails && !world.faults.areOver) throw new Error("the work failed");
      const nonce = new URLSearchParams(search).get(NONCE) ?? "";
      const cost = operation === "ask" ? 1 + random.integer(ASK_CREDITS) : 0;
      return reply({ nonce, account: caller.accountId, cost });
    },
    quote() {
      throw new Error("nothing here has a quote");
    },
  };
}

function timeOf(operation: string, { scenario }: SimWorld, random: Random): number {
  const { tookMs, longPercent, longMs } = scenario.work;
  const isLong = operation === "make" && random.integer(100) < longPercent;
  return isLong ? random.float() * longMs : Math.min(50_000, drawDelay(tookMs, random));
}
