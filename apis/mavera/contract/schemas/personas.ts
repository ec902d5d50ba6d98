// Personas: those that Mavera has for everybody, and the account's own.

import { z } from "zod";
import { byCursor } from "./counts.ts";
import { id, pageOf, unixSeconds } from "./objects.ts";

export const params = z.object({ personaId: id });

export const query = z.object({
  ...byCursor,
  category: z.string().max(100).optional(),
  search: z.string().max(200).optional(),
});

const name = z.string().min(1).max(100);

const pipelineType = z.enum(["north_star", "intermediate", "advanced"]);

/** The documents know many more members, all of them optional. */
export const draft = z.looseObject({
  name,
  pipeline_type: pipelineType,
  description: z.string().min(1).max(2_000).optional(),
  category: z.string().min(1).max(100).optional(),
});

export const one = z.looseObject({
  id,
  object: z.enum(["persona", "custom_persona"]),
  name,
  description: z.string().nullable(),
  category: z.string().nullable(),
  pipeline_type: pipelineType,
  created_at: unixSeconds,
});

export const created = one.extend({ credits_charged: z.literal(300) });
export const listed = pageOf(one);
