// What customers are told outside of answers: warnings by webhook, incidents on the status page.

import { z } from "zod";
import {
  atMs,
  count,
  credits,
  flag,
  givenAtMs,
  id,
  listed,
  name,
  newId,
  pageOf,
  text,
  word,
} from "./parts.ts";

const states = ["waiting", "delivered", "given_up", "gone", "listed"] as const;

export const warningQuery = z.strictObject({
  ...listed,
  accountId: id.optional(),
  state: z.enum(states).optional(),
});
export const warningParams = z.object({ accountId: id, warningId: id });

export const attempt = z.object({
  atMs,
  /** Where it went, and the version of the secret that it was signed with. */
  url: z.string(),
  secretVersion: z.int(),
  durationMs: z.number().min(0),
  /** Of the receiver's answer; null where there was none. */
  status: z.int().nullable(),
  /** Why there was none. */
  error: z.string().nullable(),
});

export const warning = z.object({
  id,
  accountId: id,
  subject: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("credits") }),
    z.object({
      kind: z.literal("budget"),
      scope: z.enum(["workspace", "project", "key"]),
      id,
    }),
    /** A secret of a key that is public; never the secret. */
    z.object({
      kind: z.literal("leak"),
      keyId: id,
      keyPrefix: z.string(),
      keyLastFour: z.string(),
      secret: z.enum(["newest", "older", "forgotten"]),
      /** Null where nobody said. */
      foundAt: z.string().nullable(),
      source: z.string(),
      done: z.string(),
      /** When the secret opens nothing any more; null where it goes on. */
      endsAtMs: atMs.nullable(),
    }),
  ]),
  /** Null for credits that never start anew, and for a leak. */
  periodStartMs: atMs.nullable(),
  resetAtMs: atMs.nullable(),
  /** What was used of how much; null for a leak. */
  percent: z.int().nullable(),
  used: credits.nullable(),
  cap: credits.nullable(),
  atMs,
  url: z.string().nullable(),
  state: z.enum(states),
  dueMs: atMs,
  /** Oldest first; of many the newest 20. */
  attempts: z.array(attempt),
  attemptCount: count,
});
export const warnings = pageOf(warning);
export const delivery = z.object({ isDelivered: z.boolean(), attempt });

const impact = z.enum(["none", "degraded", "outage", "maintenance"]);
const operations = z.array(word).max(100);

export const incidentParams = z.object({ incidentId: id });
export const incidentQuery = z.strictObject({
  ...listed,
  /** Only those that are not over. */
  isOpen: flag.optional(),
});

export const incidentDraft = z.strictObject({
  id: newId.optional(),
  title: name,
  impact,
  /** The contract that it is about, by its title. @default all */
  api: word.optional(),
  /** Needs `api`. @default all */
  operations: operations.optional(),
  /** @default now */
  startedAtMs: givenAtMs.optional(),
  /** The first word on it. */
  text: text.optional(),
});

/** What is left out stays; `text` is added to what was said. */
export const incidentChange = z.strictObject({
  title: name.optional(),
  impact: impact.optional(),
  api: word.nullable().optional(),
  operations: operations.optional(),
  text: text.optional(),
});
export const incidentEnd = z.strictObject({ text: text.optional() });

export const incident = z.object({
  id,
  title: z.string(),
  impact,
  api: z.string().nullable(),
  operations: z.array(z.string()),
  startedAtMs: atMs,
  endedAtMs: atMs.nullable(),
  updates: z.array(z.object({ atMs, text: z.string() })),
});
export const incidents = pageOf(incident);
