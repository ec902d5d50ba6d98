/** The gate in front of a framework's routes on `node:http`: they run as its seventh step, and what they write is held back. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { type Awaitable, andThen, atEndOfTurn } from "../base/index.ts";
import { HOP_BY_HOP, type Refusal } from "../contract/index.ts";
import { type Gate, type RoutedCall, readAnswer, type Work, type WorkDone } from "../gate/index.ts";
import { sendAnswer } from "./node-answer.ts";
import { NodeCall, targetFrom } from "./node-call.ts";
import { HeldResponse } from "./node-held.ts";
import { noteResponse } from "./node-unreadable.ts";
import { noRoute } from "./routed.ts";

export type NodeRequest = IncomingMessage;
export type NodeResponse = ServerResponse;

/** One request as its framework has it. */
export interface RoutedRequest {
  readonly request: NodeRequest;
  readonly response: NodeResponse;
  /** As on the request line, whatever the framework has cut off. */
  readonly url: string | undefined;
  readonly mount: string;
  /** Lets the framework go on to its routes. */
  go(work: Work): void;
  /** Asked after a 404: whether it comes from the framework, which has no such route. */
  isMissed(): boolean;
}

export function passRouted(gate: Pick<Gate, "handle">, routed: RoutedRequest): void {
  const { request, response } = routed;
  const { method = "GET" } = request;
  noteResponse(request.socket, response);
  const call = new RoutedNodeCall(routed);
  void gate.handle(call).then((answer) => {
    atEndOfTurn(() => {
      request.method = method;
      if (call.held === undefined) sendAnswer(response, answer, call.mustClose);
      else call.held.send(answer, call.mustClose);
    });
  });
}

class RoutedNodeCall extends NodeCall implements RoutedCall {
  readonly #routed: RoutedRequest;
  /** Once the routes are asked. */
  held: HeldResponse | undefined = undefined;

  constructor(routed: RoutedRequest) {
    const { request, response, url, mount } = routed;
    super(request, response, targetFrom(url, mount));
    this.#routed = routed;
  }

  routes(work: Work): Awaitable<WorkDone | Refusal> {
    const routed = this.#routed;
    this.held = new HeldResponse(routed.response);
    showRequest(routed.request, work);
    routed.go(work);
    return andThen(this.held.coming, (answer) => {
      if (answer.status === 404 && routed.isMissed()) throw noRoute(work);
      return readAnswer(answer, work);
    });
  }
}

/** What spoke of bytes that are read: routes get the body itself. */
const OF_THE_BODY: readonly string[] = ["content-length", "transfer-encoding", "content-type"];

/** Routes see the operation's own method (a HEAD is a GET of which the body is not sent), and no key. */
function showRequest(request: NodeRequest, work: Work): void {
  request.method = work.method;
  const { headers, rawHeaders } = request;
  let hidden: string[] | undefined;
  for (const name in headers) {
    // What no caller has sent was put there by somebody before the gate, for whom a key may be no secret.
    const isPublic = !work.hides(name) && work.call.header(name) !== undefined;
    if (isPublic || HOP_BY_HOP.has(name)) continue;
    hidden ??= [];
    hidden.push(name);
  }
  for (const name of OF_THE_BODY) if (headers[name] !== undefined) delete headers[name];
  if (hidden === undefined) return;
  for (const name of hidden) delete headers[name];
  for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
    if (hidden.includes((rawHeaders[i] ?? "").toLowerCase())) rawHeaders.splice(i, 2);
  }
}

/** What the contract's schema made of it; a stream where the operation passes its body; undefined where it takes none. */
export function bodyFor({ body, passedBody }: Work): unknown {
  if (passedBody === undefined) return body;
  return new Readable({
    read() {
      passedBody.next().then(
        (piece) => this.push(piece ?? null),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      passedBody.cancel(error);
      done(error);
    },
  });
}
