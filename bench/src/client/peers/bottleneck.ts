/** bottleneck with a reservoir of the limit, refilled once in each window; it retries nothing by itself. */
import Bottleneck from "bottleneck";
import { initOf, type Peer, readWhole, urlOf } from "../peer.ts";

export const bottleneck: Peer = {
  name: "bottleneck",
  knows: "the limit",
  hasQueue: true,
  open({ fetch, deadlineMs, rate, room }) {
    const limiter = new Bottleneck({
      ...(rate && {
        reservoir: rate.limit,
        reservoirRefreshAmount: rate.limit,
        reservoirRefreshInterval: rate.windowMs,
      }),
      ...(room && { maxConcurrent: room.running }),
    });
    const options = deadlineMs === undefined ? {} : { expiration: deadlineMs };
    return {
      send: (call) =>
        limiter.schedule(options, async () => readWhole(await fetch(urlOf(call), initOf(call)))),
      close: () => void limiter.disconnect(),
    };
  },
};
