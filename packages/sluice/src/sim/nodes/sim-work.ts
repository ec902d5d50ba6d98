// What callers come to have done: it takes its time, fails now and then, and says whose it was and which.

import type { Random } from "../../base/index.ts";
import { refuse } from "../../contract/index.ts";
import type { Upstream, Work } from "../../gate/index.ts";
import type { PartFault } from "../network/fault-board.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { drawDelay } from "../run/sim-world.ts";
import type { Process } from "../run/watcher.ts";
import { CALL_HEADER } from "../subject/call-name.ts";
import type { Callee } from "../subject/subject.ts";

/** What a gateway says where nobody listens. */
const COME_BACK_MS = 1_000;

export function simWork(
  world: SimWorld,
  host: Process,
  sleep: (ms: number) => Promise<void>,
): Upstream {
  const random = world.random(`work of ${host.name}`);
  const { callees } = world.subject;
  return {
    async run(work) {
      const { operation, requestId, caller } = work;
      const callee = callees[operation] as Callee;
      const fault = world.faults.on("upstream", host.node);
      if (fault?.kind === "refused") {
        return refuse("unavailable", { retryAfterMs: COME_BACK_MS, by: "upstream" });
      }
      const call = callOf(work);
      world.moments.ran(host, requestId, caller.accountId, call);
      await sleep(timeOf(callee, world, random));
      if (fault !== undefined) await suffer(fault, world, random, sleep);
      const fails = random.integer(100) < world.scenario.work.failPercent;
      if (fails && !world.faults.areOver) throw new Error("the work failed");
      return callee.answer(call, caller.accountId, random);
    },
    quote: ({ operation }) => (callees[operation] as Callee).quotedCredits,
  };
}

async function suffer(
  fault: PartFault,
  world: SimWorld,
  random: Random,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  switch (fault.kind) {
    case "slow":
      return sleep(fault.moreMs * (random.float() + random.float()));
    case "hung":
      return sleep(Math.max(1, world.faults.endOf(fault) - world.nowMs));
    case "mute":
      return new Promise(() => undefined);
    case "failing":
      if (random.integer(100) < fault.percent) throw new Error("the work failed");
      return;
    case "refused":
  }
}

function callOf(work: Work): string {
  for (const [name, value] of work.headers()) if (name === CALL_HEADER) return value;
  return "";
}

function timeOf({ hasSlot }: Callee, { scenario }: SimWorld, random: Random): number {
  const { tookMs, longPercent, longMs } = scenario.work;
  const isLong = hasSlot && random.integer(100) < longPercent;
  return isLong ? random.float() * longMs : Math.min(50_000, drawDelay(tookMs, random));
}
