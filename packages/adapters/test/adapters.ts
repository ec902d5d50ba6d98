// Press behind each adapter, on a real socket: the natives, and the routes of each framework.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { serve as serveFetch } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import * as overExpress from "sluice/adapter/express";
import * as overFastify from "sluice/adapter/fastify";
import { createFetchHandler } from "sluice/adapter/fetch";
import * as overHono from "sluice/adapter/hono";
import * as overNext from "sluice/adapter/next";
import { answerUnreadable, createNodeListener } from "sluice/adapter/node";
import { type Gate, routes, type Upstream } from "sluice/gate";
import { press } from "./contract.ts";
import { type Doing, operations } from "./doing.ts";
import { bytesOf, doneBy, isPieces, plainUpstream, responseOf, sizeOf } from "./plain-upstream.ts";

export interface Adapter {
  readonly name: string;
  /** Whether the app has pages of its own beside the API. */
  readonly hasPages: boolean;
  upstream(doing: Doing): Upstream;
  listen(gate: Gate, doing: Doing): Promise<Listening>;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const ADDRESS = "127.0.0.1";

async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, ADDRESS, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const onFetch = (fetch: (request: Request) => Promise<Response>) =>
  new Promise<Listening>((resolve) => {
    const server = serveFetch(
      { fetch, port: 0, hostname: ADDRESS, overrideGlobalObjects: false },
      ({ port }) => {
        const close = () =>
          new Promise<void>((closed) => {
            (server as Server).closeAllConnections();
            server.close(() => closed());
          });
        resolve({ port, close });
      },
    );
  });

/** For the frameworks. */
const routed = () => routes(press, { launch: ({ body }) => sizeOf(body) });

async function onExpress(gate: Gate, doing: Doing): Promise<Listening> {
  const app = express().disable("x-powered-by").disable("etag");
  app.get("/about", (_, res) => void res.type("text").send("about us"));
  app.use("/v1", overExpress.sluiceExpress(gate));
  // As apps have it; what the gate has read is not read again.
  app.use(express.json());
  for (const [operation, method, path] of operations) {
    const verb = method.toLowerCase() as "get" | "post" | "put" | "delete";
    app[verb](`/v1${path}`, async (req, res) => {
      const { status, headers, body } = await doneBy(doing, {
        operation,
        caller: overExpress.callerOf(req),
        signal: overExpress.signalOf(req),
        input: overExpress.inputOf(press, operation, req),
        body: req.body,
        headers: req.headers,
        method: req.method,
      });
      res.status(status);
      for (const [name, value] of headers) res.appendHeader(name, value);
      if (isPieces(body)) {
        for await (const piece of body) if (!res.destroyed) res.write(piece);
        res.end();
      } else if (typeof body === "string") res.end(body);
      else Readable.from([body]).pipe(res);
    });
  }
  return listening(createServer(app));
}

async function onFastify(gate: Gate, doing: Doing): Promise<Listening> {
  const sluice = overFastify.sluiceFastify(gate);
  const app = fastify({ frameworkErrors: sluice.frameworkErrors });
  app.get("/about", async (_, reply) => reply.type("text/plain; charset=utf-8").send("about us"));
  app.register(
    async (api) => {
      api.register(sluice);
      for (const [operation, method, path] of operations) {
        api.route({
          method,
          url: path,
          async handler(request, reply) {
            const { status, headers, body } = await doneBy(doing, {
              operation,
              caller: overFastify.callerOf(request),
              signal: overFastify.signalOf(request),
              input: overFastify.inputOf(press, operation, request),
              body: request.body,
              headers: request.headers,
              method: request.method,
            });
            reply.code(status);
            for (const [name, value] of headers) reply.header(name, value);
            if (isPieces(body))
              return reply.send(Readable.from(bytesOf(body), { highWaterMark: 1 }));
            return reply.send(
              body === "" ? undefined : typeof body === "string" ? body : Buffer.from(body),
            );
          },
        });
      }
    },
    { prefix: "/v1" },
  );
  await app.listen({ port: 0, host: ADDRESS });
  return {
    port: (app.server.address() as AddressInfo).port,
    async close() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

function onHono(gate: Gate, doing: Doing): Promise<Listening> {
  const app = new Hono();
  app.onError((_, c) => c.text("inner", 500));
  app.get("/about", (c) => c.text("about us"));
  app.use("/v1/*", overHono.sluiceHono(gate, { addressOf: () => ADDRESS }));
  for (const [operation, method, path] of operations) {
    app.on(method, `/v1${path}`, async (c) =>
      responseOf(
        await doneBy(doing, {
          operation,
          caller: overHono.callerOf(c),
          signal: overHono.signalOf(c),
          input: overHono.inputOf(press, operation, c),
          body: await webBody(c.req.raw),
          headers: c.req.header(),
          method: c.req.method,
        }),
      ),
    );
  }
  return onFetch(async (request) => app.fetch(request));
}

/** What frameworks of `Request` give: the bytes that were checked, or a stream of what nobody has read. */
async function webBody(request: Request): Promise<unknown> {
  if (request.body === null) return undefined;
  return request.method === "PUT" ? Readable.from(request.body) : request.json();
}

/** A kind of `Request` with more to it, as Next.js has one: handlers are shown the same kind. The torture has the real one. */
class NextRequest extends Request {
  readonly nextUrl = new URL(this.url);
}

/** As Next.js does it: a file a path, and one that catches all others. */
function onNext(gate: Gate, doing: Doing): Promise<Listening> {
  const options = { addressOf: () => ADDRESS };
  const files = new Map<string, ReturnType<typeof overNext.sluiceNext>>();
  for (const [, , path] of operations) {
    const here = operations.filter(([, , other]) => other === path);
    const table = here.map(([operation, method]) => [
      method,
      async (request: NextRequest) =>
        responseOf(
          await doneBy(doing, {
            operation,
            caller: overNext.callerOf(request),
            signal: overNext.signalOf(request),
            input: overNext.inputOf(press, operation, request),
            body: await webBody(request),
            headers: Object.fromEntries(request.headers),
            method: request.nextUrl && request.method,
          }),
        ),
    ]);
    files.set(path, overNext.sluiceNext(gate, Object.fromEntries(table), options));
  }
  const rest = overNext.sluiceNext(gate, {}, options);
  return onFetch(async (request) => {
    const { pathname } = new URL(request.url);
    const path = pathname.replace(/^\/v1/, "").replace(/^\/notes\/[^/]+$/, "/notes/:noteId");
    const { method, headers, body, signal } = request;
    const init = { method, headers, signal, ...(body && { body, duplex: "half" as const }) };
    const file = files.get(path) ?? rest;
    const handler = file[method as keyof typeof file];
    // Next.js itself says so of what no file exports.
    if (handler === undefined) return new Response(null, { status: 405 });
    return handler(new NextRequest(request.url, init), {});
  });
}

export const adapters: readonly Adapter[] = [
  {
    name: "node",
    hasPages: false,
    upstream: plainUpstream,
    listen(gate) {
      const server = createServer(createNodeListener(gate));
      answerUnreadable(server, gate);
      return listening(server);
    },
  },
  {
    name: "fetch",
    hasPages: false,
    upstream: plainUpstream,
    listen: (gate) => onFetch(createFetchHandler(gate, { addressOf: () => ADDRESS })),
  },
  { name: "hono", hasPages: true, upstream: routed, listen: onHono },
  { name: "express", hasPages: true, upstream: routed, listen: onExpress },
  { name: "fastify", hasPages: true, upstream: routed, listen: onFastify },
  { name: "next", hasPages: false, upstream: routed, listen: onNext },
];
