// Requests as the log has them, and their days.

import { STEPS } from "sluice";
import { z } from "zod";
import {
  atMs,
  count,
  credits,
  flag,
  id,
  listed,
  pageOf,
  queriedAtMs,
  wholeNumber,
  word,
} from "./parts.ts";

export const params = z.object({ requestId: id });

const endings = ["done", "refused", "fault", "replayed", "abandoned"] as const;
const named = word.optional();

/** All that match every member that is there. */
export const query = z.strictObject({
  ...listed,
  requestId: named,
  clientRequestId: named,
  accountId: named,
  keyId: named,
  isOlderSecret: flag.optional(),
  /** A contract's title. */
  api: named,
  operation: named,
  code: named,
  condition: named,
  status: wholeNumber(100, 599).optional(),
  ending: z.enum(endings).optional(),
  fromMs: queriedAtMs.optional(),
  /** Before this moment. */
  toMs: queriedAtMs.optional(),
});

const step = z.enum(STEPS);
const slots = z.object({ id: z.string(), taken: count, limit: count });
const budgetState = z.object({
  scope: z.enum(["workspace", "project", "key"]),
  id,
  cap: credits,
  used: credits,
  held: credits,
  resetAtMs: atMs,
});

export const row = z.object({
  requestId: id,
  clientRequestId: z.string().nullable(),
  api: z.string(),
  atMs,
  durationMs: z.number().min(0),
  accountId: id.nullable(),
  keyId: id.nullable(),
  isOlderSecret: z.boolean(),
  address: z.string(),
  operation: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  code: z.string().nullable(),
  condition: z.string().nullable(),
  endedAt: step,
  ending: z.enum(endings),
  window: z.string().nullable(),
  windowLimit: z.int().nullable(),
  windowRemaining: z.int().nullable(),
  /** The slots of the first kind that the call takes, after the decision. */
  slots: slots.nullable(),
  /** The budget with the least room. */
  budget: budgetState.nullable(),
  held: credits,
  charged: credits,
  creditsRemaining: credits.nullable(),
  by: z.string().nullable(),
  param: z.string().nullable(),
  retryAfterMs: z.number().nullable(),
  simulated: z.boolean(),
  degraded: z.enum(["limits", "keys", "limits, keys"]).nullable(),
});
export const rows = pageOf(row);

/** What happened to a request, for people who must answer for it. */
export const explanation = z.object({
  requestId: id,
  request: row,
  /** All nine, in order. */
  steps: z.array(
    z.object({
      step,
      verdict: z.enum(["passed", "not reached", "refused", "fault", "replayed", "abandoned"]),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  /** Null for a request that nothing refused. */
  refusal: z
    .object({
      step,
      condition: z.string(),
      /** What the condition means, in one sentence. */
      means: z.string(),
      /** The window, slot, budget, scope or permission that refused. */
      by: z.string().nullable(),
      /** When the same request could have passed; null where waiting does not help. */
      passesAtMs: atMs.nullable(),
      /** Who has to do what. */
      action: z.string().nullable(),
    })
    .nullable(),
  /** What the caller was told. Header names as they were written; the body where it can be told again exactly. */
  told: z.object({
    status: z.int(),
    code: z.string().nullable(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    body: z.string().nullable(),
  }),
  cost: z.object({
    held: credits,
    charged: credits,
    /** Of the hold; null where nothing was held. A job's is open while it runs. */
    state: z.enum(["open", "settled", "released", "expired"]).nullable(),
    isJob: z.boolean(),
    overage: credits,
  }),
  /** The whole in plain words, which can be sent on as they are. */
  words: z.string(),
});

export const daysQuery = z.strictObject({
  /** Days on a page, not rows. */
  limit: listed.limit,
  cursor: listed.cursor,
  api: named,
  operation: named,
  /** @default 90 days ago */
  fromMs: queriedAtMs.optional(),
  /** Before this moment. @default now */
  toMs: queriedAtMs.optional(),
});

export const days = pageOf(
  z.object({
    dayMs: atMs,
    api: z.string(),
    /** Null for paths that are no operation. */
    operation: z.string().nullable(),
    requests: count,
    refusals: count,
    failures: count,
    abandoned: count,
    credits: count,
    /** How many took at most so many milliseconds, by `boundsMs`, and last how many took longer. */
    durations: z.array(count),
  }),
).extend({ boundsMs: z.array(z.int()) });
