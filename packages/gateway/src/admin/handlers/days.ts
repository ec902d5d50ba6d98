// The daily sums: a page is so many days, newest first, with a row for each operation.

import { isRefusal } from "sluice";
import { DAY_MS, dayOf } from "sluice/base";
import { type DaySum, DURATION_BOUNDS_MS } from "sluice/gate";
import { z } from "zod";
import * as schemas from "../contract/schemas/requests.ts";
import type { Desk } from "../desk/desk.ts";
import { readCursor, writeCursor } from "../lists/cursor.ts";
import { type AdminHandlers, answer } from "./answer.ts";
import { present } from "./patch.ts";

const keptDays = 90;
const list = "days";

export function dayHandlers(desk: Desk): Pick<AdminHandlers, "listDays"> {
  return {
    async listDays({ query: { limit, cursor, api, operation, ...time } }) {
      const read = readCursor(list, z.int(), cursor);
      if (isRefusal(read)) return read;
      const nowMs = desk.clock.wallMs();
      const firstMs = dayOf(time.fromMs ?? nowMs - (keptDays - 1) * DAY_MS);
      // Days are whole: one that has begun before the end of the time counts.
      const toMs = Math.min(read.place ?? Infinity, time.toMs ?? nowMs + 1);
      const fromMs = Math.max(firstMs, dayOf(toMs - 1) - (limit - 1) * DAY_MS);
      const found = await desk.stores.log.days({ fromMs, toMs, ...present({ api }) });
      const wanted = found.filter((day) => operation === undefined || day.operation === operation);
      return answer(schemas.days, {
        data: wanted.toSorted(newestFirst).map(shownDay),
        next: fromMs > firstMs ? writeCursor(list, fromMs) : null,
        boundsMs: [...DURATION_BOUNDS_MS],
      });
    },
  };
}

function newestFirst(a: DaySum, b: DaySum): number {
  return b.dayMs - a.dayMs;
}

function shownDay({ operation = undefined, durations, ...day }: DaySum) {
  return { ...day, operation: operation ?? null, durations: [...durations] };
}
