// A list, page by page, as far as somebody wants it.

import { CommandError, exitCodes } from "../exit-codes.ts";
import { createProgress } from "../print/progress.ts";

export interface ListOptions {
  readonly limit?: string;
  readonly all?: boolean;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

interface Page<Item> {
  readonly data: readonly Item[];
  readonly next: string | null;
}

const usual = 50;
const pageMax = 100;
export const listMax = 10_000;

/** Each page as it comes; `isMore` with the last, where the list goes on behind it. */
export async function* pagesOf<Item>(
  { limit, all = false }: ListOptions,
  ask: (query: PageQuery) => Promise<Page<Item>>,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly isMore: boolean }> {
  if (all && limit !== undefined) {
    throw new CommandError("Say --limit or --all, not both.", exitCodes.refused);
  }
  const wanted = all ? Number.POSITIVE_INFINITY : countFrom(limit);
  const progress = createProgress();
  let cursor: string | undefined;
  let so = 0;
  try {
    do {
      const size = Math.min(pageMax, wanted - so);
      const { data, next } = await ask({ limit: size, ...(cursor !== undefined && { cursor }) });
      so += data.length;
      cursor = next ?? undefined;
      progress.clear();
      yield { items: data, isMore: cursor !== undefined };
      if (cursor !== undefined && so < wanted) progress.show(`${so} so far`);
    } while (cursor !== undefined && so < wanted);
  } finally {
    progress.clear();
  }
}

/** All that is wanted, at once: for a table that must know how wide it is. */
export async function listOf<Item>(
  options: ListOptions,
  ask: (query: PageQuery) => Promise<Page<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly isMore: boolean }> {
  const items: Item[] = [];
  let isMore = false;
  for await (const page of pagesOf(options, ask)) {
    items.push(...page.items);
    isMore = page.isMore;
  }
  return { items, isMore };
}

function countFrom(text: string | undefined): number {
  if (text === undefined) return usual;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= listMax) return count;
  throw new CommandError(
    `--limit is ${JSON.stringify(text)}: give a whole number from 1 to ${listMax}, or --all.`,
    exitCodes.refused,
  );
}
