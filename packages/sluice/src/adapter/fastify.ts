/** The gate as a plugin of Fastify: routes of the instance that registers it do the work. */
import type { Gate, Work } from "../gate/index.ts";
import {
  type FastifyAdapterInstance,
  type FastifyAdapterOptions,
  type FastifyAdapterPlugin,
  type FastifyAdapterReply,
  type FastifyAdapterRequest,
  type FastifyHook,
  hearUnknownPaths,
  keepHeaders,
} from "./fastify-parts.ts";
import { checkMount } from "./mount.ts";
import { bodyFor, type NodeRequest, passRouted } from "./node-routes.ts";
import { noRoute, noteWork } from "./routed.ts";

export type { FastifyAdapterOptions, FastifyAdapterPlugin } from "./fastify-parts.ts";
export { callerOf, inputOf, signalOf } from "./routed.ts";

/**
 * For a gate whose upstream is `routes(api)`. Every request of the instance is the API's; register it within a `register` with a
 * prefix, and everything else is the app's own. Routes find the checked body in `request.body`, and no key in `request.headers`.
 *
 * @example
 * const sluice = sluiceFastify(gate);
 * const app = fastify({ frameworkErrors: sluice.frameworkErrors });
 * app.register(sluice);
 * app.get("/v1/hello", async (request) => ({ hello: callerOf(request).accountId }));
 */
export function sluiceFastify(
  gate: Pick<Gate, "handle">,
  options: FastifyAdapterOptions = {},
): FastifyAdapterPlugin {
  const mount = checkMount(options.mount);
  /** Requests that Fastify routes once more, and how they go on. */
  const again = new WeakMap<NodeRequest, (request: FastifyAdapterRequest) => void>();
  const told = ({ raw, originalUrl }: FastifyAdapterRequest, reply: FastifyAdapterReply) => {
    return { request: raw, response: reply.raw, url: originalUrl, mount };
  };
  const hook: (instance: FastifyAdapterInstance) => FastifyHook =
    (instance) => (request, reply, goOn) => {
      const { raw } = request;
      const second = again.get(raw);
      if (second !== undefined) {
        second(request);
        goOn();
        return;
      }
      keepHeaders(reply);
      const { method } = raw;
      let seen = request;
      const show = (work: Work, shown: FastifyAdapterRequest) => {
        seen = shown;
        noteWork(shown, work);
        shown.body = bodyFor(work);
      };
      passRouted(gate, {
        ...told(request, reply),
        go(work) {
          if (method === work.method) {
            show(work, request);
            goOn();
            return;
          }
          // A HEAD, of which Fastify's own routes keep the body to themselves: the cost may stand in it.
          again.set(raw, (shown) => show(work, shown));
          instance.routing(raw, reply.raw);
        },
        isMissed: () => seen.is404,
      });
    };
  const plugin = (instance: FastifyAdapterInstance, _options: unknown, done: () => void) => {
    hearUnknownPaths(instance);
    instance.addHook("onRequest", hook(instance));
    done();
  };
  const go = (work: Work) => {
    throw noRoute(work);
  };
  return Object.assign(plugin, {
    // Its hook is for the instance that registers it, not for one of its own.
    [Symbol.for("skip-override")]: true,
    frameworkErrors: (_: Error, request: FastifyAdapterRequest, reply: FastifyAdapterReply) =>
      passRouted(gate, { ...told(request, reply), go, isMissed: () => false }),
  });
}
