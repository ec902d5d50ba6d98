// A list as a whole, where a page needs all of it at once: up to a bound, and it says when there is more.

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Paged, PageOf } from "../parts/asking.ts";
import { admin, type Input, type Listed, type ListOperation } from "./admin.ts";

const PAGE_ROWS = 100;
const PAGES_MAX = 20;

export interface Everything<Row> {
  readonly rows: readonly Row[];
  /** Whether there are more than these. */
  readonly isCut: boolean;
}

/** @param isEnough whether nothing behind these rows is wanted */
export async function everythingOf<O extends ListOperation>(
  operation: O,
  input: Input<O> & Paged,
  signal: AbortSignal,
  isEnough: (rows: readonly Listed<O>[]) => boolean = () => false,
): Promise<Everything<Listed<O>>> {
  const rows: Listed<O>[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const query = { limit: PAGE_ROWS, ...(cursor !== null && { cursor }) };
    const answer: unknown = await admin.call(operation, { ...input, query }, { signal });
    const { data, next } = answer as PageOf<Listed<O>>;
    rows.push(...data);
    if (next === null || isEnough(rows)) return { rows, isCut: false };
    cursor = next;
  }
  return { rows, isCut: true };
}

export function useEverything<O extends ListOperation>(
  operation: O,
  input: Input<O> & Paged,
  isOn = true,
): UseQueryResult<Everything<Listed<O>>> {
  return useQuery({
    queryKey: [operation, input, "everything"],
    queryFn: ({ signal }) => everythingOf(operation, input, signal),
    enabled: isOn,
  });
}
