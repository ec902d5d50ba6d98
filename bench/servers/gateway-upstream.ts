// The API behind every proxy: HTTP/1.1 by hand on raw sockets, so that it costs less than any proxy in
// front of it. It reads what proxies under test send it, and nothing else.

import { createServer, type Socket } from "node:net";
import { announce } from "../src/answer.ts";
import { BODY_BYTES, EVENTS_PER_SECOND, eventAt, ITEMS, PATHS } from "../src/gateway/answers.ts";

const HEAD_END = "\r\n\r\n";
/** Streams take turns: a tick writes to a part of them, so that events come one by one. */
const TURNS = 20;
const TURN_MS = 1_000 / EVENTS_PER_SECOND / TURNS;

const items = answer("application/json", Buffer.from(ITEMS));
const download = answer("application/octet-stream", Buffer.alloc(BODY_BYTES, "x"));
const streamHead =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n" +
  `x-accel-buffering: no\r\ntransfer-encoding: chunked${HEAD_END}`;

const turns = Array.from({ length: TURNS }, () => new Set<Socket>());
let opened = 0;

const server = createServer({ noDelay: true }, (socket) => {
  const connection = { rest: "", bodyBytesDue: 0, bodyBytes: 0 };
  socket.on("data", (data) => {
    if (connection.bodyBytesDue > 0) {
      takeBody(socket, connection, data.length);
      return;
    }
    connection.rest += data.toString("latin1");
    const end = connection.rest.indexOf(HEAD_END);
    if (end === -1) return;
    const head = connection.rest.slice(0, end);
    const behind = connection.rest.length - end - HEAD_END.length;
    connection.rest = "";
    takeHead(socket, connection, head, behind);
  });
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", 4_096, () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) announce(address.port);
});

let turn = 0;
setInterval(() => {
  turn = (turn + 1) % TURNS;
  for (const socket of turns[turn] ?? []) socket.write(framed());
}, TURN_MS);

interface Connection {
  rest: string;
  bodyBytesDue: number;
  bodyBytes: number;
}

function takeHead(socket: Socket, connection: Connection, head: string, behind: number): void {
  const path = head.slice(head.indexOf(" ") + 1, head.indexOf(" ", head.indexOf(" ") + 1));
  if (path === PATHS.items) socket.write(items);
  else if (path === PATHS.download) socket.write(download);
  else if (path === PATHS.events) {
    socket.write(streamHead + framed());
    streamTo(socket);
  } else if (path === PATHS.upload) {
    connection.bodyBytesDue = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    connection.bodyBytes = 0;
    takeBody(socket, connection, behind);
  } else socket.end(`HTTP/1.1 404 Not Found\r\ncontent-length: 0${HEAD_END}`);
}

function takeBody(socket: Socket, connection: Connection, bytes: number): void {
  connection.bodyBytes += bytes;
  if (connection.bodyBytes < connection.bodyBytesDue) return;
  connection.bodyBytesDue = 0;
  const received = Buffer.from(JSON.stringify({ received: connection.bodyBytes }));
  socket.write(answer("application/json", received));
}

function streamTo(socket: Socket): void {
  const mine = turns[opened++ % TURNS];
  mine?.add(socket);
  socket.once("close", () => mine?.delete(socket));
}

function framed(): string {
  const event = eventAt(process.hrtime.bigint());
  return `${event.length.toString(16)}\r\n${event}\r\n`;
}

function answer(type: string, body: Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}${HEAD_END}`;
  return Buffer.concat([Buffer.from(head), body]);
}
