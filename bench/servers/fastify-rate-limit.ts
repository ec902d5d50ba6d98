// A peer: Fastify with a key check against a Map and @fastify/rate-limit counting by key. The limit
// is too high ever to refuse, so each request pays for the counting and the headers only.

import rateLimit from "@fastify/rate-limit";
import Fastify from "fastify";
import { announce, benchKey, ITEMS, ITEMS_PATH, REFUSAL } from "../src/answer.ts";

const accounts = new Map([[benchKey(), "acct_bench"]]);
const app = Fastify();

const keyOf = (header: string | string[] | undefined) => (typeof header === "string" ? header : "");

app.addHook("onRequest", (request, reply, next) => {
  if (accounts.has(keyOf(request.headers["x-api-key"]))) next();
  else reply.code(401).send(REFUSAL);
});
await app.register(rateLimit, {
  max: 1_000_000_000,
  timeWindow: 60_000,
  keyGenerator: (request) => keyOf(request.headers["x-api-key"]),
});
app.get(ITEMS_PATH, (_request, reply) => {
  reply.send(ITEMS);
});

const address = await app.listen({ port: 0, host: "127.0.0.1" });
announce(Number(new URL(address).port));
