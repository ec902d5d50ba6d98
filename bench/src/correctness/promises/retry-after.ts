/** What a refused caller is told to wait is enough, and not much more than enough. */
import { burst, using } from "../asking.ts";
import { finding } from "../finding.ts";
import type { Row } from "../row.ts";

/** Waits are told in whole seconds. */
const SECOND_MS = 1_000;
const LOOKS = 60;

export const retryAfter: Row = {
  name: "retry-after",
  asked:
    "A call that comes when it was told to come gets in, and was not told to come seconds too late.",
  trace:
    "5 calls, half a window later 5 more, then one that is refused; it comes again exactly when it was told. A second caller with " +
    "the same past asks all the time, to find out when one could have passed.",
  note: "Of rate-limiter-flexible and Upstash, which leave the header to their user, what their answer says is taken as it is.",
  judge: (contender, stage) =>
    using(contender.open(stage.rate, stage.servers), async (limiter) => {
      const { limit, windowMs } = stage.rate;
      const keys = ["patient", "keen"];
      await stage.windowBegins();
      const startMs = stage.nowMs();
      for (const share of [0, 0.5]) {
        await stage.until(startMs, share * windowMs);
        for (const key of keys) await burst(stage, limiter, key, limit / 2);
      }
      await stage.until(startMs, 0.55 * windowMs);
      const { passed, waitMs } = await limiter.ask("patient");
      if (passed) return finding(false, "an eleventh call passed");
      if (waitMs === undefined) return finding(false, "is told nothing");
      const dueMs = stage.nowMs() - startMs + waitMs;
      let firstMs: number | undefined;
      let gotIn: boolean | undefined;
      for (let look = 1; look <= LOOKS && (gotIn === undefined || firstMs === undefined); look++) {
        const atMs = (0.55 + look * 0.05) * windowMs;
        if (gotIn === undefined && dueMs <= atMs) {
          await stage.until(startMs, dueMs + stage.graceMs / 3);
          gotIn = (await limiter.ask("patient")).passed;
        }
        await stage.until(startMs, atMs);
        if (firstMs === undefined && (await limiter.ask("keen")).passed) firstMs = atMs;
      }
      const seconds = (ms: number) => `${Math.ceil(ms / SECOND_MS)} s`;
      const told = `told ${seconds(waitMs)}`;
      if (gotIn !== true) return finding(false, `${told}, then refused again`);
      const lateMs = dueMs - (firstMs ?? 0);
      if (lateMs > SECOND_MS + stage.graceMs) {
        return finding(false, `${told}; ${seconds(lateMs)} earlier would have passed`);
      }
      return finding(true, `${told}, then in`);
    }),
};
