/**
 * What stands in the place of a held response's own methods. The functions are the same for all responses and are assigned by
 * name, so that a response keeps its shape: with functions of its own it would become a map, and each later look-up in it would
 * pay for that.
 */
import type { ServerResponse } from "node:http";

type Method = (...told: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** Who holds a response back. */
export interface Holder {
  readonly response: ServerResponse;
  /** Never sent: it keeps the route's headers, by Node's own rules. */
  readonly kept: ServerResponse;
  /** Whether the gate itself writes, or the response is the route's again. */
  readonly isGates: boolean;
  /** Methods that were the response's own before, not its prototype's. Undefined where there are none, as nearly always. */
  readonly own: ReadonlyMap<string, Method> | undefined;
  writeHead(told: readonly unknown[]): void;
  begin(): void;
  write(chunk: unknown, more: readonly unknown[]): boolean;
  end(told: readonly unknown[]): void;
  /** The gate's answer has left. */
  finished(): void;
}

/** What the response says of what the route wrote, as nobody else can when the gate's answer has left. */
export interface Written {
  headersSent: boolean;
  writableEnded: boolean;
}

const HOLDER = Symbol("who holds it back");

interface Held {
  [HOLDER]: Holder;
}

/** As the response's own, except where the gate itself writes. */
function standIn(name: string, method: (holder: Holder, told: unknown[]) => unknown): Method {
  return function (this: Held, ...told) {
    const holder = this[HOLDER];
    return holder.isGates
      ? ownMethod(holder, name).apply(holder.response, told)
      : method(holder, told);
  } as Method;
}

function ownMethod({ own, response }: Holder, name: string): Method {
  return own?.get(name) ?? (Object.getPrototypeOf(response)[name] as Method);
}

/** What a stand-in stands for, as it was before the response was held. */
export function stoodInFor(holder: Holder, name: PropertyKey): Method | undefined {
  return typeof name === "string" && Object.hasOwn(STAND_INS, name)
    ? ownMethod(holder, name)
    : undefined;
}

/** Asked of the headers that the route sets, which stand beside those that leave. */
function ofHeaders(name: keyof ServerResponse & string): Method {
  return standIn(name, ({ kept, response }, told) => {
    const said = (kept[name] as Method)(...told);
    return said === kept ? response : said;
  });
}

const STAND_INS = {
  setHeader: ofHeaders("setHeader"),
  setHeaders: ofHeaders("setHeaders"),
  appendHeader: ofHeaders("appendHeader"),
  removeHeader: ofHeaders("removeHeader"),
  getHeader: ofHeaders("getHeader"),
  getHeaders: ofHeaders("getHeaders"),
  getHeaderNames: ofHeaders("getHeaderNames"),
  hasHeader: ofHeaders("hasHeader"),
  addTrailers: ofHeaders("addTrailers"),
  flushHeaders: standIn("flushHeaders", (holder) => holder.begin()),
  writeHead: standIn("writeHead", (holder, told) => {
    holder.writeHead(told);
    return holder.response;
  }),
  write: standIn("write", (holder, [chunk, ...more]) => holder.write(chunk, more)),
  end: standIn("end", (holder, told) => {
    holder.end(told);
    return holder.response;
  }),
};

/** The methods that are the response's own, such as middleware before the gate leaves there. Seldom any: then it is quick. */
export function ownMethods(response: ServerResponse): ReadonlyMap<string, Method> | undefined {
  const usual = Object.getPrototypeOf(response);
  if (hasUsual(response, usual)) return undefined;
  const methods = response as unknown as Methods;
  const names = Object.keys(STAND_INS).filter((name) => methods[name] !== usual[name]);
  return new Map(names.map((name) => [name, methods[name] as Method]));
}

function hasUsual(response: ServerResponse, usual: ServerResponse): boolean {
  return (
    response.end === usual.end &&
    response.write === usual.write &&
    response.writeHead === usual.writeHead &&
    response.flushHeaders === usual.flushHeaders &&
    response.setHeader === usual.setHeader &&
    response.setHeaders === usual.setHeaders &&
    response.appendHeader === usual.appendHeader &&
    response.removeHeader === usual.removeHeader &&
    response.getHeader === usual.getHeader &&
    response.getHeaders === usual.getHeaders &&
    response.getHeaderNames === usual.getHeaderNames &&
    response.hasHeader === usual.hasHeader &&
    response.addTrailers === usual.addTrailers
  );
}

class Same {
  constructor(response: ServerResponse) {
    // biome-ignore lint/correctness/noConstructorReturn: fields of the class below are then the response's own
    return response as never;
  }
}

/**
 * Makes its fields the response's own, in the place of accessors, too: a tenth of what `Object.defineProperty` costs for two of
 * them.
 */
class StandIns extends Same implements Written, Readonly<typeof STAND_INS> {
  readonly [HOLDER]: Holder;
  readonly setHeader = STAND_INS.setHeader;
  readonly setHeaders = STAND_INS.setHeaders;
  readonly appendHeader = STAND_INS.appendHeader;
  readonly removeHeader = STAND_INS.removeHeader;
  readonly getHeader = STAND_INS.getHeader;
  readonly getHeaders = STAND_INS.getHeaders;
  readonly getHeaderNames = STAND_INS.getHeaderNames;
  readonly hasHeader = STAND_INS.hasHeader;
  readonly addTrailers = STAND_INS.addTrailers;
  readonly flushHeaders = STAND_INS.flushHeaders;
  readonly writeHead = STAND_INS.writeHead;
  readonly write = STAND_INS.write;
  readonly end = STAND_INS.end;
  headersSent = false;
  writableEnded = false;

  constructor(holder: Holder) {
    super(holder.response);
    this[HOLDER] = holder;
  }
}

/** From now on the route writes to its holder. */
export function standInFor(holder: Holder): Written {
  // Before those who look at what has left.
  holder.response.prependListener("finish", onFinish);
  return new StandIns(holder);
}

function onFinish(this: ServerResponse): void {
  (this as ServerResponse & Held)[HOLDER].finished();
}

/** Whether the methods that send a whole answer stand as they were put, and nobody's wrapper in their place. */
export function standAsPut(response: ServerResponse): boolean {
  const { writeHead, end, removeHeader } = response as unknown as typeof STAND_INS;
  return (
    writeHead === STAND_INS.writeHead &&
    end === STAND_INS.end &&
    removeHeader === STAND_INS.removeHeader
  );
}
