// A partition for each day (UTC): made a week ahead, dropped when all of it is old. Every node looks after them, one at
// a time; a row without a partition of its own goes to the one for all others.

import { type Clock, DAY_MS, dayOf, HOUR_MS } from "../../../base/index.ts";
import { firstKeptDayMs } from "../../days/index.ts";
import type { Ask, Database } from "../connection/database.ts";

export interface PartitionUpkeep {
  readonly database: Database;
  readonly clock: Clock;
  readonly retentionMs: number;
}

const daysAhead = 7;
const everyMs = HOUR_MS;
/** Rows of the partition for all others that are deleted at once. */
const rowsMax = 1_000;
/** Whoever makes or drops a partition stops the writer for a moment; he must not wait long for it. */
const waitMs = 1_000;

const lock = "SELECT pg_try_advisory_xact_lock(hashtextextended('sluice/partitions', 0))";
const existing =
  "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid " +
  "WHERE inhparent = 'sluice.request'::regclass AND relname ~ '^request_\\d{8}$'";

/** Now, which is awaited, and then each hour until the returned function is called. */
export async function startPartitionUpkeep(upkeep: PartitionUpkeep): Promise<() => void> {
  let stopped = false;
  let cancel = () => {};
  const round = () => {
    cancel = upkeep.clock.after(everyMs, () => {
      // What fails now is done in an hour: there is a week's time, and a place for rows without one.
      void keepPartitions(upkeep)
        .catch(() => undefined)
        .finally(() => {
          if (!stopped) round();
        });
    });
  };
  await keepPartitions(upkeep);
  round();
  return () => {
    stopped = true;
    cancel();
  };
}

export async function keepPartitions({
  database,
  clock,
  retentionMs,
}: PartitionUpkeep): Promise<void> {
  const nowMs = clock.wallMs();
  await database.transaction(async (ask) => {
    await ask(`SET LOCAL lock_timeout = ${waitMs}`);
    const [[isMine] = []] = await ask(lock);
    if (isMine !== "t") return;
    const names = new Set((await ask(existing)).map(([name]) => name ?? ""));
    for (let day = 0; day <= daysAhead; day++) await make(ask, nowMs + day * DAY_MS, names);
    for (const name of names) {
      const endMs = startOf(name) + DAY_MS;
      if (endMs <= nowMs - retentionMs) await ask(`DROP TABLE sluice.${name}`);
    }
    await ask("DELETE FROM sluice.request_day WHERE day_ms < $1", [firstKeptDayMs(nowMs)]);
    if (Number.isFinite(retentionMs)) await ask(forgetOthers, [nowMs - retentionMs]);
  });
}

const forgetOthers =
  "DELETE FROM sluice.request_other WHERE (at_ms, request_id) IN " +
  `(SELECT at_ms, request_id FROM sluice.request_other WHERE at_ms < $1 LIMIT ${rowsMax})`;

async function make(ask: Ask, atMs: number, names: ReadonlySet<string>): Promise<void> {
  const fromMs = dayOf(atMs);
  const name = nameOf(fromMs);
  if (names.has(name)) return;
  await ask("SAVEPOINT day");
  try {
    await ask(
      `CREATE TABLE sluice.${name} PARTITION OF sluice.request ` +
        `FOR VALUES FROM (${fromMs}) TO (${fromMs + DAY_MS})`,
    );
    await ask("RELEASE SAVEPOINT day");
  } catch (error) {
    // Rows of that day went to the partition for all others: they stay there, and so do the day's others.
    await ask("ROLLBACK TO SAVEPOINT day");
    if ((error as { readonly code?: unknown }).code !== "23514") throw error;
  }
}

function nameOf(fromMs: number): string {
  return `request_${new Date(fromMs).toISOString().slice(0, 10).replaceAll("-", "")}`;
}

function startOf(name: string): number {
  const digits = name.slice("request_".length);
  return Date.UTC(
    Number(digits.slice(0, 4)),
    Number(digits.slice(4, 6)) - 1,
    Number(digits.slice(6)),
  );
}
