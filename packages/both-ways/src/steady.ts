// What of answers and rows must be the same in both ways: everything but the moment, the framing of the hop, and, where Redis
// counts by a clock of its own, what that says of times.

import type { LogRow } from "sluice/gate";
import type { KindOfStores } from "./stores.ts";
import type { Answered } from "./subject.ts";

/** RFC 9110 §7.6.1 and RFC 9112 §6. */
const APART: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "content-length",
  "transfer-encoding",
  "date",
]);
const OF_ANOTHER_CLOCK: ReadonlySet<string> = new Set(["x-ratelimit-reset", "retry-after"]);

export function isSteadyHeader(kind: KindOfStores, name: string): boolean {
  const lower = name.toLowerCase();
  return !APART.has(lower) && (kind !== "servers" || !OF_ANOTHER_CLOCK.has(lower));
}

export function steadyRow(kind: KindOfStores, row: LogRow): Partial<LogRow> {
  const { durationMs: _, retryAfterMs, details, ...rest } = row;
  if (kind !== "servers") return { ...rest, retryAfterMs, details };
  const { waitMs: __, ...steady } = details ?? {};
  return { ...rest, details: details && steady };
}

export function steadyAnswer(kind: KindOfStores, { status, headers, text }: Answered): object {
  return {
    status,
    headers: [...headers].filter(([name]) => isSteadyHeader(kind, name)),
    text: kind === "servers" ? text.replace(/\d+ seconds/, "some seconds") : text,
  };
}
