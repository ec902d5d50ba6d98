// The last minutes: what came, what was refused by code, and how long answers took.

import type { LiveSecond } from "@sluice/gateway/admin";
import { type ReactNode, useMemo } from "react";
import { Chart } from "../../../parts/chart.tsx";
import type { ChartLine } from "../../../parts/chart-line.ts";
import { compact, count, duration } from "../../../parts/numbers.ts";
import { withGaps } from "./with-gaps.ts";

const codesMax = 7;
const tones = ["c2", "c4", "c5", "c6", "c3", "c1", "c0"] as const;
const total = (value: number) => count(value);
const perSecond = (value: number) => `${compact(value)} /s`;

export function TrafficCharts({ seconds }: { readonly seconds: readonly LiveSecond[] }): ReactNode {
  const { times, slots } = useMemo(() => withGaps(seconds), [seconds]);
  const lines = useMemo(() => linesOf(slots), [slots]);
  return (
    <div className="charts">
      <Chart
        title="Requests"
        perMinute="sum"
        show={perSecond}
        showMinute={total}
        times={times}
        lines={lines.traffic}
      />
      <Chart
        title="Refusals by code"
        perMinute="sum"
        show={perSecond}
        showMinute={total}
        isStacked
        times={times}
        lines={lines.refusals}
      >
        {lines.refusals.length === 0 && <span className="quiet">none</span>}
      </Chart>
      <Chart title="Latency" perMinute="most" show={duration} times={times} lines={lines.latency} />
      <Chart
        title="Credits"
        perMinute="sum"
        show={perSecond}
        showMinute={total}
        times={times}
        lines={lines.credits}
      />
    </div>
  );
}

type Slots = readonly (LiveSecond | null)[];

function linesOf(slots: Slots) {
  const line = (
    name: string,
    tone: string,
    of: (second: LiveSecond) => number | null,
  ): ChartLine => ({ name, tone, values: slots.map((second) => second && of(second)) });
  return {
    traffic: [
      line("answered", "c0", ({ requests }) => requests),
      line("faults", "c1", ({ faults }) => faults),
    ],
    refusals: refusalLines(slots, line),
    latency: [
      line("p50", "c3", ({ latency }) => latency?.p50Ms ?? null),
      line("p95", "c0", ({ latency }) => latency?.p95Ms ?? null),
      line("p99", "c4", ({ latency }) => latency?.p99Ms ?? null),
    ],
    credits: [line("credits", "c3", ({ credits }) => credits)],
  };
}

/** The most frequent codes by name, the others together. The order is that of names: colours stay while counts change. */
function refusalLines(
  slots: Slots,
  line: (name: string, tone: string, of: (second: LiveSecond) => number) => ChartLine,
): ChartLine[] {
  const totals = new Map<string, number>();
  for (const second of slots) {
    for (const { code, count } of second?.refusals ?? []) {
      totals.set(code, (totals.get(code) ?? 0) + count);
    }
  }
  const most = [...totals].sort((a, b) => b[1] - a[1]).slice(0, codesMax);
  const codes = most.map(([code]) => code).sort();
  const sum = (second: LiveSecond, isOf: (code: string) => boolean) =>
    second.refusals.reduce((all, { code, count }) => (isOf(code) ? all + count : all), 0);
  const lines = codes.map((code, at) =>
    line(code, tones[at] ?? "c7", (second) => sum(second, (one) => one === code)),
  );
  if (totals.size > codes.length) {
    lines.push(line("others", "c7", (second) => sum(second, (one) => !codes.includes(one))));
  }
  return lines;
}
