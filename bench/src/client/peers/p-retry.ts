/** p-retry in a p-queue, as their pages show them together; the queue is told the limit where there is one. */
import PQueue from "p-queue";
import pRetry from "p-retry";
import { initOf, type Peer, readWhole, urlOf } from "../peer.ts";

export const pRetryInQueue: Peer = {
  name: "p-retry + p-queue",
  knows: "the limit",
  hasQueue: true,
  open({ fetch, deadlineMs, rate, room }) {
    const queue = new PQueue({
      ...(rate && { intervalCap: rate.limit, interval: rate.windowMs }),
      ...(room && { concurrency: room.running }),
    });
    const limits = deadlineMs === undefined ? {} : { maxRetryTime: deadlineMs };
    return {
      send: (call) =>
        queue.add(() =>
          pRetry(async () => readWhole(await fetch(urlOf(call), initOf(call))), limits),
        ),
      close: () => queue.clear(),
    };
  },
};
