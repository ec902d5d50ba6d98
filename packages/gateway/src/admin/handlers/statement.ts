// A page of an account's statement: each entry with what all entries up to it add up to, so that whoever reads it can add it up.

import type { Refusal } from "sluice";
import type { Entry, Ledger } from "sluice/gate";
import { z } from "zod";
import { type Asked, type Found, findPage } from "../lists/page.ts";

export interface SummedEntry extends Entry {
  readonly availableAfter: number;
  readonly heldAfter: number;
}

interface Sums {
  readonly available: number;
  readonly held: number;
}

/** Where the last page ended, and what stood there. */
const place = z.object({ sequence: z.int(), available: z.int(), held: z.int() });

export function findEntries(
  ledger: Ledger,
  accountId: string,
  asked: Asked,
): Promise<Found<SummedEntry> | Refusal> {
  const places = { list: `entries of ${accountId}`, schema: place, of: placeBefore };
  return findPage(asked, places, async (limit, behind) => {
    if (behind === undefined) return newestEntries(ledger, accountId, limit);
    return summed(await ledger.entries(accountId, { limit, before: behind.sequence }), behind);
  });
}

/** More than come in between two questions to a store. */
const lateMax = 500;

async function newestEntries(
  ledger: Ledger,
  accountId: string,
  limit: number,
): Promise<readonly SummedEntry[]> {
  // The sums first: what comes in meanwhile is among the entries, and is added to them.
  const { upTo, ...sums } = await ledger.booked(accountId);
  const entries = await ledger.entries(accountId, { limit: limit + lateMax });
  const late = entries.filter(({ sequence }) => sequence > upTo);
  if (late.length === limit + lateMax)
    throw new Error("the entries come in faster than they are read");
  return summed(entries, late.reduce(after, sums));
}

/** @param entries the newest first. @param newest what stood after the newest */
function summed(entries: readonly Entry[], newest: Sums): readonly SummedEntry[] {
  let sums = newest;
  return entries.map((entry) => {
    const { available: availableAfter, held: heldAfter } = sums;
    sums = before(sums, entry);
    return { ...entry, availableAfter, heldAfter };
  });
}

function placeBefore(entry: SummedEntry): z.output<typeof place> {
  const { sequence, availableAfter: available, heldAfter: held } = entry;
  return { sequence, ...before({ available, held }, entry) };
}

function after({ available, held }: Sums, { from, to, amount }: Entry): Sums {
  const moved = (side: keyof Sums) => (to === side ? amount : 0) - (from === side ? amount : 0);
  return { available: available + moved("available"), held: held + moved("held") };
}

function before(sums: Sums, { from, to, ...entry }: Entry): Sums {
  return after(sums, { ...entry, from: to, to: from });
}
