// Video analyses: what a video says, and to what end. The documents give no bounds for its chunks: those are
// ours.

import { z } from "zod";
import { byOffset } from "./counts.ts";
import { jobMembers, status } from "./jobs.ts";
import { id, namedId, sliceOf, unixSeconds } from "./objects.ts";
import { delay } from "./work.ts";

export const params = z.object({ videoAnalysisId: id });
export const query = z.object({ ...byOffset, status: status.optional() });

const intent = z.enum([
  "Informative",
  "Persuasive",
  "Directive",
  "Expressive",
  "Transactional",
  "Appreciative",
  "Inspirational",
  "Entertainment",
]);

const title = z.string().min(3).max(100);
const name = z.string().min(2).max(100);

export const draft = z.object({
  video_url: z.url({ protocol: /^https?$/ }).max(2_048),
  title,
  brand: name,
  product: name,
  primary_intent: intent,
  goal: z.string().min(10).max(500),
  secondary_intent: intent.optional(),
  tertiary_intent: intent.optional(),
  chunk_duration: z.int().min(1).max(60).optional(),
  frames_per_chunk: z.int().min(1).max(60).optional(),
  workspace_id: namedId.optional(),
  project_id: namedId.optional(),
  delay,
});

export const one = z.looseObject({
  id,
  object: z.literal("video_analysis"),
  ...jobMembers,
  title,
  progress: z.looseObject({ total_chunks: z.int().min(0), processed_chunks: z.int().min(0) }),
  created_at: unixSeconds,
});

export const listed = sliceOf(one);
