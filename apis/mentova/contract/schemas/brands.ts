// Brands: what an account has measured.

import { z } from "zod";
import { country, dataOf, id, isoDate, language, listOf } from "./envelopes.ts";

export const params = z.object({ brandId: id });

const name = z.string().min(1).max(100);
const domain = z.string().min(1).max(253);
const aliases = z.array(z.string().min(1));

export const draft = z.object({
  name,
  domain: domain.nullish(),
  aliases: aliases.optional(),
  language: language.nullish(),
  country: country.nullish(),
});

export const changes = draft.partial().extend({ autoWeeklyAnalysis: z.boolean().optional() });

const brand = z.object({
  id,
  name,
  domain: domain.nullable(),
  aliases,
  language: language.nullable(),
  country: country.nullable(),
  autoWeeklyAnalysis: z.boolean(),
  createdAt: isoDate,
});

export const one = dataOf(brand);
export const listed = listOf(brand);
