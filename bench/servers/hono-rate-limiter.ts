// A peer: Hono with a key check against a Map and hono-rate-limiter counting by key, in Redis where the harness has started one.
// The limit is too high ever to refuse.

import { Hono } from "hono";
import { RedisStore, rateLimiter } from "hono-rate-limiter";
import { benchKey, REFUSAL } from "../src/answer.ts";
import { listItems } from "./hono-app.ts";
import { hasRedis, redisClient } from "./redis-client.ts";

const accounts = new Map([[benchKey(), "acct_bench"]]);
const app = new Hono();

app.use(async (context, next) => {
  if (accounts.has(context.req.header("x-api-key") ?? "")) return next();
  return context.json(REFUSAL, 401);
});
app.use(
  rateLimiter({
    windowMs: 60_000,
    limit: 1_000_000_000,
    standardHeaders: "draft-7",
    keyGenerator: (context) => context.req.header("x-api-key") ?? "",
    ...(hasRedis && { store: await redisStore() }),
  }),
);
listItems(app);

/** Its store is for a client whose commands are called otherwise. */
async function redisStore(): Promise<RedisStore> {
  const client = await redisClient();
  return new RedisStore({
    client: {
      scriptLoad: (script) => client.script("LOAD", script) as Promise<string>,
      evalsha: <Args extends unknown[], Data>(sha: string, keys: string[], args: Args) =>
        client.evalsha(sha, keys.length, ...keys, ...(args as string[])) as Promise<Data>,
      decr: (key) => client.decr(key),
      del: (key) => client.del(key),
    },
  });
}
