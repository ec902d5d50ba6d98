/** What `node:http` cannot read, or would answer by itself: refused in the contract's envelope, in its turn. */
import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Answer, Unreadable } from "../gate/index.ts";

const NEWEST = Symbol("newest response");
const BEFORE = Symbol("the response before it, unless it has left");
const REFUSED = Symbol("whether a refusal waits for its turn");
const ENDED = Symbol("whether nothing more is read as a request");

/** As far as a request line is searched for its target, in bytes. */
const REQUEST_LINE_MAX = 2_048;

/** What Node says of bytes that it cannot read. */
interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
}

/** A connection, and what comes after its answers and must not overtake them. */
interface Connection extends Duplex {
  [NEWEST]?: ServerResponse | undefined;
  [BEFORE]?: ServerResponse | undefined;
  [REFUSED]?: boolean;
  [ENDED]?: boolean;
}

export interface Refuser {
  /** @param target of the request, as far as it could be read: which of several APIs has to speak. */
  unreadable(condition: Unreadable, address: string, target: string | undefined): Answer;
}

/** Each response is noted when its request comes. */
export function noteResponse(connection: Connection, response: ServerResponse): void {
  const before = connection[NEWEST];
  connection[BEFORE] = before?.closed ? undefined : before;
  connection[NEWEST] = response;
}

/** The refusal of the request at hand is the last thing that this connection hears. */
export function endAfter(connection: Connection): void {
  connection[ENDED] = true;
}

export function hasEnded(connection: Connection): boolean {
  return connection[ENDED] === true;
}

/** What Node's parser refuses, and what Node would answer by itself, gets the contract's envelope, too. */
export function answerUnreadable(server: Server, refuser: Refuser): void {
  const refuse = (socket: Duplex, condition: Unreadable, target: string | undefined) => {
    if (!socket.writable) return void socket.destroy();
    const address = "remoteAddress" in socket ? String(socket.remoteAddress) : "unknown";
    socket.end(rawAnswer(refuser.unreadable(condition, address, target)));
  };
  const refuseInTurn = (socket: Connection, condition: Unreadable, target: string | undefined) => {
    if (hasLastAnswer(socket)) return;
    const owed = owedOn(socket);
    if (owed === undefined) return refuse(socket, condition, target);
    // Node speaks up at each further piece of what it cannot read.
    if (socket[REFUSED]) return;
    socket[REFUSED] = true;
    owed.once("close", () => {
      socket[REFUSED] = false;
      refuseInTurn(socket, condition, target);
    });
  };
  server.on("clientError", (error: ParserError, socket: Connection) => {
    // Cut short in a body: that request's own row says that its caller left.
    const isCut = error.code === "HPE_INVALID_EOF_STATE" && socket[NEWEST]?.req.complete === false;
    if (isCut || error.code === "ECONNRESET") socket.destroy();
    else refuseInTurn(socket, conditionOf(error.code), targetOf(socket, error.rawPacket));
  });
  // Nothing here can become a tunnel or another protocol.
  server.on("connect", ({ socket, url }, tunnel) => {
    // Node has let go of the connection: nobody else hears of its errors, or lets a stream on it go on.
    for (const end of [socket, tunnel]) end.on("error", () => undefined);
    if (owedOn(socket) !== undefined) return void socket.destroy();
    socket.resume();
    refuse(socket, "malformed_request", url);
  });
  // A server may pass over an expectation that it does not know (RFC 9110 §10.1.1).
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  // Else Node itself answers a request without a host, and with nothing.
  if ("requireHostHeader" in server) Object.assign(server, { requireHostHeader: false });
}

/** The answer that must have left before anything else may: not one whose request's own body is what broke. */
function owedOn({ [NEWEST]: newest, [BEFORE]: before }: Connection): ServerResponse | undefined {
  const isBroken = newest !== undefined && !newest.req.complete && !newest.headersSent;
  const last = isBroken ? before : newest;
  return last === undefined || last.writableFinished || last.destroyed ? undefined : last;
}

/** Whether an answer has said that the connection ends with it; Node sees to that. */
function hasLastAnswer({ [NEWEST]: newest }: Connection): boolean {
  return newest?.headersSent === true && !newest.shouldKeepAlive;
}

/** @param packet what came last: seldom anything but the head of the request that cannot be read. */
function targetOf({ [NEWEST]: newest }: Connection, packet?: Buffer): string | undefined {
  const isInBody = newest !== undefined && !newest.req.complete;
  const line = isInBody ? undefined : packet?.toString("latin1", 0, REQUEST_LINE_MAX);
  return /^[A-Z]+ (\/[^ \r\n]*)/.exec(line ?? "")?.[1] ?? newest?.req.url;
}

function conditionOf(code: string | undefined): Unreadable {
  if (code === "HPE_HEADER_OVERFLOW") return "headers_too_large";
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? "request_timeout" : "malformed_request";
}

function rawAnswer({ status, headers, body }: Answer): string {
  // A refusal is text; nothing else could stand in one string with its head.
  const text = typeof body === "string" ? body : "";
  const lines = [`HTTP/1.1 ${status} Refused`, "Connection: close"];
  for (let i = 0; i + 1 < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  lines.push(`Content-Length: ${Buffer.byteLength(text)}`);
  return `${lines.join("\r\n")}\r\n\r\n${text}`;
}
