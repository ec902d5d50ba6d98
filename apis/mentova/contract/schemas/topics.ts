// Topics, and the prompts that are generated from their seeds.

import { z } from "zod";
import { limit, page } from "./counts.ts";
import { country, dataOf, id, isoDate, language, listOf, percent } from "./envelopes.ts";
import { model } from "./models.ts";

export const params = z.object({ brandId: id, topicId: id });

const seed = z.string().min(3).max(200);
const status = z.enum(["PENDING", "COMPLETED"]);

export const draft = z.object({
  seed,
  language: language.nullish(),
  country: country.nullish(),
});

const topic = z.object({
  id,
  brandId: id,
  seed,
  language: language.nullable(),
  country: country.nullable(),
  createdAt: isoDate,
});

export const one = dataOf(topic);
export const listed = listOf(topic);

export const promptQuery = z.object({
  model: model.optional(),
  status: status.optional(),
  page,
  limit,
});

const prompt = z.object({
  id,
  topicId: id,
  text: z.string(),
  status,
  models: z.array(model),
  mentionRate: percent.nullable(),
  createdAt: isoDate,
});

export const prompts = listOf(prompt);
