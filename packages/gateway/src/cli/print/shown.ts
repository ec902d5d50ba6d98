// The data of the admin API as it is, for programs, or as people read it.

import { type ListOptions, listOf, type PageQuery, pagesOf } from "../operator/pages.ts";
import { say } from "../say.ts";
import type { Column } from "./table.ts";
import { tableOf } from "./table.ts";
import { print } from "./terminal.ts";

export interface Manner {
  readonly json?: boolean;
}

/** A list: for programs a line of JSON for each item, for people a table. */
export async function showList<Item>(
  manner: Manner & ListOptions,
  columns: readonly Column<Item>[],
  ask: (
    query: PageQuery,
  ) => Promise<{ readonly data: readonly Item[]; readonly next: string | null }>,
  whereEmpty: string,
): Promise<void> {
  if (manner.json) {
    for await (const { items } of pagesOf(manner, ask)) {
      for (const item of items) print(JSON.stringify(item));
    }
    return;
  }
  const { items, isMore } = await listOf(manner, ask);
  if (items.length === 0) return say(whereEmpty);
  for (const line of tableOf(columns, items)) print(line);
  if (isMore) say(`There are more: --all shows every one, --limit ${items.length * 2} so many.`);
}

/** One thing: for programs a document of JSON, for people what `lines` makes of it. */
export function show<Item>(
  { json }: Manner,
  item: Item,
  lines: (item: Item) => readonly string[],
): void {
  if (json) print(JSON.stringify(item, null, 2));
  else for (const line of lines(item)) print(line);
}
