// A plain API over HTTP, as it would stand in a network of its own: it believes whoever the gateway has signed, and nobody
// else.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { type CallerVerifier, createVerifier } from "@sluice/gateway/verify";
import type { FetchHandler } from "sluice/gate";

export interface PlainServer {
  readonly url: string;
  /** Open connections. */
  readonly connections: Promise<number>;
  close(): Promise<void>;
}

/** What the gateway and the plain APIs behind it share. */
export interface SharedSecret {
  readonly id: string;
  readonly secret: string;
}

const nothing = new Uint8Array(0);

/** Serves on a free port of this machine. */
export async function servePlain(
  api: FetchHandler,
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
    get connections() {
      return new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  api: FetchHandler,
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
  const response = await responseOf(() =>
    api(requestFrom(incoming, leaving.signal), { ...caller, requestId }),
  );
  outgoing.writeHead(response.status, [...response.headers].flat());
  // `flushHeaders` would write them in UTF-8, and headers are bytes.
  outgoing.write(nothing);
  for await (const piece of response.body ?? []) await sent(piece, outgoing);
  outgoing.end();
}

/** What was said has left before anything breaks: a socket that is cut loses what still waits for it. */
function sent(piece: Uint8Array, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

/** What is thrown is told to whoever asked, as servers do that are being worked on. */
async function responseOf(api: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await api();
  } catch (error) {
    const told = error instanceof Error ? error.stack : String(error);
    const headers = { "Content-Type": "text/html" };
    return new Response(`<h1>Internal Server Error</h1><pre>${told}</pre>`, {
      status: 500,
      headers,
    });
  }
}

function requestFrom(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`http://plain${url}`, {
    method,
    headers,
    signal,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
  });
}
