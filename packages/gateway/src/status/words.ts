// What the page says in words: numbers with their units, times with their zone.

import type { Incident } from "sluice/gate";
import { dateOf, isoOf } from "./calendar.ts";
import type { Figures } from "./figures.ts";
import type { State } from "./state.ts";

export const stateWords: Readonly<Record<State, string>> = {
  ok: "All right",
  maintenance: "Maintenance",
  degraded: "Degraded",
  outage: "Outage",
  unknown: "Not known",
};

export const impactWords: Readonly<Record<Incident["impact"], string>> = {
  none: "No impact",
  maintenance: "Maintenance",
  degraded: "Degraded",
  outage: "Outage",
};

/** `2026-11-22 12:01 UTC` */
export function moment(atMs: number): string {
  const iso = isoOf(atMs);
  // Years beyond 9999 have a sign and six digits.
  const [date = "", time = ""] = iso.split("T");
  return `${date} ${time.slice(0, 5)} UTC`;
}

export function countOf(count: number, one: string, more: string = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : more}`;
}

/** Rounded down: what is not all right is never 100 %. */
export function percent(availability: number | undefined): string {
  if (availability === undefined) return "no data";
  if (availability === 1) return "100 %";
  return `${(Math.floor(availability * 10_000) / 100).toFixed(2)} %`;
}

export function atMost(msMax: number | undefined): string {
  if (msMax === undefined) return "no data";
  if (msMax === Infinity) return "> 60 s";
  return msMax < 1_000 ? `≤ ${msMax} ms` : `≤ ${msMax / 1_000} s`;
}

export function dayWords(dayMs: number, figures: Figures): string {
  const { requests, failures, availability, p50MsMax, p95MsMax } = figures;
  if (requests === 0) return `${dateOf(dayMs)}: no data`;
  return [
    `${dateOf(dayMs)}: ${countOf(requests, "request")}`,
    countOf(failures, "failure"),
    `${percent(availability)} available`,
    `p50 ${atMost(p50MsMax)}`,
    `p95 ${atMost(p95MsMax)}`,
  ].join(", ");
}

/** What an incident is about. */
export function aboutWords({ api, operations }: Pick<Incident, "api" | "operations">): string {
  if (api === undefined) return "Everything";
  return operations.length === 0 ? api : `${api}: ${operations.join(", ")}`;
}
