// Pages of records, by cursor: the id of the last record that was answered.

import { isRefusal, type Refusal, refuse } from "sluice";
import type { Awaitable } from "sluice/base";
import type { Page } from "sluice/gate";

interface Recorded {
  readonly id: string;
}

export interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export type Find<R> = (page: Page) => Awaitable<readonly R[]>;

/** Records, and how much of them the caller may see. */
export interface Shelf<R> {
  readonly find: Find<R>;
  readonly get: (id: string) => Awaitable<R | undefined>;
  readonly isSeen: (record: R) => boolean;
  readonly show: (record: R) => unknown;
}

/** The body that answers a list. */
export async function listPage<R extends Recorded>(
  { limit, cursor }: Asked,
  shelf: Shelf<R>,
): Promise<object | Refusal> {
  const refusal = await refuseCursor(cursor, shelf);
  if (isRefusal(refusal)) return refusal;
  // One more than asked for says whether there are more.
  const found = await findSeen(shelf, limit + 1, cursor);
  const page = found.slice(0, limit);
  const hasMore = found.length > page.length;
  return {
    object: "list",
    data: page.map(shelf.show),
    has_more: hasMore,
    next_cursor: hasMore ? (page.at(-1)?.id ?? null) : null,
  };
}

/** A list that ended because of a wrong cursor would look like one that is complete. */
async function refuseCursor<R>(
  cursor: string | undefined,
  { get, isSeen }: Shelf<R>,
): Promise<Refusal | undefined> {
  if (cursor === undefined) return undefined;
  const record = await get(cursor);
  if (record !== undefined && isSeen(record)) return undefined;
  const expected = "must be one that this list gave";
  return refuse("invalid_parameter", { param: "cursor", expected });
}

/** A key that sees few of many records must not get a page with holes: looks on until there are enough. */
async function findSeen<R extends Recorded>(
  { find, isSeen }: Shelf<R>,
  wanted: number,
  cursor: string | undefined,
): Promise<readonly R[]> {
  const seen: R[] = [];
  let after = cursor;
  while (seen.length < wanted) {
    const part = await find({ limit: wanted, ...(after !== undefined && { after }) });
    seen.push(...part.filter(isSeen));
    after = part.at(-1)?.id;
    if (part.length < wanted) break;
  }
  return seen;
}

/**
 * Whether there are `limit` records already. Two that are created in the same instant may both be the last one:
 * the limit is there to keep lists short, and one more does not lengthen them.
 */
export async function isFull(find: Find<Recorded>, limit: number): Promise<boolean> {
  return (await find({ limit })).length >= limit;
}
