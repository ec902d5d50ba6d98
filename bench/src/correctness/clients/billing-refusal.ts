/** A refusal that no waiting mends is asked for once. */
import { BILLING } from "../../client/rows/hopeless.ts";
import { virtually } from "../../client/stage.ts";
import { finding } from "../finding.ts";
import type { ClientRow } from "../row.ts";

const LIMIT_MS = 620_000;

export const billingRefusal: ClientRow = {
  name: "a 429 that means money",
  asked: "A refusal that waiting does not mend is not asked for again.",
  trace:
    "A server says 429 with the code insufficient_quota, as OpenAI does when the money is gone.",
  async judge(peer) {
    const requests = await virtually(LIMIT_MS + 1, async ({ clock, serve }) => {
      const { fetch, arrivals } = serve(() => BILLING);
      const sender = await peer.open({ fetch });
      const sent = sender.send({ method: "GET", headers: {} }).catch(() => "as it must");
      await Promise.race([sent, clock.sleep(LIMIT_MS)]);
      sender.close?.();
      return arrivals.length;
    });
    return finding(requests === 1, requests === 1 ? "sent once" : `sent ${requests} times`);
  },
};
