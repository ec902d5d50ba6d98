// What was used in this month, and day by day in the last two weeks.

import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Asked } from "../../../parts/asked.tsx";
import { type Column, column, Table } from "../../../parts/list-table.tsx";
import { count, credits } from "../../../parts/numbers.ts";
import { Day } from "../../../parts/time.tsx";
import { type Output, usePortal } from "../../asking.ts";

type UsageDay = Output<"listUsageDays">["data"][number];

const DAYS = 14;

export function UsageDays(): ReactNode {
  const month = usePortal("getUsage", {});
  const days = usePortal("listUsageDays", { query: { days: DAYS } });
  return (
    <section className="box stack" aria-labelledby="usage">
      <h2 id="usage">Usage</h2>
      <Asked query={month}>{(usage) => <Month usage={usage} />}</Asked>
      <h3>Last {DAYS} days</h3>
      <Asked query={days}>{({ data }) => <Days days={data} />}</Asked>
    </section>
  );
}

function Month({ usage }: { readonly usage: Output<"getUsage"> }): ReactNode {
  return (
    <dl className="facts">
      <dt>Since</dt>
      <dd>
        <Day atMs={usage.fromMs} />
      </dd>
      <dt>Requests</dt>
      <dd>{count(usage.requests)}</dd>
      <dt>Refused</dt>
      <dd>
        <Link to="/requests" search={{ ending: "refused" }}>
          {count(usage.refusals)}
        </Link>
      </dd>
      <dt>Failed on our side</dt>
      <dd>
        {usage.faults === 0 ? (
          "0"
        ) : (
          <Link to="/requests" search={{ ending: "fault" }}>
            {count(usage.faults)}
          </Link>
        )}
      </dd>
      <dt>Charged</dt>
      <dd>{credits(usage.credits)}</dd>
    </dl>
  );
}

const measures = ["requests", "credits"] as const;
type Measure = (typeof measures)[number];

const columns: readonly Column<UsageDay>[] = [
  column("Day (UTC)", ({ dayMs }) => <Day atMs={dayMs} />),
  column("Requests", ({ requests }) => count(requests), "number"),
  column("Refused", ({ refusals }) => count(refusals), "number"),
  column("Failed", ({ faults }) => count(faults), "number"),
  column("Credits", (day) => count(day.credits), "number"),
];

function Days({ days }: { readonly days: readonly UsageDay[] }): ReactNode {
  const [measure, setMeasure] = useState<Measure>(() =>
    days.some((day) => day.credits > 0) ? "credits" : "requests",
  );
  const most = Math.max(1, ...days.map((day) => day[measure]));
  const inOrder = days.toReversed();
  const [first] = inOrder;
  return (
    <>
      <fieldset className="row choice">
        <legend className="only-read">What the bars show</legend>
        {measures.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="measure"
              checked={measure === one}
              onChange={() => setMeasure(one)}
            />{" "}
            {one}
          </label>
        ))}
      </fieldset>
      <figure className="days">
        <div className="scale">
          <span>{count(most)}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${inOrder.length * 10} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${measure} of the last ${inOrder.length} days, at most ${count(most)} on one; the table below has them all`}
        >
          {inOrder.map((day, index) => {
            const height = (100 * day[measure]) / most;
            return (
              <rect key={day.dayMs} x={index * 10 + 1} y={100 - height} width={8} height={height}>
                <title>{`${new Date(day.dayMs).toISOString().slice(0, 10)}: ${count(day[measure])} ${measure}`}</title>
              </rect>
            );
          })}
        </svg>
        <figcaption>
          <span>{first !== undefined && <Day atMs={first.dayMs} />}</span>
          <span>today</span>
        </figcaption>
      </figure>
      <details>
        <summary>As a table</summary>
        <Table
          caption="Usage of the last days, newest first"
          columns={columns}
          rows={days}
          keyOf={({ dayMs }) => String(dayMs)}
        />
      </details>
    </>
  );
}
