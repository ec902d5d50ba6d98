// Whether the books say of each request what its caller knows: what was answered is charged, once and with the
// right amount; what was refused is not; and what nobody heard of is charged once at most.

import type { Attempt, Errand, Notebook } from "./attempts.ts";
import { type HoldRow, isRunningJob } from "./books.ts";
import { mayBeCharged } from "./hearing.ts";

/** What the demo spends itself, when it is first started. */
const ownSpending = "demo-spends-";

export function judgeMoney(notebook: Notebook, holds: readonly HoldRow[]): readonly string[] {
  const rows = new Map(holds.map((row) => [row.id, row]));
  const heard = new Set<string>();
  const complaints: string[] = [];
  for (const attempt of notebook.attempts) {
    if (attempt.heard === undefined) continue;
    const { requestId, status } = attempt.heard;
    if (heard.has(requestId)) complaints.push(`${requestId} was given to two requests`);
    heard.add(requestId);
    const row = rows.get(requestId);
    if (mayBeCharged(attempt, row)) continue;
    const { manner, credits } = attempt.wish;
    complaints.push(
      `${attempt.name}, a ${manner} for ${credits}, answered ${status}: ${JSON.stringify(row)}`,
    );
  }
  const unheard = holds.filter(
    ({ id, charged }) => charged > 0 && !heard.has(id) && !id.startsWith(ownSpending),
  );
  return [
    ...complaints,
    ...judgeEntries(holds),
    ...judgeErrands(notebook, holds),
    ...judgeUnheard(notebook, unheard),
  ];
}

/** Each hold is charged by one entry at most: all accounts have one pot. */
function judgeEntries(holds: readonly HoldRow[]): readonly string[] {
  return holds
    .filter(({ charged, times, sum }) => sum !== charged || times !== (charged > 0 ? 1 : 0))
    .map((row) => `not charged once: ${JSON.stringify(row)}`);
}

/** However often it was asked for, an errand is charged once if it was done, and else not at all. */
function judgeErrands({ errands }: Notebook, holds: readonly HoldRow[]): readonly string[] {
  const charges = new Map<string, HoldRow[]>();
  for (const row of holds) {
    if (row.key === null || (row.charged === 0 && !isRunningJob(row))) continue;
    charges.set(row.key, [...(charges.get(row.key) ?? []), row]);
  }
  return [...errands.values()].flatMap((errand) => {
    const { key, wish, payer, outcome } = errand;
    const found = charges.get(key) ?? [];
    const isRight = found.every(
      (row) =>
        row.account === payer.account.id && (isRunningJob(row) || row.charged === wish.credits),
    );
    const [least, most] = timesCharged(errand);
    if (isRight && found.length >= least && found.length <= most) return [];
    return [`${key} for ${wish.credits}, ${outcome?.kind}: charged as ${JSON.stringify(found)}`];
  });
}

/** How often at least and at most. */
function timesCharged({ outcome, wish }: Errand): readonly [number, number] {
  // A job that fails costs nothing in the end.
  if (outcome?.kind === "done") return [wish.credits > 0 ? 1 : 0, 1];
  // That a stream cannot be told again does not say how far it came.
  return [0, outcome === undefined || wish.manner === "stream" ? 1 : 0];
}

/** A charge that no caller heard of belongs to a request that nothing was heard of. */
function judgeUnheard({ attempts }: Notebook, charged: readonly HoldRow[]): readonly string[] {
  const lost = new Map<string, number>();
  /** The prices of streams, by account: whoever hangs up pays a part of it. */
  const streams = new Map<string, number[]>();
  for (const { payer, wish, errand } of attempts.filter(isUnheard)) {
    const name = errand?.key ?? `${payer.account.id} ${wish.credits}`;
    lost.set(name, (lost.get(name) ?? 0) + 1);
    if (errand !== undefined || wish.manner !== "stream") continue;
    streams.set(payer.account.id, [...(streams.get(payer.account.id) ?? []), wish.credits]);
  }
  return charged.flatMap((row) => {
    const name = row.key ?? `${row.account} ${row.charged}`;
    const left = (lost.get(name) ?? 0) - 1;
    lost.set(name, left);
    if (left >= 0) return [];
    const prices = streams.get(row.account) ?? [];
    const fitting = prices.findIndex((credits) => credits > row.charged);
    if (row.key === null && fitting >= 0) {
      prices.splice(fitting, 1);
      return [];
    }
    return [`nobody asked for ${JSON.stringify(row)}`];
  });
}

function isUnheard({ heard }: Attempt): boolean {
  return heard === undefined;
}
