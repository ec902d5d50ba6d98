// A peer: @fastify/http-proxy over undici; with BENCH_GUARDED a key check against a Map and
// @fastify/rate-limit counting by key before it, as in gate's row. The limit is never reached.

import httpProxy from "@fastify/http-proxy";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { announce, benchKey, REFUSAL } from "../src/answer.ts";
import {
  KEEP_ALIVE_MS,
  REQUESTS_A_SECOND,
  UPSTREAM_CONNECTIONS,
  upstreamUrl,
} from "../src/gateway/setup.ts";

const app = Fastify({ keepAliveTimeout: KEEP_ALIVE_MS });
if (process.env["BENCH_GUARDED"] !== undefined) await guard(app);
// Its documentation's own settings, but for how many connections there may be.
await app.register(httpProxy, {
  upstream: upstreamUrl(),
  undici: { connections: UPSTREAM_CONNECTIONS, pipelining: 1, keepAliveTimeout: 60_000 },
});

const address = await app.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 });
announce(Number(new URL(address).port));

async function guard(guarded: FastifyInstance): Promise<void> {
  const accounts = new Map([[benchKey(), "acct_bench"]]);
  guarded.addHook("onRequest", (request, reply, next) => {
    if (accounts.has(keyOf(request.headers["x-api-key"]))) next();
    else reply.code(401).send(REFUSAL);
  });
  await guarded.register(rateLimit, {
    max: REQUESTS_A_SECOND,
    timeWindow: 1_000,
    keyGenerator: (request) => keyOf(request.headers["x-api-key"]),
  });
}

function keyOf(header: string | string[] | undefined): string {
  return typeof header === "string" ? header : "";
}
