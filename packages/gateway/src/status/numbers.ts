// What the log knows of each API and operation that the page shows, day by day and right now.

import type { AnyApi } from "sluice";
import type { DaySum, RequestLog } from "sluice/gate";
import { firstDayMs } from "./calendar.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { RECENT_MS, RECENT_ROWS_MAX, type Recent, recentOf } from "./minutes.ts";

/** A contract, less what is hidden of it. */
export interface ShownApi {
  readonly title: string;
  readonly operations: readonly ShownOperation[];
}

export interface ShownOperation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** Read together. */
export interface Numbers {
  readonly days: readonly DaySum[];
  readonly recent: ReadonlyMap<string, Recent>;
}

export interface DayFigures extends Figures {
  readonly dayMs: number;
}

/** Of something: all days together, and those on which anything was answered, oldest first. */
export interface History {
  readonly total: Figures;
  readonly days: readonly DayFigures[];
}

export interface OperationHistory extends ShownOperation, History {}

export interface ApiHistory extends History {
  readonly operations: readonly OperationHistory[];
}

export function shownApis(
  apis: readonly AnyApi[],
  hidden: ReadonlySet<string>,
): readonly ShownApi[] {
  return apis.map(({ wire }) => ({
    title: wire.about.title,
    operations: Object.entries(wire.operations)
      .filter(([name]) => !hidden.has(name))
      .map(([name, { method, path }]) => ({ name, method, path: wire.basePath + path })),
  }));
}

export async function readNumbers(
  log: Pick<RequestLog, "days" | "find">,
  apis: readonly ShownApi[],
  nowMs: number,
): Promise<Numbers> {
  const operations = new Map(
    apis.map((api) => [api.title, new Set(api.operations.map(({ name }) => name))]),
  );
  const isShown = (api: string, operation: string) => operations.get(api)?.has(operation) === true;
  const [days, rows] = await Promise.all([
    log.days({ fromMs: firstDayMs(nowMs), toMs: nowMs + 1 }),
    log.find({ fromMs: nowMs - RECENT_MS, limit: RECENT_ROWS_MAX }),
  ]);
  return {
    days: days.filter(({ api, operation }) => operation !== undefined && isShown(api, operation)),
    recent: recentOf(rows, isShown),
  };
}

/** Paths that are no operation are asked for by whoever tries all doors: they count for nobody. */
export function apiHistory({ days }: Numbers, { title, operations }: ShownApi): ApiHistory {
  const mine = days.filter(({ api }) => api === title);
  const byOperation = Map.groupBy(mine, ({ operation }) => operation);
  return {
    ...historyOf(mine),
    operations: operations.map((operation) => ({
      ...operation,
      ...historyOf(byOperation.get(operation.name) ?? []),
    })),
  };
}

function historyOf(sums: readonly DaySum[]): History {
  const byDay = Map.groupBy(sums, ({ dayMs }) => dayMs);
  const days = [...byDay].map(([dayMs, ofDay]) => ({ dayMs, ...figuresOf(ofDay) }));
  return {
    total: figuresOf(sums),
    days: days.filter(({ requests }) => requests > 0).sort((a, b) => a.dayMs - b.dayMs),
  };
}
