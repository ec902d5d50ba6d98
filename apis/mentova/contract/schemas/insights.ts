// What analyses have shown of a brand: visibility, competitors, sources.

import { z } from "zod";
import { days } from "./counts.ts";
import { dataOf, id, isoDate, listOf, percent } from "./envelopes.ts";
import { model } from "./models.ts";

export const visibilityQuery = z.object({ days, model: model.optional() });

const voice = z.object({ name: z.string(), mentionRate: percent, shareOfVoice: percent });
const point = z.object({ date: z.iso.date(), mentionRate: percent });

export const visibility = dataOf(
  z.object({ mentionRate: percent, sov: z.array(voice), timeline: z.array(point) }),
);

export const competitors = listOf(
  z.object({
    id,
    name: z.string(),
    domain: z.string().nullable(),
    mentionRate: percent,
    coOccurrenceRate: percent,
    rank: z.int().min(1),
  }),
);

export const sources = listOf(
  z.object({
    url: z.url(),
    domain: z.string(),
    citationCount: z.int().min(0),
    firstSeenAt: isoDate,
    lastSeenAt: isoDate,
  }),
);
