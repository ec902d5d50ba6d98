// What is judged wherever servers are tortured: the store's own audit, and its books against what the callers know.

import type { Notebook } from "./attempts.ts";
import type { BooksAndWorks } from "./books.ts";
import { judgeMoney } from "./money.ts";
import { judgeSlots } from "./slots.ts";
import type { Witness } from "./witness.ts";

export interface Judged {
  readonly complaints: readonly string[];
  readonly books: BooksAndWorks;
}

/**
 * While nobody calls.
 * @param slotTimes So many times as many jobs may run as one limit allows.
 */
export async function judgeBooks(
  witness: Witness,
  notebook: Notebook,
  slotTimes = 1,
): Promise<Judged> {
  const broken = await witness.audit();
  const books = await witness.books();
  const { holds } = books;
  return {
    complaints: [...broken, ...judgeMoney(notebook, holds), ...judgeSlots(books, slotTimes)],
    books,
  };
}
