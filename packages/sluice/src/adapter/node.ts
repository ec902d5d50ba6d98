/**
 * The gate on `node:http`, without a `Request` or `Response` in between. Answers that are ready in one turn of
 * the event loop leave together, which costs less than sending each at once.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { atEndOfTurn } from "../base/index.ts";
import { type Answer, type Gate, STATUS_ABANDONED, type Unreadable } from "../gate/index.ts";
import { checkMount } from "./mount.ts";
import { NodeCall } from "./node-call.ts";

export interface NodeAdapterOptions {
  /** The path under which the API is mounted; cut off before the gate looks. @default "" */
  readonly mount?: string;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * @example
 * const server = createServer(createNodeListener(gate));
 * answerUnreadable(server, gate);
 */
export function createNodeListener(gate: Gate, options: NodeAdapterOptions = {}): Listener {
  const mount = checkMount(options.mount);
  return (request, response) => {
    (request.socket as Connection)[NEWEST] = response;
    const call = new NodeCall(request, response, mount);
    if (lacksHost(request, call)) {
      send(response, gate.unreadable("malformed_request", call.address), true);
      return;
    }
    void gate.handle(call).then((answer) => {
      atEndOfTurn(() => send(response, answer, call.mustClose));
    });
  };
}

/** The newest response of a connection, which what comes after it must not overtake. */
const NEWEST = Symbol("newest response");
interface Connection extends Duplex {
  [NEWEST]?: ServerResponse;
}

/** RFC 9112 §3.2: such a request must be answered with 400. */
function lacksHost({ httpVersion }: IncomingMessage, call: NodeCall): boolean {
  return call.header("host") === undefined && httpVersion === "1.1";
}

/** What Node's parser refuses, and what Node would answer by itself, gets the contract's envelope, too. */
export function answerUnreadable(server: Server, gate: Gate): void {
  const refuse = (socket: Duplex, condition: Unreadable) => {
    if (!socket.writable) return void socket.destroy();
    const address = "remoteAddress" in socket ? String(socket.remoteAddress) : "unknown";
    socket.end(rawAnswer(gate.unreadable(condition, address)));
  };
  const refuseInTurn = (socket: Connection, condition: Unreadable) => {
    const before = socket[NEWEST];
    // The answer before it is owed first, unless it was the body of that very request that broke.
    const isOwed = before?.req.complete && !before.writableFinished && !before.destroyed;
    if (isOwed) before.once("close", () => refuse(socket, condition));
    else refuse(socket, condition);
  };
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // Cut short in a body: that request's own row says that its caller left.
    const isCut =
      error.code === "HPE_INVALID_EOF_STATE" &&
      (socket as Connection)[NEWEST]?.req.complete === false;
    if (isCut || error.code === "ECONNRESET") socket.destroy();
    else refuseInTurn(socket, conditionOf(error.code));
  });
  // Nothing here can become a tunnel or another protocol.
  server.on("connect", (_request, socket) => refuseInTurn(socket, "malformed_request"));
  // A server may pass over an expectation that it does not know (RFC 9110 §10.1.1).
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  // Else Node itself answers a request without a host, and with nothing.
  if ("requireHostHeader" in server) Object.assign(server, { requireHostHeader: false });
}

function conditionOf(code: string | undefined): Unreadable {
  if (code === "HPE_HEADER_OVERFLOW") return "headers_too_large";
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? "request_timeout" : "malformed_request";
}

function rawAnswer({ status, headers, body }: Answer): string {
  const lines = [`HTTP/1.1 ${status} Refused`, "Connection: close"];
  for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

function send(response: ServerResponse, answer: Answer, mustClose: boolean): void {
  if (mustClose) response.shouldKeepAlive = false;
  try {
    write(response, answer);
  } catch {
    // The gate lets no answer out that cannot be written; should one come all the same, it costs one
    // connection, not the process.
    response.destroy();
  }
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  if (status === STATUS_ABANDONED || response.destroyed) {
    response.destroy();
    return;
  }
  if (status === 204 || status === 304) {
    response.writeHead(status, headers).end();
    return;
  }
  headers.push("Content-Length", String(Buffer.byteLength(body)));
  response.writeHead(status, headers);
  response.end(body);
}
