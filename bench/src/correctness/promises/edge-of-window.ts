/** As much as a limiter gives at the end of one of its windows, and again from the beginning of the next. */
import { PassedLog, using } from "../asking.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";

/** As shares of a window after the first call: when the caller sends as much as it can. */
const BURSTS = [0.9, 1.03, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8];

export const edgeOfWindow: Row = {
  name: "edge of window",
  asked: "10 a window means 10 in any window, wherever it begins.",
  trace:
    "One call, then bursts of 20 at the end of the window that it opened and from the beginning of the next; and a careful caller: 10 " +
    "calls at the end, then one every tenth of a window. Counted is the most that passed in any stretch as long as a window.",
  note:
    "Fixed windows and token buckets promise less on purpose: up to twice the limit around an edge. Upstash's sliding window " +
    "is documented as an approximation.",
  judge: (contender, stage) =>
    using(contender.open(stage.rate, stage.servers), async (limiter) => {
      const { limit, windowMs } = stage.rate;
      const [greedy, careful] = [new PassedLog(stage), new PassedLog(stage)];
      await stage.windowBegins();
      const startMs = stage.nowMs();
      await greedy.burst(limiter, "greedy", 1);
      for (const share of BURSTS) {
        await stage.until(startMs, share * windowMs);
        await greedy.burst(limiter, "greedy", 2 * limit);
        // Some shut out whom they had to refuse: this one never asks for more than there seems to be.
        await careful.burst(limiter, "careful", share < 1 ? limit : 1);
      }
      const worst = Math.max(greedy.worstWindow(), careful.worstWindow());
      return finding(worst === limit, `${worst} in one window`);
    }),
};
