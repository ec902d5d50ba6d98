/** The gate as a middleware of Express: what stands behind it does the work. */
import type { Gate } from "../gate/index.ts";
import { checkMount } from "./mount.ts";
import { bodyFor, type NodeRequest, type NodeResponse, passRouted } from "./node-routes.ts";
import { noteWork } from "./routed.ts";

export { callerOf, inputOf, signalOf } from "./routed.ts";

export interface ExpressAdapterOptions {
  /** A path before the API's base path, where the whole API stands below one. @default "" */
  readonly mount?: string;
}

/** What it needs of Express's own request. */
export interface ExpressRequest extends NodeRequest {
  readonly originalUrl?: string;
  readonly route?: unknown;
  body?: unknown;
}

export type ExpressMiddleware = (
  request: ExpressRequest,
  response: NodeResponse,
  next: () => void,
) => void;

/**
 * For a gate whose upstream is `routes(api)`. Everything that comes here is the API's; with a path before it, everything else is
 * the app's own. Routes find the checked body in `req.body`, and no key in `req.headers`.
 *
 * @example
 * app.use("/v1", sluiceExpress(gate));
 * app.get("/v1/hello", (req, res) => res.json({ hello: callerOf(req).accountId }));
 */
export function sluiceExpress(
  gate: Pick<Gate, "handle">,
  options: ExpressAdapterOptions = {},
): ExpressMiddleware {
  const mount = checkMount(options.mount);
  return (request, response, next) =>
    passRouted(gate, {
      request,
      response,
      mount,
      url: request.originalUrl ?? request.url,
      go(work) {
        noteWork(request, work);
        request.body = bodyFor(work);
        next();
      },
      // Express says which route it was that answered.
      isMissed: () => request.route === undefined,
    });
}
