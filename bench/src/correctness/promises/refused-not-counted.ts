/** Whoever keeps asking while refused is not worse off for it. */
import { burst, using } from "../asking.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";

const TICKS = 29;
const A_TICK = 5;

export const refusedNotCounted: Row = {
  name: "denied requests counted",
  asked:
    "Refused requests are not counted: a caller who keeps asking gets the whole limit in each window.",
  trace:
    "10 calls at once, then 5 more every tenth of a window for nearly three windows: 10 in each of three windows could pass.",
  note: "Who passes more than 30 here is found out by the first row; this one asks whether somebody gets less.",
  judge: (contender, stage) =>
    using(contender.open(stage.rate, stage.servers), async (limiter) => {
      const { limit, windowMs } = stage.rate;
      await stage.windowBegins();
      const startMs = stage.nowMs();
      let passed = await burst(stage, limiter, "keen", limit);
      for (let tick = 1; tick <= TICKS; tick++) {
        await stage.until(startMs, (tick * 0.1 + 0.04) * windowMs);
        passed += await burst(stage, limiter, "keen", A_TICK);
      }
      return finding(passed >= 3 * limit, `${passed} of ${3 * limit} passed`);
    }),
};
