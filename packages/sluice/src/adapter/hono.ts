/** The gate as a middleware of Hono: what stands behind it does the work. */
import { atEndOfTurn } from "../base/index.ts";
import { REQUEST_ID } from "../contract/index.ts";
import { type Gate, readResponse, requestInit, type Work } from "../gate/index.ts";
import { FetchCall } from "./fetch-call.ts";
import { responseFrom } from "./fetch-response.ts";
import { checkMount } from "./mount.ts";
import { noRoute, noteWork } from "./routed.ts";

export { callerOf, inputOf, signalOf } from "./routed.ts";

/** What it needs of Hono's own context. */
export interface HonoContext {
  readonly req: {
    raw: Request;
    readonly routeIndex: number;
    readonly matchedRoutes: readonly { readonly method: string }[];
  };
  header(name: string, value?: string): void;
  body(content: null): Response;
  get res(): Response;
  set res(response: Response | undefined);
}

export interface HonoAdapterOptions<Context extends HonoContext = HonoContext> {
  /** A path before the API's base path, where the whole API stands below one. @default "" */
  readonly mount?: string;
  /** The address of the client, where the runtime knows it. @default unknown: all share one */
  readonly addressOf?: (context: Context) => string;
}

/**
 * For a gate whose upstream is `routes(api)`. Everything that comes here is the API's; with a path before it, everything else is
 * the app's own. Routes are given the request without its key; what the schemas made of its body has `inputOf`.
 *
 * @example
 * app.use("/v1/*", sluiceHono(gate));
 * app.get("/v1/hello", (c) => c.json({ hello: callerOf(c).accountId }));
 */
export function sluiceHono<Context extends HonoContext = HonoContext>(
  gate: Pick<Gate, "handle">,
  options: HonoAdapterOptions<Context> = {},
): (context: Context, next: () => Promise<void>) => Promise<void> {
  const mount = checkMount(options.mount);
  return async (context, next) => {
    const { raw } = context.req;
    const address = options.addressOf?.(context) ?? "unknown";
    // What middleware before this one has set stands on refusals, too.
    const before = headersBefore(context);
    const call = Object.assign(new FetchCall(raw, mount, address), {
      async routes(work: Work) {
        noteWork(context, work);
        showLater(context.req, () => new Request(raw.url, requestInit(work)));
        await next();
        if (context.res.status === 404 && isMissed(context)) throw noRoute(work);
        return readResponse(context.res, work);
      },
    });
    const answer = await gate.handle(call);
    await new Promise<void>(atEndOfTurn);
    const response = responseFrom(answer, raw.method);
    for (const [name, value] of before) {
      if (!response.headers.has(name)) response.headers.append(name, value);
    }
    context.req.raw = raw;
    // Else Hono would join its headers with those of what it takes the place of.
    context.res = undefined;
    context.res = response;
  };
}

/** Asked in a way in which Hono makes no response of them, unless there are any that it will have to join with the route's. */
function headersBefore(context: HonoContext): readonly (readonly [string, string])[] {
  // Ours takes the place of theirs; and Hono now keeps a list, from which it types text as it does for everybody who has one.
  context.header(REQUEST_ID);
  const before = [...context.body(null).headers];
  if (before.length > 0) void context.res;
  return before;
}

const LATER = Symbol("the request that routes are shown, or how it is made");

interface ShownLater {
  [LATER]: Request | (() => Request);
}

/** The same for all: accessors of its own would cost the collector more for each request than all else here. */
const RAW: PropertyDescriptor & ThisType<ShownLater> = {
  get() {
    const shown = this[LATER];
    if (typeof shown !== "function") return shown;
    this[LATER] = shown();
    return this[LATER];
  },
  set(request: Request) {
    this[LATER] = request;
  },
};

/** A `Request` is dear, and many routes never look at it: it is made for those who do. */
function showLater(req: HonoContext["req"], make: () => Request): void {
  Object.assign(req, { [LATER]: make });
  Object.defineProperty(req, "raw", RAW);
}

/** Whether the last that ran is a middleware: Hono says 404 behind it, as it has no such route. */
function isMissed({ req }: HonoContext): boolean {
  return req.matchedRoutes[req.routeIndex]?.method === "ALL";
}
