// Answers as tests hand them to the client: a status, a body, headers in any spelling.

import { type AnswerFacts, readFailure } from "../../../src/client/failure/read-failure.ts";
import type { AnyWire } from "../../../src/contract/index.ts";

/** Noon, on a day of the tests. */
export const NOW_MS = Date.UTC(2026, 6, 1, 12);

export type Headers = Readonly<Record<string, string>>;

export function lookUp(headers: Headers): (name: string) => string | undefined {
  const lower = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return (name) => lower.get(name.toLowerCase());
}

export function answer(status: number, body: unknown = "", headers: Headers = {}): AnswerFacts {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, body: text, method: "POST", header: lookUp(headers) };
}

/** The failure that such an answer is. */
export function failureOf(
  status: number,
  body: unknown = "",
  headers: Headers = {},
  wire?: AnyWire,
) {
  return readFailure(answer(status, body, headers), wire, NOW_MS);
}
