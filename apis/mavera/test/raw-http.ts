// Bytes on a socket, for requests that no HTTP client would send.

import { connect } from "node:net";
import { parsed, type Reply } from "./reply.ts";

/** Sends the bytes, and reads until the server closes the connection. */
export function sendRaw(url: string, bytes: string): Promise<Reply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(readReply(received)));
  });
}

function readReply(received: string): Reply {
  const end = received.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = received.slice(0, end).split("\r\n");
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const text = received.slice(end + 4);
  return { status: Number(statusLine.split(" ")[1]), headers, text, body: parsed(text) };
}
