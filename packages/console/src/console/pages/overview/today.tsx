// The day so far, in UTC as its sums are, by operation.

import type { ReactNode } from "react";
import { dayOf } from "sluice/base";
import { Asked, Empty } from "../../../parts/asked.tsx";
import { column, Table } from "../../../parts/list-table.tsx";
import { useNow } from "../../../parts/now.ts";
import { count, duration, percent } from "../../../parts/numbers.ts";
import { type Output, useAdmin } from "../../admin.ts";
import { RequestsLink } from "../../links.tsx";

type Days = Output<"listDays">;
type Day = Days["data"][number];

const everyMs = 15_000;
const shownMost = 12;

export function Today(): ReactNode {
  const nowMs = useNow();
  const fromMs = dayOf(nowMs);
  const query = useAdmin("listDays", { query: { fromMs, limit: 1 } }, { everyMs });
  return (
    <section className="box" aria-label="Today, UTC, by operation">
      <h2>Today, UTC, by operation</h2>
      <Asked query={query}>
        {({ data, boundsMs }) => {
          const rows = [...data].sort((a, b) => b.requests - a.requests).slice(0, shownMost);
          return rows.length === 0 ? (
            <Empty>
              <p>No request came today.</p>
            </Empty>
          ) : (
            <Table
              caption="Today by operation, the most frequent first"
              columns={columnsFor(boundsMs)}
              rows={rows}
              keyOf={({ api, operation }) => `${api} ${operation}`}
            />
          );
        }}
      </Asked>
    </section>
  );
}

function columnsFor(boundsMs: readonly number[]) {
  return [
    column<Day>("Operation", ({ operation, api }) =>
      operation === null ? (
        <span className="quiet">no operation</span>
      ) : (
        <RequestsLink search={{ operation, api }}>{operation}</RequestsLink>
      ),
    ),
    column<Day>("Requests", ({ requests }) => count(requests), "number"),
    column<Day>("Refused", ({ refusals, requests }) => percent(refusals, requests), "number"),
    column<Day>("Failed", ({ failures, requests }) => percent(failures, requests), "number"),
    column<Day>("p95", ({ durations }) => withinOf(durations, boundsMs, 0.95), "number"),
    column<Day>("Credits", ({ credits }) => count(credits), "number"),
  ];
}

/** The class that so great a share took at most. */
function withinOf(
  durations: readonly number[],
  boundsMs: readonly number[],
  share: number,
): string {
  const total = durations.reduce((sum, some) => sum + some, 0);
  let seen = 0;
  for (const [at, some] of durations.entries()) {
    seen += some;
    if (total === 0 || seen < share * total) continue;
    const boundMs = boundsMs[at];
    return boundMs === undefined ? `> ${duration(boundsMs.at(-1) ?? 0)}` : `≤ ${duration(boundMs)}`;
  }
  return "–";
}
