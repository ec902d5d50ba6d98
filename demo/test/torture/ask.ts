// One request over a kept connection, and how much of its answer was heard. Nothing is ever sent twice.

import { type Agent, request } from "node:http";
import { systemClock } from "sluice/base";

export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** With one it is a POST, else a GET. */
  readonly body: string | undefined;
  /** The caller hangs up after so many milliseconds. */
  readonly patienceMs: number | undefined;
}

export interface Heard {
  readonly status: number;
  readonly requestId: string;
  readonly replayed: boolean;
  /** It said that the limits were not asked. */
  readonly degraded: boolean;
  /** As much of the body as came. */
  readonly text: string;
  /** Undefined when the connection broke in the middle of it. */
  readonly body: string | undefined;
  /** When its head had come, and when its end, or nothing more. */
  readonly answeredAtMs: number;
  readonly heardAtMs: number;
}

/** Undefined when nothing came back. */
export function ask(agent: Agent, question: Question): Promise<Heard | undefined> {
  const { url, headers, body, patienceMs } = question;
  const method = body === undefined ? "GET" : "POST";
  return new Promise((resolve) => {
    const asked = request(url, { agent, method, headers }, (response) => {
      const answeredAtMs = systemClock.wallMs();
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
          degraded: String(response.headers["sluice-degraded"]).includes("limits"),
          text,
          answeredAtMs,
          body: response.complete ? text : undefined,
          heardAtMs: systemClock.wallMs(),
        }),
      );
    });
    asked.on("error", () => resolve(undefined));
    if (patienceMs !== undefined) systemClock.after(patienceMs, () => asked.destroy());
    asked.end(body);
  });
}
