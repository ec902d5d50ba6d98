// How many holds ran out, however many there are: the ledger lists them in pages.

import type { HoldRecord, Ledger } from "sluice/gate";

const PAGE_ROWS = 1_000;

export async function countExpired(ledger: Pick<Ledger, "oddHolds">): Promise<number> {
  let expired = 0;
  let page: readonly HoldRecord[] = [];
  do {
    const before = page.at(-1)?.id;
    page = await ledger.oddHolds({ limit: PAGE_ROWS, ...(before !== undefined && { before }) });
    expired += page.filter(({ state }) => state === "expired").length;
  } while (page.length === PAGE_ROWS);
  return expired;
}
