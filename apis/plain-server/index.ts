// A plain API over HTTP, as it would stand in a network of its own: it believes whoever the gateway has signed, and nobody
// else.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type CallerVerifier, createVerifier } from "@sluice/gateway/verify";
import type { EmbeddedCaller } from "sluice/gate";

export interface PlainServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What the gateway and the plain APIs of one demo share; new at each start. */
export interface SharedSecret {
  readonly id: string;
  readonly secret: string;
}

type PlainApi = (request: Request, caller: EmbeddedCaller) => Promise<Response>;

/** Serves on a free port of this machine. */
export async function servePlain(
  api: PlainApi,
  { id, secret }: SharedSecret,
): Promise<PlainServer> {
  const verifier = createVerifier({ secrets: { [id]: secret } });
  const server = createServer((request, response) => {
    // A caller who leaves ends the work; what broke is the gateway's to tell.
    answer(api, verifier, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  api: PlainApi,
  verifier: CallerVerifier,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = "GET", url = "/", headers } = incoming;
  const { caller, requestId } = verifier.verify({ method, url, headers });
  if (caller === undefined) {
    outgoing.writeHead(401).end();
    return;
  }
  const leaving = new AbortController();
  outgoing.once("close", () => leaving.abort(new Error("the caller left")));
  const hasBody = method !== "GET" && method !== "HEAD";
  const request = new Request(`http://plain${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    signal: leaving.signal,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
  });
  const response = await api(request, { ...caller, requestId });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  if (response.body === null) outgoing.end();
  else await pipeline(response.body, outgoing);
}
