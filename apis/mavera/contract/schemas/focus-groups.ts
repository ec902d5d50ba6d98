// Focus groups: questions, put to many. The documents of their members were not to be had: names and bounds are
// ours.

import { z } from "zod";
import { byOffset } from "./counts.ts";
import { jobMembers } from "./jobs.ts";
import { id, isoDate, namedId, sliceOf } from "./objects.ts";
import { delay } from "./work.ts";

export const params = z.object({ focusGroupId: id });
export const query = z.object(byOffset);

const question = z.string().min(1).max(500);
const sampleSize = z.int().min(10).max(500);

export const draft = z.object({
  name: z.string().min(1).max(100).optional(),
  questions: z.array(question).min(1).max(20),
  sample_size: sampleSize.optional(),
  persona_ids: z.array(namedId).max(20).optional(),
  workspace_id: namedId.optional(),
  project_id: namedId.optional(),
  delay,
});

export const one = z.looseObject({
  id,
  object: z.literal("focus_group"),
  ...jobMembers,
  questions: z.array(question),
  sample_size: sampleSize,
  created_at: isoDate,
});

export const listed = sliceOf(one);
