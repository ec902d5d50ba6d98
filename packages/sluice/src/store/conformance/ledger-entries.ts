// What must be true of an account's entries, whatever led to them.

import type { Entry, EntrySide, Ledger } from "../../gate/stores.ts";
import { check, equal } from "./check.ts";

/** How a hold should stand by its entries. */
export interface HoldSums {
  readonly id: string;
  readonly held: number;
  readonly charged: number;
}

/** L1: numbered in order, no side of a pot ever below zero, and each hold sums to what it is. */
export function checkEntries(
  entries: readonly Entry[],
  accountId: string,
  holds: readonly HoldSums[],
  where: string,
): void {
  const pots = new Map<string, number>();
  const sums = new Map<string, number>();
  let sequence = Number.NEGATIVE_INFINITY;
  for (const entry of entries) {
    const what = `${where}: entry ${entry.sequence} of ${accountId}`;
    equal(entry.accountId, accountId, what);
    check(entry.sequence > sequence, `${what}: out of order`);
    sequence = entry.sequence;
    check(Number.isSafeInteger(entry.amount) && entry.amount > 0, `${what}: ${entry.amount}`);
    const left = add(pots, entry.pot, entry.from, -entry.amount);
    check(entry.from === "issued" || left >= 0, `${what}: ${entry.from} falls to ${left}`);
    add(pots, entry.pot, entry.to, entry.amount);
    if (entry.holdId === undefined) continue;
    add(sums, entry.holdId, entry.from, -entry.amount);
    add(sums, entry.holdId, entry.to, entry.amount);
  }
  for (const { id, held, charged } of holds) {
    const what = `${where}: the entries of ${id}`;
    equal(add(sums, id, "held", 0), held, `${what} leave held`);
    equal(add(sums, id, "charged", 0), charged, `${what} leave charged`);
    equal(add(sums, id, "available", 0), 0 - held - charged, `${what} took from available`);
  }
}

/** All of an account's entries, page by page, newest first. */
export async function entriesByPages(
  ledger: Ledger,
  accountId: string,
  limit: number,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const before = entries.at(-1)?.sequence;
    const page = await ledger.entries(accountId, {
      limit,
      ...(before !== undefined && { before }),
    });
    if (page.length === 0) return entries;
    for (const { sequence } of page) {
      check(sequence < (before ?? sequence + 1), `entry ${sequence} is not before ${before}`);
    }
    entries.push(...page);
    check(page.length <= limit, `a page of ${page.length}, where ${limit} were asked for`);
  }
}

/** All of an account's entries, in the order in which they were written. */
export async function storyOf(ledger: Ledger, accountId: string): Promise<readonly Entry[]> {
  return (await ledger.entries(accountId, { limit: 1_000_000 })).toReversed();
}

/** What the entries leave available and held, over all pots. */
export function sumsOf(entries: readonly Entry[]): { available: number; held: number } {
  const sums = { available: 0, held: 0 };
  for (const { from, to, amount } of entries) {
    if (from === "available" || from === "held") sums[from] -= amount;
    if (to === "available" || to === "held") sums[to] += amount;
  }
  return sums;
}

/** What the entries leave available, over all pots. */
export function availableBy(entries: readonly Entry[]): number {
  return sumsOf(entries).available;
}

function add(sums: Map<string, number>, name: string, side: EntrySide, amount: number): number {
  const at = `${side} of ${name}`;
  const sum = (sums.get(at) ?? 0) + amount;
  sums.set(at, sum);
  return sum;
}
