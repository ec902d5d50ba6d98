// Whether the books say of each request what its caller knows: what was answered is charged, once and with the
// right amount; what was refused is not; and what nobody heard of is charged once at most.

import type { Attempt, Notebook } from "./attempts.ts";
import type { HoldRow } from "./books.ts";

/** What the demo spends itself, when it is first started. */
const ownSpending = "demo-spends-everything-";

export function judgeMoney(notebook: Notebook, holds: readonly HoldRow[]): readonly string[] {
  const rows = new Map(holds.map((row) => [row.id, row]));
  const heard = new Set<string>();
  const complaints: string[] = [];
  for (const attempt of notebook.attempts) {
    if (attempt.heard === undefined) continue;
    const { requestId, status } = attempt.heard;
    if (heard.has(requestId)) complaints.push(`${requestId} was given to two requests`);
    heard.add(requestId);
    const charged = rows.get(requestId)?.charged ?? 0;
    if (maybeCharged(attempt).includes(charged)) continue;
    complaints.push(`${attempt.name}, answered ${status}, is charged ${charged} as ${requestId}`);
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

function maybeCharged({ heard, credits }: Attempt): readonly number[] {
  if (heard?.status === 201 && !heard.replayed) return [credits];
  // Work may have been done before the ledger went away: only its books can tell.
  return heard?.status === 503 ? [0, credits] : [0];
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
    if (row.key === null || row.charged === 0) continue;
    charges.set(row.key, [...(charges.get(row.key) ?? []), row]);
  }
  return [...errands.values()].flatMap(({ key, credits, payer, outcome }) => {
    const found = charges.get(key) ?? [];
    const isRight = found.every(
      ({ charged, account }) => charged === credits && account === payer.account.id,
    );
    const [least, most] =
      outcome === undefined ? [0, 1] : outcome.kind === "launched" ? [1, 1] : [0, 0];
    if (isRight && found.length >= least && found.length <= most) return [];
    return [`${key} for ${credits}, ${outcome?.kind}: charged as ${JSON.stringify(found)}`];
  });
}

/** A charge that no caller heard of belongs to a request that nothing was heard of. */
function judgeUnheard(notebook: Notebook, charged: readonly HoldRow[]): readonly string[] {
  const lost = new Map<string, number>();
  for (const { heard, payer, credits, errand } of notebook.attempts) {
    if (heard !== undefined) continue;
    const name = errand?.key ?? `${payer.account.id} ${credits}`;
    lost.set(name, (lost.get(name) ?? 0) + 1);
  }
  return charged.flatMap((row) => {
    const name = row.key ?? `${row.account} ${row.charged}`;
    const left = (lost.get(name) ?? 0) - 1;
    lost.set(name, left);
    return left < 0 ? [`nobody asked for ${JSON.stringify(row)}`] : [];
  });
}
