// Whether the log has one row for each request that was answered, save for the last ones before a kill.

import type { Attempt } from "./attempts.ts";
import type { RequestRow } from "./books.ts";
import { mayBeLogged } from "./hearing.ts";

/** A row may wait a quarter of a second, and then for a machine that has more to do than this. */
const usualLossMs = 250 + 250;

/** Rows on their way at that time are gone: those of one server, or of all. */
export interface Loss {
  readonly server?: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export class LogRows {
  readonly #lossMaxMs: number;

  /** Ids of requests whose rows a kill has taken. */
  readonly lost = new Set<string>();
  oldestLostMs = 0;

  /** @param lossMaxMs A row that is older when something dies is not lost. */
  constructor(lossMaxMs = usualLossMs) {
    this.#lossMaxMs = lossMaxMs;
  }

  /** What was heard, and what the log has now. */
  judge(
    attempts: readonly Attempt[],
    rows: readonly RequestRow[],
    losses: readonly Loss[],
  ): readonly string[] {
    const kept = new Map(rows.map((row) => [row.requestId, row]));
    const complaints = judgeRepeats(rows);
    for (const attempt of attempts) {
      const { name, heard } = attempt;
      if (heard === undefined || this.lost.has(heard.requestId)) continue;
      const row = kept.get(heard.requestId);
      if (row !== undefined) {
        const isIts = row.name === name && mayBeLogged(attempt, row.charged);
        if (!isIts) complaints.push(`${name} is logged as ${JSON.stringify(row)}`);
        continue;
      }
      this.lost.add(heard.requestId);
      const ageMs = ageAtLoss(attempt.server, heard.heardAtMs, losses);
      this.oldestLostMs = Math.max(this.oldestLostMs, ageMs);
      if (ageMs > this.#lossMaxMs) complaints.push(`${name} has no row, ${ageMs} ms before a kill`);
    }
    return complaints;
  }
}

/** How old a row was at the next thing that can have taken it; for ever, where nothing did. */
function ageAtLoss(server: string, heardAtMs: number, losses: readonly Loss[]): number {
  const ages = losses
    .filter((loss) => (loss.server ?? server) === server && loss.toMs >= heardAtMs)
    .map(({ fromMs }) => Math.max(0, fromMs - heardAtMs));
  return Math.min(Number.POSITIVE_INFINITY, ...ages);
}

/** Each request has its own id and its caller's, so no two rows can have the same. */
function judgeRepeats(rows: readonly RequestRow[]): string[] {
  const complaints: string[] = [];
  const [ids, names] = [new Set<string>(), new Set<string>()];
  for (const { requestId, name } of rows) {
    if (ids.has(requestId)) complaints.push(`two rows for ${requestId}`);
    if (name !== null && names.has(name)) complaints.push(`two rows for the caller's ${name}`);
    ids.add(requestId);
    if (name !== null) names.add(name);
  }
  return complaints;
}
