/**
 * What a framework's route writes on its `ServerResponse`, held back: no byte leaves before the gate has settled, and then the
 * gate's own. The route notices nothing; what it writes after the gate has answered (too late) goes nowhere.
 */
import { ServerResponse } from "node:http";
import type { Answer, ByteSource, ComingAnswer } from "../gate/index.ts";
import { sendAnswer } from "./node-answer.ts";
import { bytesOf, callbackIn, flatHeaders, headerPairs } from "./node-written.ts";

/** What may wait until the gate asks for it, in bytes; then the route is told to wait. */
const WAITING_BYTES_MAX = 65_536;

type Method = (...told: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** Asked of the headers that the route sets, which stand beside those that leave. */
const OF_HEADERS = [
  "setHeader",
  "setHeaders",
  "appendHeader",
  "removeHeader",
  "getHeader",
  "getHeaders",
  "getHeaderNames",
  "hasHeader",
  "addTrailers",
] as const;

const HELD = Symbol("what holds it back");

interface Holding {
  readonly [HELD]: HeldResponse;
}

/** For all responses: one with accessors of its own would become a map, which each later look-up in it pays for. */
const SAID: PropertyDescriptorMap = {
  headersSent: {
    get(this: Holding) {
      return this[HELD].says("headersSent");
    },
  },
  writableEnded: {
    get(this: Holding) {
      return this[HELD].says("writableEnded");
    },
  },
};

export class HeldResponse implements ByteSource {
  readonly #response: ServerResponse;
  /** Never sent: it keeps the route's headers, by Node's own rules. */
  readonly #kept: ServerResponse;
  /** Set before the gate, and still there if the route's answer does not become one. */
  readonly #before: readonly string[];
  readonly #own = new Map<string | symbol, Method>();
  readonly #coming = Promise.withResolvers<ComingAnswer>();
  #isGates = false;
  #hasBegun = false;
  #isEnded = false;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #asking: ((piece: Uint8Array | undefined) => void) | undefined;
  #isUnwanted = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.#kept = new ServerResponse(response.req);
    this.#before = response.getHeaderNames();
    for (const name of this.#before) this.#kept.setHeader(name, response.getHeader(name) ?? "");
    for (const name of OF_HEADERS) this.#stand(name, this.#kept[name].bind(this.#kept) as Method);
    this.#stand("writeHead", (...told) => this.#writeHead(told));
    this.#stand("flushHeaders", () => this.#begin());
    this.#stand("write", (chunk, ...more) => this.#write(chunk, more));
    this.#stand("end", (...told) => this.#end(told));
    Object.assign(response, { [HELD]: this });
    Object.defineProperties(response, SAID);
    // A route that never ended keeps writing on what goes nowhere; anybody else has the response back.
    response.prependOnceListener("finish", () => {
      this.#isGates = this.#isEnded;
    });
  }

  /** The route's answer, as soon as its head is there. */
  get coming(): Promise<ComingAnswer> {
    return this.#coming.promise;
  }

  /** What the response says of itself: of what the route wrote, and once the gate's answer has left, of that. */
  says(name: "headersSent" | "writableEnded"): boolean {
    if (this.#isGates) return Reflect.get(ServerResponse.prototype, name, this.#response);
    return name === "headersSent" ? this.#kept.headersSent : this.#isEnded;
  }

  /** Sends the gate's answer. */
  send(answer: Answer, mustClose: boolean): void {
    const out = this.#wayOut();
    const isKept = (name: string) => answer.status >= 400 || this.#kept.hasHeader(name);
    for (const name of this.#before) if (!isKept(name)) out.removeHeader(name);
    sendAnswer(out, answer, mustClose);
  }

  next(): Promise<Uint8Array | undefined> {
    const piece = this.#pieces.shift();
    if (piece !== undefined) this.#bytes -= piece.length;
    if (piece !== undefined || this.#isEnded || this.#isUnwanted) {
      if (this.#bytes < WAITING_BYTES_MAX / 2) this.#response.emit("drain");
      return Promise.resolve(piece);
    }
    return new Promise((resolve) => {
      this.#asking = resolve;
      this.#response.emit("drain");
    });
  }

  cancel(): void {
    this.#isUnwanted = true;
    this.#pieces = [];
    this.#bytes = 0;
    this.#asking?.(undefined);
    this.#response.emit("drain");
  }

  /** Puts a method in the place of the response's own, except where the gate itself writes. */
  #stand(name: string, method: Method): void {
    const response = this.#response as unknown as Methods;
    const original = response[name] as Method;
    this.#own.set(name, original);
    response[name] = (...told) => {
      if (this.#isGates) return original.apply(response, told);
      const said = method(...told);
      return said === this.#kept ? response : said;
    };
  }

  /**
   * The response as it was before it was held: also past what middleware behind the gate has put in the place of its methods,
   * which has done its part on what the route wrote.
   */
  #wayOut(): ServerResponse {
    const out: ServerResponse = new Proxy(this.#response, {
      get: (response, name) => {
        const value: unknown = this.#own.get(name) ?? Reflect.get(response, name, response);
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
    const before = this.#isGates;
    this.#isGates = true;
    try {
      return send();
    } finally {
      this.#isGates = before;
    }
  }

  /** @param told status, then a message that nobody sends, and headers: each may be left out. */
  #writeHead([status, ...more]: readonly unknown[]): ServerResponse {
    const headers = headerPairs(more.find((one) => typeof one === "object" && one !== null));
    for (const [name] of headers) this.#kept.removeHeader(name);
    for (const [name, value] of headers) this.#kept.appendHeader(name, value);
    this.#kept.writeHead(Number(status));
    return this.#response;
  }

  /** Middleware behind the gate may wait for `writeHead` to add a header: so it is called as Node would. */
  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    if (!this.#kept.headersSent) this.#response.writeHead(this.#response.statusCode);
    const { statusCode } = this.#kept;
    this.#coming.resolve({ status: statusCode, headers: flatHeaders(this.#kept), body: this });
  }

  #write(chunk: unknown, more: readonly unknown[]): boolean {
    this.#begin();
    const onTaken = callbackIn(more);
    if (onTaken !== undefined) queueMicrotask(onTaken);
    const piece = bytesOf(chunk, more[0]);
    if (piece.length === 0 || this.#isUnwanted || this.#isEnded) return true;
    if (this.#asking !== undefined) {
      this.#asking(piece);
      this.#asking = undefined;
      return true;
    }
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    return this.#bytes < WAITING_BYTES_MAX;
  }

  #end(told: readonly unknown[]): ServerResponse {
    const onSent = callbackIn(told);
    const [chunk, encoding] = told;
    if (onSent !== undefined) this.#response.once("finish", onSent);
    if (typeof chunk === "string" || chunk instanceof Uint8Array) this.#write(chunk, [encoding]);
    else this.#begin();
    this.#isEnded = true;
    this.#asking?.(undefined);
    this.#asking = undefined;
    return this.#response;
  }
}
