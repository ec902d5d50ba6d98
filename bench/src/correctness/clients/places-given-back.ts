/** Who bounds how many calls run at once, gives a call's place back when the call has ended for its caller. */
import { virtually } from "../../client/stage.ts";
import { finding } from "../finding.ts";
import type { ClientRow } from "../row.ts";

const LIMIT_MS = 620_000;
const DEADLINE_MS = 15_000;
const ROOM = { running: 2, waiting: 10 } as const;
/** The two calls have failed long ago for whoever made them. */
const LATER_MS = 60_000;
const SOON_MS = 1_000;
/** Until a platform gives up by itself. */
const HANGS_MS = 300_000;

export const placesGivenBack: ClientRow = {
  name: "places of calls that hang",
  asked: "A call that ran into its deadline no longer takes the place of another one.",
  trace:
    "At most two calls may run at once, each for at most 15 s; two hang for five minutes. A minute later two more are made, and must be " +
    "answered within a second.",
  note: "Only libraries that have such a bound. p-retry's own deadline ends no work: without the signal none of the two is answered.",
  async judge(peer) {
    if (peer.hasQueue !== true) return undefined;
    const answered = await virtually(LIMIT_MS + 1, async ({ clock, serve }) => {
      const { fetch } = serve((_, number) =>
        number <= ROOM.running ? { status: 200, afterMs: HANGS_MS } : { status: 200 },
      );
      const sender = await peer.open({ fetch, deadlineMs: DEADLINE_MS, room: ROOM });
      const call = () => sender.send({ method: "GET", headers: {} });
      for (let at = 0; at < ROOM.running; at++) call().catch(() => "as it must");
      await clock.sleep(LATER_MS);
      let answered = 0;
      for (let at = 0; at < ROOM.running; at++) {
        call().then(
          () => answered++,
          () => "not answered",
        );
      }
      await clock.sleep(SOON_MS);
      const soon = answered;
      sender.close?.();
      return soon;
    });
    return finding(answered === ROOM.running, `${answered} of ${ROOM.running} answered`);
  },
};
