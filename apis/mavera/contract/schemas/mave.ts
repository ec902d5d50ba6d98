// Mave, the research agent: messages, and the threads that they form.

import { z } from "zod";
import { byCursor } from "./counts.ts";
import { cost, credits, id, isoDate, namedId, pageOf } from "./objects.ts";
import { delay, stream } from "./work.ts";

export const draft = z.object({
  message: z.string().min(1).max(20_000),
  thread_id: namedId.optional(),
  workspace_id: namedId.optional(),
  stream,
  delay,
});

const source = z.looseObject({ title: z.string(), url: z.url(), domain: z.string() });

/** Of a thread: what was asked, or what Mave said to it. */
const turn = z.looseObject({
  id,
  object: z.literal("mave_message"),
  thread_id: id,
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  created_at: isoDate,
});

export const message = turn.extend({
  role: z.literal("assistant"),
  sources: z.array(source),
  personas_used: z.array(z.looseObject({ id, name: z.string() })),
  usage: cost,
});

export const params = z.object({ threadId: id });

export const query = z.object({
  ...byCursor,
  workspace_id: namedId.optional(),
  search: z.string().max(200).optional(),
});

export const thread = z.looseObject({
  id,
  object: z.literal("mave_thread"),
  title: z.string(),
  workspace_id: namedId.nullable(),
  message_count: z.int().min(0),
  credits_used: credits,
  created_at: isoDate,
  updated_at: isoDate,
});

export const threadWithMessages = thread.extend({ messages: z.array(turn) });
export const listed = pageOf(thread);
