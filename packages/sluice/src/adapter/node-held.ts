/**
 * What a framework's route writes on its `ServerResponse`, held back: no byte leaves before the gate has settled, and then the
 * gate's own. The route notices nothing; what it writes after the gate has answered (too late) goes nowhere.
 */
import { ServerResponse } from "node:http";
import type { Awaitable } from "../base/index.ts";
import { type Answer, type ByteSource, type ComingAnswer, isAnswerStream } from "../gate/index.ts";
import { sendAnswer } from "./node-answer.ts";
import {
  type Holder,
  ownMethods,
  standAsPut,
  standInFor,
  stoodInFor,
  type Written,
} from "./node-stand-ins.ts";
import { bytesOf, callbackIn, contentOf, flatHeaders, headerPairs } from "./node-written.ts";

/** What may wait until the gate asks for it, in bytes; then the route is told to wait. */
const WAITING_BYTES_MAX = 65_536;

export class HeldResponse implements ByteSource, Holder {
  readonly response: ServerResponse;
  readonly own: Holder["own"];
  isGates = false;
  readonly #kept: ServerResponse;
  /** What the response says to the route. */
  readonly #written: Written;
  #status: number | undefined;
  /** Set before the gate, and still there if the route's answer does not become one. */
  readonly #before: readonly string[];
  #hasBegun = false;
  #came: ComingAnswer | undefined;
  #coming: PromiseWithResolvers<ComingAnswer> | undefined;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #asking: ((piece: Uint8Array | undefined) => void) | undefined;
  #isUnwanted = false;

  constructor(response: ServerResponse) {
    this.response = response;
    this.#kept = new ServerResponse(response.req);
    this.own = ownMethods(response);
    this.#before = response.getHeaderNames();
    for (const name of this.#before) this.#kept.setHeader(name, response.getHeader(name) ?? "");
    this.#written = standInFor(this);
  }

  /** Its head is written as late as somebody asks: nobody does, of most. */
  get kept(): ServerResponse {
    const kept = this.#kept;
    if (this.#status !== undefined && !kept.headersSent) kept.writeHead(this.#status);
    return kept;
  }

  /** The route's answer, as soon as its head is there. */
  get coming(): Awaitable<ComingAnswer> {
    if (this.#came !== undefined) return this.#came;
    this.#coming ??= Promise.withResolvers();
    return this.#coming.promise;
  }

  /** Sends the gate's answer. */
  send(answer: Answer, mustClose: boolean): void {
    const { response } = this;
    // Most are sent in one go, and nobody has put anything in the place of what stands there.
    const isPlain = !isAnswerStream(answer.body) && standAsPut(response);
    if (isPlain) this.#asGate(() => this.#sendBy(response, answer, mustClose));
    else this.#sendBy(this.#wayOut(), answer, mustClose);
  }

  #sendBy(out: ServerResponse, answer: Answer, mustClose: boolean): void {
    const isKept = (name: string) => answer.status >= 400 || this.#kept.hasHeader(name);
    for (const name of this.#before) if (!isKept(name)) out.removeHeader(name);
    sendAnswer(out, answer, mustClose);
  }

  /** A route that never ended keeps writing on what goes nowhere; anybody else has the response back. */
  finished(): void {
    this.isGates = this.#written.writableEnded;
  }

  next(): Promise<Uint8Array | undefined> {
    const piece = this.#pieces.shift();
    if (piece !== undefined) this.#bytes -= piece.length;
    if (piece !== undefined || this.#written.writableEnded || this.#isUnwanted) {
      if (this.#bytes < WAITING_BYTES_MAX / 2) this.response.emit("drain");
      return Promise.resolve(piece);
    }
    return new Promise((resolve) => {
      this.#asking = resolve;
      this.response.emit("drain");
    });
  }

  cancel(): void {
    this.#isUnwanted = true;
    this.#pieces = [];
    this.#bytes = 0;
    this.#asking?.(undefined);
    this.response.emit("drain");
  }

  /**
   * The response as it was before it was held: also past what middleware behind the gate has put in the place of its methods,
   * which has done its part on what the route wrote.
   */
  #wayOut(): ServerResponse {
    const out: ServerResponse = new Proxy(this.response, {
      get: (response, name) => {
        const value: unknown = stoodInFor(this, name) ?? Reflect.get(response, name, response);
        if (typeof value !== "function") return value;
        return (...told: unknown[]) => {
          const said: unknown = this.#asGate(() => Reflect.apply(value, response, told));
          return said === response ? out : said;
        };
      },
      set: (response, name, value) => Reflect.set(response, name, value, response),
    });
    return out;
  }

  /** Node's own methods call each other by the names that are stood in for. */
  #asGate<T>(send: () => T): T {
    const before = this.isGates;
    this.isGates = true;
    try {
      return send();
    } finally {
      this.isGates = before;
    }
  }

  /** @param told status, then a message that nobody sends, and headers: each may be left out. */
  writeHead([status, message, more]: readonly unknown[]): void {
    const { kept } = this;
    const headers = headerPairs(typeof message === "object" ? (message ?? more) : more);
    if (kept.getHeaderNames().length > 0) for (const [name] of headers) kept.removeHeader(name);
    for (const [name, value] of headers) kept.appendHeader(name, value);
    const whole = Math.trunc(Number(status));
    // A second head, and a status that is none: Node throws.
    if (kept.headersSent || !(whole >= 100 && whole <= 999)) kept.writeHead(Number(status));
    this.#status = whole;
    this.#written.headersSent = true;
  }

  /**
   * Middleware behind the gate may wait for `writeHead` to add a header: so it is called as Node would.
   * @param body where all of it comes with the end. @default what is written from now on
   */
  begin(body: ComingAnswer["body"] = this): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const { response } = this;
    if (this.#status === undefined) response.writeHead(response.statusCode);
    this.#came = { status: this.#status ?? 0, headers: flatHeaders(this.#kept), body };
    this.#coming?.resolve(this.#came);
  }

  write(chunk: unknown, more: readonly unknown[]): boolean {
    this.begin();
    const onTaken = callbackIn(more);
    if (onTaken !== undefined) queueMicrotask(onTaken);
    const piece = bytesOf(chunk, more[0]);
    if (piece.length === 0 || this.#isUnwanted || this.#written.writableEnded) return true;
    if (this.#asking !== undefined) {
      this.#asking(piece);
      this.#asking = undefined;
      return true;
    }
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    return this.#bytes < WAITING_BYTES_MAX;
  }

  end(told: readonly unknown[]): void {
    const onSent = callbackIn(told);
    const [chunk, encoding] = told;
    if (onSent !== undefined) this.response.once("finish", onSent);
    const isLast = typeof chunk === "string" || chunk instanceof Uint8Array;
    // Most answers are one piece, which nobody has to be asked for.
    if (!this.#hasBegun) this.begin(isLast ? contentOf(chunk, encoding) : "");
    else if (isLast) this.write(chunk, [encoding]);
    this.#written.writableEnded = true;
    this.#asking?.(undefined);
    this.#asking = undefined;
  }
}
