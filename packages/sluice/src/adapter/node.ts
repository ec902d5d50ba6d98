/**
 * The gate on `node:http`, without a `Request` or `Response` in between. Answers that are ready in one turn of
 * the event loop leave together, which costs less than sending each at once.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { atEndOfTurn } from "../base/index.ts";
import type { Gate, Unreadable, Upgrade } from "../gate/index.ts";
import { checkMount } from "./mount.ts";
import { sendAnswer } from "./node-answer.ts";
import { NodeCall, targetFrom } from "./node-call.ts";
import { endAfter, hasEnded, noteResponse, type Refuser } from "./node-unreadable.ts";

export { targetBelow } from "./mount.ts";
export { answerUnreadable, type Refuser } from "./node-unreadable.ts";
export { takeOver, type Upgradable } from "./node-upgrade.ts";

export interface NodeAdapterOptions {
  /** The path under which the API is mounted; cut off before the gate looks. @default "" */
  readonly mount?: string;
  /**
   * What must not pass although Node could read it, and why. Such a request ends its connection, and nothing that was
   * sent behind it becomes a call.
   * @default nothing
   */
  readonly refuses?: (request: IncomingMessage) => Unreadable | undefined;
}

/** @param upgrade from `takeOver`, for requests that may upgrade their connection. An offer is passed over without it. */
type Listener = (request: IncomingMessage, response: ServerResponse, upgrade?: Upgrade) => void;

/**
 * @example
 * const server = createServer(createNodeListener(gate));
 * answerUnreadable(server, gate);
 */
export function createNodeListener(
  gate: Pick<Gate, "handle"> & Refuser,
  options: NodeAdapterOptions = {},
): Listener {
  const mount = checkMount(options.mount);
  const { refuses } = options;
  return (request, response, upgrade) => {
    const { socket } = request;
    // Whatever follows a request that nobody could read may be a part of it.
    if (hasEnded(socket)) return;
    noteResponse(socket, response);
    const call = new NodeCall(request, response, targetFrom(request.url, mount), upgrade);
    const unreadable = lacksHost(request, call) ? "malformed_request" : refuses?.(request);
    if (unreadable !== undefined) {
      endAfter(socket);
      sendAnswer(response, gate.unreadable(unreadable, call.address, request.url), true);
      return;
    }
    void gate.handle(call).then((answer) => {
      atEndOfTurn(() => sendAnswer(response, answer, call.mustClose));
    });
  };
}

/** RFC 9112 §3.2: such a request must be answered with 400. */
function lacksHost({ httpVersion }: IncomingMessage, call: NodeCall): boolean {
  return call.header("host") === undefined && httpVersion === "1.1";
}
