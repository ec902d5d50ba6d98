/** What the adapter needs of Fastify's own request, reply and instance: its types are not installed where it is not used. */
import type { NodeRequest, NodeResponse } from "./node-routes.ts";

export interface FastifyAdapterOptions {
  /** A path before the API's base path, where the whole API stands below one. @default "" */
  readonly mount?: string;
}

export interface FastifyAdapterRequest {
  readonly raw: NodeRequest;
  readonly originalUrl: string;
  readonly is404: boolean;
  body: unknown;
}
export interface FastifyAdapterReply {
  readonly raw: NodeResponse;
  getHeaders(): Record<string, number | string | string[] | undefined>;
}
export type FastifyHook = (
  request: FastifyAdapterRequest,
  reply: FastifyAdapterReply,
  done: () => void,
) => void;
export interface FastifyAdapterInstance {
  readonly prefix: string;
  routing(request: NodeRequest, response: NodeResponse): void;
  setNotFoundHandler(handler: () => void): unknown;
  addHook(name: "onRequest", hook: FastifyHook): unknown;
}

export interface FastifyAdapterPlugin {
  (instance: FastifyAdapterInstance, options: unknown, done: () => void): void;
  /** For Fastify's option of this name: what it cannot route, and answers before any plugin, is refused by the gate. */
  frameworkErrors(error: Error, request: FastifyAdapterRequest, reply: FastifyAdapterReply): void;
}

/** What plugins before this one have set is Fastify's until a reply is sent, and must stand on refusals, too. */
export function keepHeaders(reply: FastifyAdapterReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
}

/** Below a prefix Fastify runs no hooks for paths that it does not know, unless its own answer to them stands there. */
export function hearUnknownPaths(instance: FastifyAdapterInstance): void {
  if (instance.prefix === "") return;
  try {
    (instance.setNotFoundHandler as () => unknown)();
  } catch {
    // Somebody answers them already.
  }
}
