/** Calls of different cost against one limit: never more than it in all, and one that fits gets in. */
import { using } from "../asking.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";

const COSTS = [4, 4, 4, 2, 1];
const EXPECTED = "4 4 – 2 –";

export const mixedCosts: Row = {
  name: "mixed costs",
  asked:
    "Costs never add up to more than the limit, and a dear call that is refused takes nothing from a cheap one.",
  trace:
    "Calls that cost 4, 4, 4, 2 and 1 of 10, one after another: the third and the last do not fit.",
  async judge(contender, stage) {
    if (!contender.hasCosts) return undefined;
    return using(contender.open(stage.rate, stage.servers), async (limiter) => {
      await stage.windowBegins();
      const told: string[] = [];
      for (const cost of COSTS) {
        const { passed } = await limiter.ask("costs", cost);
        told.push(passed ? `${cost}` : "–");
      }
      const did = told.join(" ");
      return finding(did === EXPECTED, `passed: ${did}`);
    });
  },
};
