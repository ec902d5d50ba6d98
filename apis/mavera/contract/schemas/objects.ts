// The shapes that answers share: ids, dates, costs and lists. Objects are bare and name themselves in `object`.

import { z } from "zod";

/** Those of the API's own making; an id in a body can be anybody's guess, and is told apart by looking it up. */
export const id = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

/** An id that an input names. */
export const namedId = z.string().min(1).max(100);

/** The documents show both: newer objects have the one, older ones the other. */
export const isoDate = z.iso.datetime({ precision: 3 });
export const unixSeconds = z.int().min(0);

export const credits = z.int().min(0);
export const cost = z.looseObject({ credits_used: credits });

/** A page that goes on where the last one ended. */
export function pageOf<S extends z.ZodType>(schema: S) {
  return z.object({
    object: z.literal("list"),
    data: z.array(schema),
    has_more: z.boolean(),
    next_cursor: z.string().nullable(),
  });
}

/** A page by position. */
export function sliceOf<S extends z.ZodType>(schema: S) {
  return z.object({
    object: z.literal("list"),
    data: z.array(schema),
    total: z.int().min(0),
    limit: z.int().min(1),
    offset: z.int().min(0),
    has_more: z.boolean(),
  });
}
