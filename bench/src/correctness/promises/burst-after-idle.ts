/** Whoever used all that was his and then rested gets all of it again, and no more. */
import { burst, using } from "../asking.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";

export const burstAfterIdle: Row = {
  name: "burst after idle",
  asked: "After a window of silence the whole limit is there again; silence saves nothing up.",
  trace:
    "10 calls at once, silence for a little over a window, then 30 at once; and 30 more after three windows of silence.",
  note: "An approximate sliding window still counts what it thinks was in the last window: documented by its makers.",
  judge: (contender, stage) =>
    using(contender.open(stage.rate, stage.servers), async (limiter) => {
      const { limit, windowMs } = stage.rate;
      await stage.windowBegins();
      await burst(stage, limiter, "idle", limit);
      await stage.sleep(windowMs * 1.05);
      const second = await burst(stage, limiter, "idle", 3 * limit);
      await stage.sleep(windowMs * 3.05);
      const third = await burst(stage, limiter, "idle", 3 * limit);
      return finding(second === limit && third === limit, `${second}, then ${third} of 30 passed`);
    }),
};
