// Cursors: a place in a list as text that nobody reads. It says of which list it is, so that none is taken for another's.

import { type Refusal, refuse } from "sluice";
import type { z } from "zod";

export function writeCursor(list: string, place: unknown): string {
  return Buffer.from(JSON.stringify([list, place])).toString("base64url");
}

const refusal = refuse("invalid_parameter", {
  param: "cursor",
  expected: "must be the `next` of a page of this list",
});

/** The place that a cursor of this list says; undefined without one. */
export function readCursor<Place>(
  list: string,
  schema: z.ZodType<Place>,
  cursor: string | undefined,
): { readonly place: Place | undefined } | Refusal {
  if (cursor === undefined) return { place: undefined };
  const [name, place] = parsed(cursor);
  const read = name === list ? schema.safeParse(place) : undefined;
  return read?.success ? { place: read.data } : refusal;
}

function parsed(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
