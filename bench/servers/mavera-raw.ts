// The baseline of Mavera's rows: bare node:http that reads the body within a bound, parses it, and
// sends what the plain API would, whole or as so many writes as there are events.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { serve } from "../src/answer.ts";
import { DONE, events, frameOf, personas, response as whole } from "../src/mavera/answers.ts";

/** As much as the gate takes unless told otherwise. */
const BODY_BYTES_MAX = 1_048_576;

serve(
  createServer((request, response) => {
    if (request.method === "GET") {
      sendJson(response, personas);
      return;
    }
    readBody(request, (body) => {
      const asked: { stream?: unknown } = JSON.parse(body.toString());
      if (asked.stream === true) sendEvents(response);
      else sendJson(response, whole);
    });
  }),
);

function readBody(request: IncomingMessage, onEnd: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) request.destroy();
    else chunks.push(chunk);
  });
  request.on("end", () => onEnd(Buffer.concat(chunks, length)));
}

function sendJson(response: ServerResponse, answer: object): void {
  const body = JSON.stringify(answer);
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function sendEvents(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  for (const event of events) response.write(frameOf(event));
  response.write(DONE);
  response.end();
}
