// A page of a list: at most as many as were asked for, and where to go on.

import { isRefusal, type Refusal } from "sluice";
import type { Awaitable } from "sluice/base";
import type { Page } from "sluice/gate";
import { z } from "zod";
import { readCursor, writeCursor } from "./cursor.ts";

export interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Found<Item> {
  readonly data: readonly Item[];
  readonly next: string | null;
}

/** What places in a list are made of: where a record stands, and how it is read back. */
export interface Places<Row, Place> {
  readonly list: string;
  readonly schema: z.ZodType<Place>;
  readonly of: (row: Row) => Place;
}

export type Find<Row, Place> = (
  limit: number,
  behind: Place | undefined,
) => Awaitable<readonly Row[]>;

export async function findPage<Row, Place>(
  { limit, cursor }: Asked,
  { list, schema, of }: Places<Row, Place>,
  find: Find<Row, Place>,
): Promise<Found<Row> | Refusal> {
  const read = readCursor(list, schema, cursor);
  if (isRefusal(read)) return read;
  // One more than asked for says whether there are more.
  const found = await find(limit + 1, read.place);
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { data, next: hasMore ? writeCursor(list, of(last)) : null };
}

/** Of records that a store finds behind the id of the last one. */
export function findById<Row extends { readonly id: string }>(
  asked: Asked,
  list: string,
  find: (page: Page) => Awaitable<readonly Row[]>,
): Promise<Found<Row> | Refusal> {
  return findPage(asked, { list, schema: z.string(), of: ({ id }) => id }, (limit, after) =>
    find({ limit, ...(after !== undefined && { after }) }),
  );
}

/** Of records that a store numbers, the newest first. */
export function findByNumber<Row extends { readonly sequence: number }>(
  asked: Asked,
  list: string,
  find: (page: { limit: number; before?: number }) => Awaitable<readonly Row[]>,
): Promise<Found<Row> | Refusal> {
  const places = { list, schema: z.int(), of: ({ sequence }: Row) => sequence };
  return findPage(asked, places, (limit, before) =>
    find({ limit, ...(before !== undefined && { before }) }),
  );
}
