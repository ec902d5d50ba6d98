// Chat completions: the older format of responses. SDKs send members that the documents do not speak of; they
// are let be.

import { z } from "zod";
import { content } from "./content.ts";
import { cost, id, namedId, unixSeconds } from "./objects.ts";
import { delay, model, stream } from "./work.ts";

const message = z.looseObject({
  role: z.enum(["user", "assistant", "system", "developer", "tool"]),
  content,
});

const amount = z.enum(["low", "medium", "high"]);

export const draft = z.looseObject({
  model,
  messages: z.array(message).min(1).max(128),
  persona_id: namedId.optional(),
  stream,
  analysis_mode: z.boolean().optional(),
  reasoning_effort: amount.optional(),
  verbosity: amount.optional(),
  workspace_id: namedId.optional(),
  project_id: namedId.optional(),
  delay,
});

const choice = z.looseObject({
  index: z.int().min(0),
  message: z.looseObject({ role: z.literal("assistant"), content: z.string() }),
  finish_reason: z.string(),
});

export const one = z.looseObject({
  id,
  object: z.literal("chat.completion"),
  created: unixSeconds,
  model,
  choices: z.array(choice).min(1),
  usage: cost,
});
