// What happens now, as events, to whoever asks.

import { refuse, refuseDomain } from "sluice";
import { replyEvents } from "sluice/gate";
import { liveMsMax } from "../contract/server.ts";
import type { Desk } from "../desk/desk.ts";
import type { AdminHandlers } from "./answer.ts";

const comeBackMs = 5_000;

export function liveHandlers({ live }: Desk): Pick<AdminHandlers, "watchLive"> {
  return {
    watchLive(_, { signal }) {
      if (live === undefined) return refuseDomain("not_serving");
      const events = live.watch(liveMsMax, signal);
      if (events === undefined) return refuse("unavailable", { retryAfterMs: comeBackMs });
      return replyEvents(events);
    },
  };
}
