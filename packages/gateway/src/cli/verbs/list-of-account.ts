// A list of what belongs to one account: the one that was said, or the only one that there is.

import { orNotThere } from "../operator/failure.ts";
import type { Operator } from "../operator/operator.ts";
import type { ListOptions, PageQuery } from "../operator/pages.ts";
import { accountFor, noAccount } from "../operator/whose.ts";
import { type Manner, showList } from "../print/shown.ts";
import type { Column } from "../print/table.ts";

export interface ListOfAccount<Item> {
  readonly columns: readonly Column<Item>[];
  readonly ask: (
    params: { readonly accountId: string },
    query: PageQuery,
  ) => Promise<{ readonly data: readonly Item[]; readonly next: string | null }>;
  /** What there is to say where it is empty. */
  readonly whereEmpty: (accountId: string) => string;
}

export async function listOfAccount<Item>(
  operator: Operator,
  typed: Manner & ListOptions & { readonly account?: string },
  { columns, ask, whereEmpty }: ListOfAccount<Item>,
): Promise<void> {
  const accountId = await accountFor(operator, typed);
  const page = (query: PageQuery) => orNotThere(ask({ accountId }, query), noAccount(accountId));
  await showList(typed, columns, page, whereEmpty(accountId));
}
