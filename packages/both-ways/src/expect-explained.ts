// An explanation is held against what its caller got: status and body to the letter, and every header that it names.

import type { AnyApi } from "sluice";
import { type Explanation, explain, type LogRow, type Stores } from "sluice/gate";
import { expect } from "vitest";
import type { Answered } from "./subject.ts";

/** Headers of which an explanation must know whenever they were sent. */
const TELLING = ["Content-Type", "Retry-After", "Allow", "WWW-Authenticate", "X-Request-Id"];

/** Explains the row as the store gives it back, once it was written. */
export async function explainFrom(
  { log }: Pick<Stores, "log">,
  api: AnyApi,
  { requestId }: LogRow,
): Promise<Explanation> {
  const found = (await log.find({ limit: 1_000 })).find((row) => row.requestId === requestId);
  const row = await log.explain(requestId);
  expect(row).toEqual(found);
  if (row === undefined) throw new Error(`no row for ${requestId}`);
  return explain(api, row);
}

export function expectToldAgain({ told, sentences, steps }: Explanation, reply: Answered): void {
  const { status, body, headers } = told;
  expect({ status, body }).toEqual({ status: reply.status, body: reply.text });
  const names = new Set([...TELLING, ...Object.keys(headers)]);
  for (const name of names) {
    expect([name, headers[name] ?? null]).toEqual([name, reply.headers.get(name)]);
  }
  expect(steps).toHaveLength(9);
  expect(sentences.length).toBeGreaterThanOrEqual(5);
  // The pages are written by hand, and may speak of anything.
  const ours = sentences.filter((sentence) => !sentence.startsWith("What to do: "));
  for (const sentence of ours) expect(sentence).not.toMatch(/undefined|NaN|\[object/);
}
