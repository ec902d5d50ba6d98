/** Whatever a call is refused for, and however it fails, it costs nothing. */
import { finding } from "../finding.ts";
import { CREDITS, PRICE } from "../ours/acme.ts";
import { onOurGates } from "../ours/on.ts";
import type { Row } from "../row.ts";

const POST = { method: "POST" };

export const refusalNotCharged: Row = {
  name: "refusal not charged",
  asked: "A call that is refused or fails costs nothing, and leaves nothing on hold.",
  trace:
    "Calls at a price: one with a wrong parameter, one to no route, one whose handler throws, one that runs into its deadline, one whose " +
    "caller leaves, and one beyond the rate limit; the balance after them, and after one that works.",
  isReal: true,
  judge: (contender, stage) =>
    onOurGates(contender, stage, async (ours) => {
      const caller = await ours.newCaller();
      const statuses = [];
      for (const path of ["/renders/oddly", "/nowhere", "/renders/throws", "/renders/hangs"]) {
        statuses.push((await caller.call(path, POST)).status);
      }
      const signal = AbortSignal.timeout(50);
      await caller.call("/renders/hangs", { ...POST, signal }).catch(() => undefined);
      await ours.gate.idle();
      const another = await ours.newCaller();
      while ((await another.call("/hello")).status === 200) {}
      statuses.push((await another.call("/renders/works", POST)).status);
      const [kept, limited] = [await caller.balance(), await another.balance()];
      await caller.call("/renders/works", POST);
      const { remaining } = await caller.balance();
      const isKept =
        kept.remaining === CREDITS &&
        kept.held === 0 &&
        limited.remaining === CREDITS &&
        remaining === CREDITS - PRICE;
      const figures = `${kept.remaining} and ${limited.remaining} of ${CREDITS} left`;
      return finding(
        isKept,
        `${statuses.join(" ")}: ${figures}; after one that works ${remaining}`,
      );
    }),
};
