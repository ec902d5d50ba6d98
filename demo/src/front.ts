// The front door: one port for everything. It picks by path who answers, and answers itself what no API owns.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Landing } from "./landing.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export interface Behind {
  /** Listeners by the path that they are mounted under. */
  readonly apis: Readonly<Record<string, Listener>>;
  readonly landing: () => Landing;
}

export function createFront({ apis, landing }: Behind): Listener {
  const pages: Readonly<Record<string, Listener>> = {
    "/": readOnly((request, response) => sendLanding(request, response, landing())),
    "/healthz": readOnly((_, response) => sendJson(response, 200, { status: "ok" })),
  };
  return (request, response) => {
    const [path = "/"] = (request.url ?? "/").split("?", 1);
    const mount = Object.keys(apis).find((name) => path === name || path.startsWith(`${name}/`));
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    const listener = (mount === undefined ? page : apis[mount]) ?? notFound;
    listener(request, response);
  };
}

function readOnly(listener: Listener): Listener {
  return (request, response) => {
    if (request.method === "GET" || request.method === "HEAD") {
      listener(request, response);
      return;
    }
    response.setHeader("Allow", "GET, HEAD");
    sendJson(response, 405, { status: 405, message: "Only GET and HEAD are answered here." });
  };
}

const notFound: Listener = (_, response) => {
  sendJson(response, 404, { status: 404, message: "Nothing is here. GET / tells what is." });
};

function sendLanding(request: IncomingMessage, response: ServerResponse, landing: Landing): void {
  response.setHeader("Vary", "Accept");
  // Browsers ask for HTML by name; curl and most tools take anything.
  if (request.headers.accept?.includes("text/html") !== true) {
    send(response, 200, "text/plain; charset=utf-8", landing.text);
    return;
  }
  response.setHeader(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  );
  send(response, 200, "text/html; charset=utf-8", landing.html);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, "application/json", JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(body),
    // The page shows keys.
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}
