// One request over a kept connection, and how much of its answer was heard. Nothing is ever sent twice.

import { type Agent, request } from "node:http";

export interface Question {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The caller hangs up after so many milliseconds. */
  readonly patienceMs?: number;
}

export interface Heard {
  readonly status: number;
  readonly requestId: string;
  readonly replayed: boolean;
  /** Undefined when the connection broke in the middle of it. */
  readonly body: string | undefined;
  readonly heardAtMs: number;
}

/** Undefined when nothing came back. */
export function ask(agent: Agent, question: Question): Promise<Heard | undefined> {
  const { method, url, headers, body, patienceMs } = question;
  return new Promise((resolve) => {
    const asked = request(url, { agent, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += String(chunk);
      });
      response.on("error", () => undefined);
      response.on("close", () =>
        resolve({
          status: response.statusCode ?? 0,
          requestId: String(response.headers["x-request-id"]),
          replayed: response.headers["idempotent-replayed"] === "true",
          body: response.complete ? text : undefined,
          heardAtMs: Date.now(),
        }),
      );
    });
    asked.on("error", () => resolve(undefined));
    if (patienceMs !== undefined) setTimeout(() => asked.destroy(), patienceMs);
    asked.end(body);
  });
}
