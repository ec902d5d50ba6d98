// Answers of the gateway's own, where no contract has words for them: short, plain, and without internals.

import type { Answer, Call } from "sluice/gate";

export function json(status: number, body: object, headers: readonly string[] = []): Answer {
  const text = `${JSON.stringify(body)}\n`;
  return { status, headers: ["Content-Type", "application/json", ...headers], body: text };
}

/** @param error a sentence that says what to do. */
export function no(status: number, error: string, headers: readonly string[] = []): Answer {
  return json(status, { error }, headers);
}

export function pathOf({ target }: Call): string {
  const query = target.indexOf("?");
  return query < 0 ? target : target.slice(0, query);
}

/** What is only there to be read. */
export async function readOnly(call: Call, read: () => Promise<Answer>): Promise<Answer> {
  if (call.method === "GET" || call.method === "HEAD") return read();
  return notAllowed("GET, HEAD");
}

export function notAllowed(allowed: string): Answer {
  return no(405, `Only ${allowed} is answered here.`, ["Allow", allowed]);
}
