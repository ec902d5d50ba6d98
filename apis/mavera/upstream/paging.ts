// The two kinds of lists of this API: from a cursor on, or from a number on. Both are bounded.

import { type Answer, found } from "./call.ts";
import { Failure } from "./failure.ts";
import type { Fields } from "./fields.ts";
import { maxIdLength } from "./limits.ts";
import type { AfterPage, OffsetPage } from "./records.ts";

const maxPageSize = 100;
const defaultCursorPageSize = 50;
const defaultOffsetPageSize = 20;
const maxOffset = 1_000_000_000;

/** A cursor is the id of the last thing that the caller has seen. */
export function answerFromCursor<T extends { readonly id: string }>(
  fields: Fields,
  look: (page: AfterPage) => readonly T[] | undefined,
): Answer {
  const limit = fields.whole("limit", { min: 1, max: maxPageSize }) ?? defaultCursorPageSize;
  const after = fields.optionalText("cursor", { max: maxIdLength });
  if (fields.failure) return fields.failure;
  // One more than is shown tells whether there is more.
  const things = look({ limit: limit + 1, after });
  if (things === undefined) {
    return new Failure("unacceptable", "cursor must be one that this list gave.", "cursor");
  }
  const data = things.slice(0, limit);
  const hasMore = things.length > limit;
  const nextCursor = hasMore ? (data.at(-1)?.id ?? null) : null;
  return found({ object: "list", data, has_more: hasMore, next_cursor: nextCursor });
}

export interface Slice<T> {
  readonly data: readonly T[];
  readonly total: number;
}

export function answerFromOffset<T>(fields: Fields, look: (page: OffsetPage) => Slice<T>): Answer {
  const limit = fields.whole("limit", { min: 1, max: maxPageSize }) ?? defaultOffsetPageSize;
  const offset = fields.whole("offset", { min: 0, max: maxOffset }) ?? 0;
  if (fields.failure) return fields.failure;
  const { data, total } = look({ limit, offset });
  const hasMore = offset + data.length < total;
  return found({ object: "list", data, total, limit, offset, has_more: hasMore });
}
