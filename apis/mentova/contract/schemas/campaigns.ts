// Campaigns: the prompts of a topic, put to models.

import { z } from "zod";
import { limit, offset } from "./counts.ts";
import { dataOf, id, isoDate, percent } from "./envelopes.ts";
import { model } from "./models.ts";

export const params = z.object({ brandId: id, campaignId: id });
export const query = z.object({ limit, offset });

const runsPerModel = z.int().min(1).max(20);

export const draft = z.object({
  topicId: id,
  models: z.array(model).min(1).optional(),
  runsPerModel: runsPerModel.optional(),
  maxPrompts: z.int().min(1).optional(),
});

const campaign = z.object({
  id,
  status: z.enum(["PENDING", "COMPLETED"]),
  createdAt: isoDate,
  completedAt: isoDate.nullable(),
  models: z.array(model),
  runsPerModel,
  topic: z.object({ id, seed: z.string() }),
  _count: z.object({ runs: z.int().min(0) }),
});

const result = z.object({ model, mentionRate: percent });

export const one = dataOf(campaign);
export const oneWithResults = dataOf(campaign.extend({ results: z.array(result) }));

export const listed = z.object({
  data: z.array(campaign),
  total: z.int().min(0),
  limit: z.int().min(1),
  offset: z.int().min(0),
});
