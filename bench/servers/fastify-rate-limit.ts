// A peer: Fastify with a key check against a Map and @fastify/rate-limit counting by key, in Redis where the harness has started
// one. The limit is too high ever to refuse, so each request pays for the counting and the headers only.

import rateLimit from "@fastify/rate-limit";
import { benchKey, REFUSAL } from "../src/answer.ts";
import { createFastifyApp, listItems } from "./fastify-app.ts";
import { hasRedis, redisClient } from "./redis-client.ts";

const accounts = new Map([[benchKey(), "acct_bench"]]);
const app = createFastifyApp();

const keyOf = (header: string | string[] | undefined) => (typeof header === "string" ? header : "");

app.addHook("onRequest", (request, reply, next) => {
  if (accounts.has(keyOf(request.headers["x-api-key"]))) next();
  else reply.code(401).send(REFUSAL);
});
await app.register(rateLimit, {
  max: 1_000_000_000,
  timeWindow: 60_000,
  keyGenerator: (request) => keyOf(request.headers["x-api-key"]),
  ...(hasRedis && { redis: await redisClient() }),
});
await listItems(app);
