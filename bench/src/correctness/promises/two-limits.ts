/** A call that one of its limits refuses takes nothing from the other. */
import { using } from "../asking.ts";
import type { TwoLimits } from "../contender.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";

const NARROW = 3;

export const twoLimits: Row = {
  name: "refused by X leaves Y unchanged",
  asked: "A call that one limit refuses takes no place in another.",
  trace:
    "10 a window for everything, 3 in ten windows for one route: 8 calls to that route, of which 5 are refused, must leave 7 of " +
    "the 10; and 5 calls to it while the 10 are used up must leave its 3.",
  note: "Limits that are asked one after another spare the second where the first refuses: in the other order it is the other that leaks.",
  judge: (contender, stage) => {
    const { limit, windowMs } = stage.rate;
    const narrow = { limit: NARROW, windowMs: 10 * windowMs };
    return using(contender.openTwo(stage.rate, narrow, stage.servers), async (limits) => {
      await stage.windowBegins();
      await count(limits, "first", "both", NARROW + 5);
      const wideLeft = await count(limits, "first", "wide only", limit + 5);
      await count(limits, "second", "wide only", limit);
      await count(limits, "second", "both", 5);
      // The wide limit is there again; had the refused ones been counted, the narrow one is not.
      await stage.sleep(2.1 * windowMs);
      const narrowLeft = await count(limits, "second", "both", NARROW + 2);
      return finding(
        wideLeft === limit - NARROW && narrowLeft === NARROW,
        `left ${wideLeft} of ${limit - NARROW}, and ${narrowLeft} of ${NARROW}`,
      );
    });
  },
};

async function count(
  limits: TwoLimits,
  key: string,
  which: "wide only" | "both",
  calls: number,
): Promise<number> {
  let passed = 0;
  for (let call = 0; call < calls; call++) if ((await limits.ask(key, which)).passed) passed++;
  return passed;
}
