/** Wall clocks differ between machines and are set on one: windows do not move by that. */
import { burst, using } from "../asking.ts";
import type { Contender } from "../contender.ts";
import { type Finding, finding } from "../finding.ts";
import { startLimiterProcess } from "../process-limiter.ts";
import type { Row } from "../row.ts";
import { type Stage, virtually } from "../stage.ts";

export const clockSkew: Row = {
  name: "clock skew",
  asked: "What a wall clock says neither opens a window early nor keeps one shut.",
  trace:
    "Two processes over one store, one with its clock a window and a half ahead: 20 calls at once to one, then to the other, in both " +
    "orders; the worse counts. In one process: 20 calls, the clock is set forward by two windows, 20 more; and 10 calls by another " +
    "caller, the clock is set back by an hour, and after one window 10 more.",
  note: "Seconds apart is much for servers with NTP; the windows here are 2 s long, so that seconds are enough to show it.",
  isReal: true,
  judge: (contender, stage) =>
    contender.needs.length === 0
      ? virtually((one) => onOne(contender, one))
      : onTwo(contender, stage),
};

async function onTwo(contender: Contender, stage: Stage): Promise<Finding> {
  const { rate, servers } = stage;
  const start = (skewMs: number) => startLimiterProcess(contender, rate, servers, skewMs);
  const [right, ahead] = await Promise.all([start(0), start(1.5 * rate.windowMs)]);
  await stage.windowBegins();
  const first = (await burst(stage, right, "one", 20)) + (await burst(stage, ahead, "one", 20));
  await stage.windowBegins();
  const second = (await burst(stage, ahead, "two", 20)) + (await burst(stage, right, "two", 20));
  await Promise.all([right.close?.(), ahead.close?.()]);
  const worse = Math.max(first, second);
  return finding(worse <= rate.limit, `${worse} of 40 passed`);
}

function onOne(contender: Contender, stage: Stage): Promise<Finding> {
  const { limit, windowMs } = stage.rate;
  return using(contender.open(stage.rate, stage.servers), async (limiter) => {
    await stage.windowBegins();
    const before = await burst(stage, limiter, "forward", 2 * limit);
    stage.stepWall?.(2 * windowMs);
    const forward = before + (await burst(stage, limiter, "forward", 2 * limit));
    await burst(stage, limiter, "back", limit);
    stage.stepWall?.(-3_600_000);
    await stage.sleep(1.05 * windowMs);
    const back = await burst(stage, limiter, "back", limit);
    return finding(
      forward <= limit && back === limit,
      `forward: ${forward} in one window; back: ${back} of ${limit} after a window`,
    );
  });
}
