/** The store dies under a limiter: its callers notice little, and the limit is still some limit. */
import { burst, faultsOf, using } from "../asking.ts";
import type { Limiter, Verdict } from "../contender.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";
import type { Stage } from "../stage.ts";

const CALLS = 40;
const SLOW_MS = 1_000;
/** In which a limiter must have found its store again. */
const BACK_MS = 6_000;
const LOOK_MS = 250;

export const storeKilled: Row = {
  name: "store killed",
  asked:
    "While the store is away calls are answered within a second, not with an error, and not without bound; when it is back it counts again.",
  trace:
    "The store's process is killed (SIGKILL; PostgreSQL as by a power cut), then 40 calls of one caller, one after another; the store is " +
    "started again, and a new caller asks 20 times at once.",
  note:
    "Passing everything while the store is away is a choice that many make on purpose; here it is asked to be bounded. Upstash's client tries " +
    "five times more and throws; what to do then is its user's to write. " +
    "What one process admits by itself comes on top of what the store had counted: for all processes together that is a bound, not the limit.",
  async judge(contender, stage) {
    if (contender.needs.length === 0) return undefined;
    return using(contender.open(stage.rate, stage.servers), async (limiter) => {
      const { limit } = stage.rate;
      await limiter.ask("before");
      await stage.servers.killLimits();
      const verdicts: Verdict[] = [];
      let slowestMs = 0;
      const startMs = stage.nowMs();
      // A window of the process may end meanwhile: as many calls as come in one are judged.
      while (verdicts.length < CALLS && stage.nowMs() - startMs < BACK_MS) {
        const askedMs = stage.nowMs();
        verdicts.push(await limiter.ask("outage"));
        slowestMs = Math.max(slowestMs, stage.nowMs() - askedMs);
      }
      const windows = Math.ceil((stage.nowMs() - startMs) / stage.rate.windowMs);
      await stage.servers.restartLimits();
      const counts = await countsAgain(limiter, stage);
      const passed = verdicts.filter((verdict) => verdict.passed).length;
      const faults = faultsOf(verdicts);
      const did = [
        verdicts.length === CALLS ? `${passed} of ${CALLS} passed` : `too slow for ${CALLS} calls`,
        ...(faults.length > 0 ? [`errors: ${faults.join(", ")}`] : []),
        ...(slowestMs > SLOW_MS ? ["seconds for a call"] : []),
        ...(counts ? [] : ["does not count again"]),
      ];
      const isBounded = passed > 0 && passed <= limit * windows;
      const isKept = isBounded && faults.length === 0 && slowestMs <= SLOW_MS && counts;
      return finding(isKept, did.join("; "));
    });
  },
};

/** Each look is a caller of its own, whose first ten must pass. */
async function countsAgain(limiter: Limiter, stage: Stage): Promise<boolean> {
  const startMs = stage.nowMs();
  for (let look = 0; stage.nowMs() - startMs < BACK_MS; look++) {
    if ((await burst(stage, limiter, `back ${look}`, 2 * stage.rate.limit)) === stage.rate.limit) {
      return true;
    }
    await stage.sleep(LOOK_MS);
  }
  return false;
}
