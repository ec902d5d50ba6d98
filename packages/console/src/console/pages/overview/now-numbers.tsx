// The newest second in numbers.

import type { LiveSecond } from "@sluice/gateway/admin";
import type { ReactNode } from "react";
import { MINUTE_MS } from "sluice/base";
import { count, duration } from "../../../parts/numbers.ts";

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
  readonly isBad?: boolean;
}

export function NowNumbers({ seconds }: { readonly seconds: readonly LiveSecond[] }): ReactNode {
  return (
    <dl className="figures" aria-label="The newest second">
      {figuresOf(seconds).map(({ name, value, more, isBad }) => (
        <div key={name} className={isBad ? "bad" : undefined}>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong>
            {more !== undefined && <span className="quiet">{more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function figuresOf(seconds: readonly LiveSecond[]): readonly Figure[] {
  const now = seconds.at(-1);
  const minute = seconds.filter(({ atMs }) => atMs > (now?.atMs ?? 0) - MINUTE_MS);
  const inMinute = (of: (second: LiveSecond) => number) =>
    minute.reduce((sum, second) => sum + of(second), 0);
  const figure = (name: string, of: (second: LiveSecond) => number): Figure => ({
    name,
    value: now === undefined ? "–" : `${count(of(now))} /s`,
    more: now === undefined ? "" : `${count(inMinute(of))} in the last minute`,
  });
  const latency = minute.findLast((second) => second.latency !== null)?.latency;
  const faults = figure("Faults", (second) => second.faults);
  const degraded = inMinute(degradedOf);
  return [
    figure("Requests", (second) => second.requests),
    figure("Refused", refusedOf),
    { ...faults, isBad: inMinute((second) => second.faults) > 0 },
    {
      name: "Latency, p95",
      value: latency ? duration(latency.p95Ms) : "–",
      more: latency ? `p50 ${duration(latency.p50Ms)}, p99 ${duration(latency.p99Ms)}` : "",
    },
    { name: "Under way", value: now === undefined ? "–" : count(now.underWay), more: "now" },
    figure("Credits", ({ credits }) => credits),
    {
      name: "Degraded answers",
      value: now === undefined ? "–" : count(degraded),
      more: "in the last minute",
      isBad: degraded > 0,
    },
  ];
}

export function refusedOf({ refusals }: LiveSecond): number {
  return refusals.reduce((sum, { count: some }) => sum + some, 0);
}

function degradedOf({ degraded: { limits, keys } }: LiveSecond): number {
  return limits + keys;
}
