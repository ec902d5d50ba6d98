// The proof that the money adds up: every pot is told anew from its entries and from its holds, and
// compared with what the ledger believes.

import type { EntrySide } from "../../gate/stores.ts";
import type { Books } from "./books.ts";
import type { Budgets } from "./budgets.ts";
import type { Hold, Holds } from "./holds.ts";
import { addEntry, noSides, type Sides } from "./pot.ts";

const sideNames: readonly EntrySide[] = ["issued", "available", "held", "charged", "lapsed"];

/** Every broken invariant, in words; none is the proof. */
export function auditLedger(books: Books, holds: Holds, budgets: Budgets): readonly string[] {
  const all = [...holds.open(), ...holds.ended()];
  const told = sumUp(books);
  return [
    ...auditPots(books, told, all),
    ...auditHolds(told, holds, all),
    ...auditBudgets(budgets, all),
  ];
}

/** What the entries say. */
interface Told {
  /** With what was folded of older ones. */
  readonly byPot: ReadonlyMap<string, Sides>;
  readonly byHold: ReadonlyMap<string, Sides>;
  /** The number of the oldest that is kept. */
  readonly oldestKept: number;
}

/** In one pass: there may be millions of them. */
function sumUp(books: Books): Told {
  const byPot = new Map<string, Sides>();
  for (const { pot, folded } of books.pots()) byPot.set(pot.id, { ...folded });
  const byHold = new Map<string, Sides>();
  let oldestKept = books.nextSequence;
  for (const entry of books.all()) {
    oldestKept = Math.min(oldestKept, entry.sequence);
    const ofPot = byPot.get(entry.pot);
    if (ofPot !== undefined) addEntry(ofPot, entry);
    if (entry.holdId === undefined) continue;
    const ofHold = byHold.get(entry.holdId) ?? noSides();
    byHold.set(entry.holdId, ofHold);
    addEntry(ofHold, entry);
  }
  return { byPot, byHold, oldestKept };
}

/** Each side of a pot is the sum of its entries, nothing is below zero, and held is what holds hold. */
function auditPots(books: Books, { byPot }: Told, holds: readonly Hold[]): string[] {
  const fromHolds = new Map<string, number>();
  for (const { state, parts } of holds) {
    if (state !== "open") continue;
    for (const { pot, amount } of parts) {
      fromHolds.set(pot.id, (fromHolds.get(pot.id) ?? 0) + amount);
    }
  }
  const broken: string[] = [];
  for (const { pot } of books.pots()) {
    for (const side of sideNames) {
      const amount = pot.sides[side];
      const told = byPot.get(pot.id)?.[side];
      if (amount !== told) broken.push(`${pot.id}: ${side} is ${amount}, by its entries ${told}`);
      if (side !== "issued" && amount < 0) broken.push(`${pot.id}: ${side} is ${amount}`);
    }
    const held = fromHolds.get(pot.id) ?? 0;
    if (pot.sides.held !== held) {
      broken.push(`${pot.id}: held is ${pot.sides.held}, by its open holds ${held}`);
    }
  }
  return broken;
}

/** An open hold's entries leave its amount held; an ended one's leave nothing, and its charge charged. */
function auditHolds({ byHold, oldestKept }: Told, holds: Holds, all: readonly Hold[]): string[] {
  const broken: string[] = [];
  for (const hold of all) {
    const { state, amount, charged, firstEntry } = hold;
    const id = holds.idOf(hold);
    if (charged > amount) broken.push(`hold ${id}: charged ${charged} of ${amount}`);
    if (firstEntry < oldestKept) continue;
    const { held, charged: chargedByEntries } = byHold.get(id) ?? noSides();
    const open = state === "open" ? amount : 0;
    if (held !== open) broken.push(`hold ${id}: ${held} is held, it is ${state} with ${amount}`);
    if (chargedByEntries !== charged) {
      broken.push(`hold ${id}: charged ${charged}, by its entries ${chargedByEntries}`);
    }
  }
  return broken;
}

/** used + held ≤ cap, held is what open holds hold, and used is what ended holds were charged. */
function auditBudgets(budgets: Budgets, holds: readonly Hold[]): string[] {
  const broken: string[] = [];
  for (const pot of budgets.pots()) {
    let held = 0;
    let used = pot.usedBefore;
    for (const hold of holds) {
      if (!hold.budgets.includes(pot)) continue;
      if (hold.state === "open") held += hold.amount;
      used += hold.charged;
    }
    const { name, cap } = pot;
    if (pot.held !== held) broken.push(`${name}: held is ${pot.held}, by its holds ${held}`);
    if (pot.used !== used) broken.push(`${name}: used is ${pot.used}, by its holds ${used}`);
    if (used + held > cap) broken.push(`${name}: used ${used} + held ${held} > cap ${cap}`);
  }
  return broken;
}
