// The answer of `tell` on its way from the work to the gate: events that come one by one, each with what it has cost until then.

import type { Random } from "../../base/index.ts";
import { writeEvent } from "../../contract/index.ts";
import type { WorkDone } from "../../gate/index.ts";
import type { SimWorld } from "../run/sim-world.ts";
import { SHOWN } from "../subject/call-name.ts";
import { LAST_EVENT, TELL_CREDITS } from "./sim-api.ts";

const HEADERS: readonly string[] = ["Content-Type", "text/event-stream"];
const EVENTS_MAX = 6;
const PAUSE_MS_MAX = 400;

export interface Story {
  readonly requestId: string;
  /** Whose it is, and which. */
  readonly said: { readonly call: string; readonly account: string };
  /** Breaks off behind its first event. */
  readonly fails: boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

export function story(world: SimWorld, random: Random, plan: Story): WorkDone {
  const { requestId, said, fails, sleep } = plan;
  const count = 1 + random.integer(EVENTS_MAX);
  const pauseMs = random.float() * PAUSE_MS_MAX;
  let at = 0;
  let cost = 0;
  let isOver = false;
  return {
    status: 200,
    headers: HEADERS,
    body: {
      async next() {
        await sleep(pauseMs);
        if (isOver || at === count) return undefined;
        if (fails && at > 0) throw new Error("the work failed");
        cost = Math.min(TELL_CREDITS, cost + random.integer(4));
        const isLast = ++at === count;
        world.moments.streamed(requestId, cost, isLast);
        return writeEvent(isLast ? LAST_EVENT : "part", JSON.stringify({ [SHOWN]: said, cost }));
      },
      cancel() {
        isOver = true;
      },
    },
  };
}
