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
  /** Whoever scrolls through very many must not need a request for each hundred. */
  limit: wholeNumber(1, 500).default(50),
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

/** What refused a request. */
export const refusal = z.object({
  step,
  condition: z.string(),
  /** What the condition means, in one sentence. */
  means: z.string(),
  /** The window, slot, budget, scope or permission that refused, as the log names it. */
  by: z.string().nullable(),
  /** The same in words, with its numbers. */
  scope: z.string().nullable(),
  /** When the same request passes; null where waiting does not help, or nobody knows. */
  passesAtMs: atMs.nullable(),
  /** Who has to do what. */
  action: z.string().nullable(),
});

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
  refusal: refusal.nullable(),
  told: z.object({
    /** Null where there was no answer, since the caller had left. */
    status: z.int().nullable(),
    code: z.string().nullable(),
    /** Those that say something of the call. */
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    /** To the letter; null where the log cannot know it. */
    body: z.string().nullable(),
    /** Why there is none here. */
    bodyMissing: z.string().nullable(),
  }),
  cost: z.object({
    /** `held`: set aside, and not decided; `expired`: set aside, and given back when nobody ended it in time. */
    state: z.enum(["charged", "held", "expired", "nothing"]),
    credits,
    /** What it cost beyond what was set aside: recorded, not taken. */
    overage: credits,
    isJob: z.boolean(),
  }),
  /** The whole in plain words, which can be sent on as they are. */
  words: z.string(),
  /** The same, sentence by sentence. */
  sentences: z.array(z.string()),
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
