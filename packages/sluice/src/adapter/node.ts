/**
 * The gate on `node:http`, without a `Request` or `Response` in between. Answers that are ready in one turn of
 * the event loop leave together, which costs less than sending each at once.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { atEndOfTurn } from "../base/index.ts";
import type { Gate } from "../gate/index.ts";
import { checkMount } from "./mount.ts";
import { sendAnswer } from "./node-answer.ts";
import { NodeCall } from "./node-call.ts";
import { noteResponse } from "./node-unreadable.ts";

export { answerUnreadable } from "./node-unreadable.ts";

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
    noteResponse(request.socket, response);
    const call = new NodeCall(request, response, mount);
    if (lacksHost(request, call)) {
      sendAnswer(response, gate.unreadable("malformed_request", call.address), true);
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
