/** bottleneck with a reservoir of the limit, refilled once in each window; it retries nothing by itself. */
import Bottleneck from "bottleneck";
import {
  initOf,
  isTransient,
  mayRepeat,
  type Needs,
  type Peer,
  readWhole,
  type Sender,
  urlOf,
  waitMs,
} from "../peer.ts";

const RETRIES = 4;

export const bottleneck: Peer = {
  name: "bottleneck",
  knows: "the limit",
  hasQueue: true,
  open(needs) {
    const { rate } = needs;
    return senderOf(needs, {
      ...(rate && {
        reservoir: rate.limit,
        reservoirRefreshAmount: rate.limit,
        reservoirRefreshInterval: rate.windowMs,
      }),
    });
  },
};

/** Evenly spread, which no window can refuse; and its own hook for retries. */
export const bottleneckTuned: Peer = {
  ...bottleneck,
  name: "bottleneck, tuned",
  tuning: {
    minTime: "windowMs / limit",
    failed: `up to ${RETRIES} retries of what may be repeated, after Retry-After or full jitter below 8 s`,
  },
  open(needs) {
    const { rate } = needs;
    return senderOf(needs, { ...(rate && { minTime: rate.windowMs / rate.limit }) }, (limiter) => {
      const repeatable = new Set<string>();
      limiter.on("failed", async (error, { options, retryCount }) => {
        const mayRetry = isTransient(error) && repeatable.has(`${options.id}`);
        return mayRetry && retryCount < RETRIES ? waitMs(error, retryCount + 1) : undefined;
      });
      return repeatable;
    });
  },
};

function senderOf(
  { fetch, deadlineMs, room }: Needs,
  own: Bottleneck.ConstructorOptions,
  tune?: (limiter: Bottleneck) => Set<string>,
): Sender {
  const limiter = new Bottleneck({ ...own, ...(room && { maxConcurrent: room.running }) });
  const repeatable = tune?.(limiter);
  const options = deadlineMs === undefined ? {} : { expiration: deadlineMs };
  let calls = 0;
  return {
    async send(call) {
      const id = `call-${calls++}`;
      if (repeatable && mayRepeat(call)) repeatable.add(id);
      try {
        return await limiter.schedule({ ...options, id }, async () =>
          readWhole(await fetch(urlOf(call), initOf(call))),
        );
      } finally {
        repeatable?.delete(id);
      }
    },
    close: () => void limiter.stop({ dropWaitingJobs: true }).catch(() => undefined),
  };
}
