// The shapes that all answers share: `{ data }`, ids, dates, and the answer to a deletion.

import { z } from "zod";

export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const isoDate = z.iso.datetime({ precision: 3 });

/** A share in percent. */
export const percent = z.number().min(0).max(100);

/** BCP 47 and ISO 3166-1 tags; the documents bound both by length alone. */
export const language = z.string().min(2).max(5);
export const country = z.string().min(2).max(5);

export function dataOf<S extends z.ZodType>(schema: S): z.ZodObject<{ data: S }> {
  return z.object({ data: schema });
}

export function listOf<S extends z.ZodType>(schema: S): z.ZodObject<{ data: z.ZodArray<S> }> {
  return z.object({ data: z.array(schema) });
}

export const deleted = dataOf(z.object({ deleted: z.literal(true) }));
