/** A process dies and comes again within a window: what it had admitted is not admitted once more. */
import { burst } from "../asking.ts";
import type { Contender } from "../contender.ts";
import { type Finding, finding } from "../finding.ts";
import { PLACES } from "../ours/acme.ts";
import { die, LAST } from "../ours/die.ts";
import { openOurGate } from "../ours/gates.ts";
import { durablePlaceFor } from "../ours/on.ts";
import { startLimiterProcess } from "../process-limiter.ts";
import type { Row } from "../row.ts";
import type { Stage } from "../stage.ts";

export const windowsAfterCrash: Row = {
  name: "windows after a crash",
  asked:
    "A process that dies and comes again within a window does not let its callers have the window twice.",
  trace:
    "The whole limit is used up, the process is killed (SIGKILL, by its pid), and another one, started beforehand so that no time goes by, " +
    "is asked as often by the same caller. A gate in one process has its file opened again, and the last 10 of its 50 calls came just " +
    "before the end.",
  note: "Whoever counts in a server of its own keeps this by that; whoever counts in memory alone promises nothing of the kind.",
  onPurpose:
    "A gate in one process rebuilds its windows from the request log, which is written every quarter of a second: what was admitted in the " +
    "last one can be had again. Limits in Redis lose nothing by it.",
  isReal: true,
  async judge(contender, stage) {
    if (contender.isOurs && contender.needs.length === 0) return ofOurs(contender, stage);
    const { rate, servers } = stage;
    await stage.windowBegins();
    const before = await startLimiterProcess(contender, rate, servers, 0);
    const after = await startLimiterProcess(contender, rate, servers, 0);
    await stage.windowBegins();
    const first = await burst(stage, before, "twice", rate.limit);
    await before.close?.();
    const again = await burst(stage, after, "twice", rate.limit);
    await after.close?.();
    const did = first === rate.limit ? `${again} of ${rate.limit} again` : `${first} at first`;
    return finding(first === rate.limit && again === 0, did);
  },
};

async function ofOurs(contender: Contender, stage: Stage): Promise<Finding> {
  const place = durablePlaceFor(contender, stage);
  const { secret } = await die(place, "spend");
  const again = await openOurGate(place);
  const { call } = again.callerOf(secret);
  let passed = 0;
  while (passed < PLACES && (await call("/hello")).status === 200) passed++;
  await again.close();
  if (passed === 0) return finding(true, `none of ${PLACES} again`);
  const isLast = passed <= LAST;
  return finding(false, isLast ? `at most the last ${LAST} of ${PLACES} again` : `${passed} again`);
}
