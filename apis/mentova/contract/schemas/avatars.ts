// Avatars: the people in whose place a brand's prompts are asked. The documents name their members but no
// bounds; the name's is that of a brand.

import { z } from "zod";
import { dataOf, id, isoDate, listOf } from "./envelopes.ts";

export const params = z.object({ brandId: id, avatarId: id });

const name = z.string().min(1).max(100);
const text = z.string().min(1);
const objectives = z.array(text);

export const draft = z.object({
  name,
  sector: text.nullish(),
  role: text.nullish(),
  objectives: objectives.optional(),
});

export const changes = draft.partial();

const avatar = z.object({
  id,
  brandId: id,
  name,
  sector: z.string().nullable(),
  role: z.string().nullable(),
  objectives,
  createdAt: isoDate,
});

export const one = dataOf(avatar);
export const listed = listOf(avatar);
