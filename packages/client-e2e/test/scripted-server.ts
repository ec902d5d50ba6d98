// A server by script on loopback: what it answers to each arrival, and what arrived. Real sockets, nobody's clock.

import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Arrival {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Events of a stream, each as it stands on the wire; wins over `body`. */
  readonly events?: readonly string[];
  /** The connection breaks once the events are out. */
  readonly breaks?: boolean;
  /** The connection breaks in the middle of the body. */
  readonly isCut?: boolean;
  /** Nothing of it arrives: the connection breaks before the head. */
  readonly isLost?: boolean;
}

/** @param number of the arrival, from 1. */
export type Script = (arrival: Arrival, number: number) => Scripted;

export interface ScriptedServer {
  readonly origin: string;
  readonly arrivals: readonly Arrival[];
}

/** Gone when the test is over. */
export async function startServer(script: Script): Promise<ScriptedServer> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    const { url = "", headers } = request;
    const arrival: Arrival = { url, headers, body };
    send(response, script(arrival, arrivals.push(arrival)));
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrivals };
}

function send(response: ServerResponse, said: Scripted): void {
  const { status, headers, body, events, breaks, isLost, isCut } = said;
  if (isLost) {
    response.destroy();
    return;
  }
  const type = events === undefined ? "application/json" : "text/event-stream";
  response.writeHead(status, { "content-type": type, ...headers });
  for (const event of events ?? []) response.write(event);
  if (isCut) {
    const text = JSON.stringify(body);
    response.write(text.slice(0, text.length / 2), () => response.destroy());
    return;
  }
  if (breaks) response.write("", () => response.destroy());
  else response.end(events === undefined ? JSON.stringify(body ?? {}) : undefined);
}

/** Where nobody listens: a port that was free a moment ago. */
export async function refusingOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** An event of a stream; without a name it is its data alone. */
export function eventOf(data: unknown, name?: string): string {
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
}
