// Responses: an input, answered. SDKs send members that the documents do not speak of; they are let be.

import { z } from "zod";
import { content } from "./content.ts";
import { cost, id, namedId, unixSeconds } from "./objects.ts";
import { textOrList } from "./text-or-list.ts";
import { delay, model, stream } from "./work.ts";

/** A message; or, by its type, something else that came before, such as the output of a function. */
const item = z.looseObject({
  type: z.string().min(1).optional(),
  role: z.enum(["user", "assistant", "system", "developer"]).optional(),
  content: content.optional(),
});

export const draft = z.looseObject({
  model,
  input: textOrList(item, { text: z.string().min(1).max(100_000), itemsMax: 128 }),
  persona_id: namedId.optional(),
  instructions: z.string().max(100_000).nullish(),
  stream,
  workspace_id: namedId.optional(),
  project_id: namedId.optional(),
  delay,
});

const status = z.enum(["completed", "in_progress", "failed"]);

const output = z.looseObject({
  id,
  type: z.literal("message"),
  role: z.literal("assistant"),
  status,
  content: z.array(z.looseObject({ type: z.literal("output_text"), text: z.string() })),
});

export const one = z.looseObject({
  id,
  object: z.literal("response"),
  created_at: unixSeconds,
  status,
  model,
  output: z.array(output),
  usage: cost.extend({
    input_tokens: z.int().min(0),
    output_tokens: z.int().min(0),
    total_tokens: z.int().min(0),
  }),
});
