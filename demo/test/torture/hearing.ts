// What callers may conclude from what they heard: that the work is done, and what it was charged.

import type { Heard } from "./ask.ts";
import type { HoldRow } from "./books.ts";
import type { Wish } from "./wishes.ts";

export interface Hearing {
  readonly wish: Wish;
  readonly heard: Heard | undefined;
}

const completion = /^event: response\.completed\ndata: .*\n\n/m;

/** Whether the caller knows that what it asked for was done, by this request. */
export function isDone({ wish, heard }: Hearing): boolean {
  if (heard === undefined || heard.replayed || heard.status >= 300) return false;
  return wish.manner !== "stream" || completion.test(heard.text);
}

/** What an answer says that it cost, where it does. */
export function toldCredits(text: string): number | undefined {
  const credits = /"credits_used":(\d+)/.exec(text)?.[1];
  return credits === undefined ? undefined : Number(credits);
}

/** Whether the books may say this of a request of which so much was heard. */
export function mayBeCharged(hearing: Hearing, row: HoldRow | undefined): boolean {
  const charged = row?.charged ?? 0;
  const { heard, wish } = hearing;
  const { credits, manner } = wish;
  // Work may have been done before the ledger went away: only its books can tell.
  if (heard?.status === 503) return charged === 0 || charged === credits;
  if (heard !== undefined && isCut(hearing)) return charged <= credits;
  if (!isDone(hearing)) return charged === 0;
  if (manner !== "job") return charged === credits;
  return row !== undefined && (row.state === null ? charged === 0 : charged === credits);
}

/** Whether the log may: of a job it is never told what it cost. */
export function mayBeLogged(hearing: Hearing, charged: number): boolean {
  const { heard, wish } = hearing;
  if (heard?.status === 503) return true;
  if (isCut(hearing)) return charged <= wish.credits;
  return charged === (isDone(hearing) && wish.manner !== "job" ? wish.credits : 0);
}

/** A stream that began and whose completion nobody heard: charged up to there, or whole, or not at all. */
function isCut(hearing: Hearing): boolean {
  const { heard, wish } = hearing;
  return wish.manner === "stream" && heard?.status === 200 && !isDone(hearing);
}
