// What is told each second of what happens now: one event named `second`, and `end` last.

import { z } from "zod";
import { atMs, count } from "./parts.ts";

export const second = z.object({
  atMs,
  /** Answered in this second. */
  requests: count,
  /** Of those, by code: the ten most frequent. */
  refusals: z.array(z.object({ api: z.string(), code: z.string(), count })),
  /** Answered with 500 or above. */
  faults: count,
  credits: count,
  /** In milliseconds, of what was answered in this second; null where nothing was. At most this long. */
  latency: z.object({ p50Ms: z.number(), p95Ms: z.number(), p99Ms: z.number() }).nullable(),
  /** Under way now, streams included. */
  underWay: count,
  /** Answers of this second that had to do without a store. */
  degraded: z.object({ limits: count, keys: count }),
  /** Keys that were refused most in the last minute, at most ten. */
  refusedKeys: z.array(z.object({ keyId: z.string(), count })),
});

export const end = z.object({
  /** `again`: it has told for long enough; whoever wants more asks again. */
  reason: z.enum(["again", "stopping"]),
});

/** The data of an event named `second`. */
export type LiveSecond = z.infer<typeof second>;
/** The data of the event named `end`. */
export type LiveEnd = z.infer<typeof end>;
