/** Whether a call that was admitted and then failed keeps its place in the window. */
import { using } from "../asking.ts";
import type { Contender } from "../contender.ts";
import { finding } from "../finding.ts";
import { PLACES } from "../ours/acme.ts";
import { onOurGates } from "../ours/on.ts";
import type { Row } from "../row.ts";
import type { Stage } from "../stage.ts";

const FAILED = 5;

export const failedCallPlace: Row = {
  name: "place of a call that failed",
  asked: "A call that fails with a 500 gives its place in the window back.",
  trace: "5 calls that fail, then as many that work as get in: the whole limit must.",
  note: "`skipFailedRequests` of express-rate-limit and hono-rate-limiter, `reward` of rate-limiter-flexible.",
  onPurpose:
    "A rate limit protects the server from requests, and a request that failed was one; only a call that a limit refused leaves no trace. " +
    "Credits come back.",
  async judge(contender, stage) {
    if (contender.isOurs) {
      return onOurGates(contender, stage, async (ours) => {
        const caller = await ours.newCaller();
        for (let call = 0; call < FAILED; call++) {
          await caller.call("/renders/throws", { method: "POST" });
        }
        let passed = 0;
        while ((await caller.call("/hello")).status === 200) passed++;
        return finding(passed === PLACES, `then ${passed} of ${PLACES} passed`);
      });
    }
    return ofPeer(contender, stage);
  },
};

async function ofPeer(contender: Contender, stage: Stage) {
  const opening = contender.openForgiving?.(stage.rate, stage.servers);
  if (opening === undefined) return undefined;
  return using(opening, async (limiter) => {
    const { limit } = stage.rate;
    await stage.windowBegins();
    for (let call = 0; call < FAILED; call++) await limiter.ask("unlucky", "fails");
    let passed = 0;
    while (passed <= limit && (await limiter.ask("unlucky", "works")).passed) passed++;
    return finding(passed === limit, `then ${passed} of ${limit} passed`);
  });
}
