// Which requests may make another protocol of their connection: the handshake of a WebSocket (RFC 6455 §4.2.1) and nothing else,
// on paths that allow it. Whatever else is offered stays a request like any other, to be refused or passed over.

import { type IncomingMessage, Server } from "node:http";

/** Whether this Node lets a server choose which offers it takes up: from 22.21 and 24.9 on. */
export const canUpgrade = "shouldUpgradeCallback" in new Server();

/** Node itself has seen that `Connection` names the offer. What a WebSocket says of itself is between its two ends. */
export function offersWebSocket({ method, httpVersion, rawHeaders }: IncomingMessage): boolean {
  let offers = 0;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase();
    // A body could hide what is behind it.
    if (name === "content-length" || name === "transfer-encoding") return false;
    if (name !== "upgrade") continue;
    if (rawHeaders[i + 1]?.toLowerCase() !== "websocket") return false;
    offers++;
  }
  return offers === 1 && method === "GET" && httpVersion === "1.1";
}
