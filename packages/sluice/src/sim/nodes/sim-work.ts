// What callers come to have done: it takes its time, fails now and then, and says whose it was and which.

import type { Random } from "../../base/index.ts";
import { reply, type Upstream } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { drawDelay } from "../run/sim-world.ts";
import type { Process } from "../run/watcher.ts";
import type { JobShop } from "./job-shop.ts";
import { ASK_CREDITS } from "./sim-api.ts";
import { story } from "./story.ts";

/** Parameters of the query: which call it is, and which job it asks for. */
export const NONCE = "n";
export const JOB = "job";

export function simWork(
  world: SimWorld,
  host: Process,
  shop: JobShop,
  sleep: (ms: number) => Promise<void>,
): Upstream {
  const random = world.random(`work of ${host.name}`);
  return {
    async run({ operation, search, requestId, caller }) {
      world.moments.ran(host, requestId, caller.accountId);
      await sleep(timeOf(operation, world, random));
      const drawn = random.integer(100) < world.scenario.work.failPercent;
      const fails = drawn && !world.faults.areOver;
      if (fails && operation !== "tell") throw new Error("the work failed");
      const asked = new URLSearchParams(search);
      const said = { nonce: asked.get(NONCE) ?? "", account: caller.accountId };
      if (operation === "tell") return story(world, random, { requestId, said, fails, sleep });
      if (operation === "build") {
        shop.begin(requestId, caller.accountId);
        return reply({ ...said, job: requestId }, 202);
      }
      const job = shop.stateOf(asked.get(JOB) ?? "");
      const cost = operation === "ask" ? 1 + random.integer(ASK_CREDITS) : 0;
      return reply({ ...said, cost, ...(job && { job }) });
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
