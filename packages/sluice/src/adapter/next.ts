/** The gate around the route handlers of Next.js. */
import { type Awaitable, atEndOfTurn } from "../base/index.ts";
import { type Gate, readResponse, requestInit, type Work } from "../gate/index.ts";
import { FetchCall } from "./fetch-call.ts";
import { responseFrom } from "./fetch-response.ts";
import { checkMount } from "./mount.ts";
import { noRoute, noteWork } from "./routed.ts";

export { callerOf, inputOf, signalOf } from "./routed.ts";

/** Those that Next.js looks for in a `route.ts`. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type NextMethod = (typeof METHODS)[number];

export interface NextAdapterOptions {
  /** A path before the API's base path, where the whole API stands below one. @default "" */
  readonly mount?: string;
  /** The address of the client, where the host of the app knows it. @default unknown: all share one */
  readonly addressOf?: (request: Request) => string;
}

type Handler<Incoming, Context> = (request: Incoming, context: Context) => Awaitable<Response>;
type Gated<Incoming, Context> = (request: Incoming, context: Context) => Promise<Response>;

/**
 * For a gate whose upstream is `routes(api)`. Export all methods: those that have no handler are refused in the API's envelope.
 * Handlers are given the request without its key; what the schemas made of its body has `inputOf`.
 *
 * @example
 * export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = sluiceNext(gate, {
 *   GET: (request) => Response.json({ hello: callerOf(request).accountId }),
 * });
 */
export function sluiceNext<Incoming extends Request = Request, Context = unknown>(
  gate: Pick<Gate, "handle">,
  handlers: Partial<Record<NextMethod, Handler<Incoming, Context>>> = {},
  options: NextAdapterOptions = {},
): Record<NextMethod, Gated<Incoming, Context>> {
  const mount = checkMount(options.mount);
  const gated: Gated<Incoming, Context> = async (request, context) => {
    const address = options.addressOf?.(request) ?? "unknown";
    const call = Object.assign(new FetchCall(request, mount, address), {
      async routes(work: Work) {
        const handler = handlers[work.method as NextMethod];
        if (handler === undefined) throw noRoute(work);
        const shown = requestLike(request, work);
        noteWork(shown, work);
        return readResponse(await handler(shown, context), work);
      },
    });
    const answer = await gate.handle(call);
    await new Promise<void>(atEndOfTurn);
    return responseFrom(answer, request.method);
  };
  const exported = METHODS.map((method): [NextMethod, Gated<Incoming, Context>] => [method, gated]);
  return Object.fromEntries(exported) as Record<NextMethod, Gated<Incoming, Context>>;
}

/** A request of the same kind (`NextRequest` has cookies and more), and without the key. */
function requestLike<Incoming extends Request>(request: Incoming, work: Work): Incoming {
  const Same = request.constructor as new (url: string, init: RequestInit) => Incoming;
  return new Same(request.url, requestInit(work));
}
