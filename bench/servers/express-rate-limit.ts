// A peer: Express with a key check against a Map and express-rate-limit counting by key, in Redis where the harness has started
// one. The limit is too high ever to refuse.

import { createServer } from "node:http";
import { rateLimit } from "express-rate-limit";
import { type RedisReply, RedisStore } from "rate-limit-redis";
import { benchKey, REFUSAL, serve } from "../src/answer.ts";
import { createExpressApp, listItems } from "./express-app.ts";
import { hasRedis, redisClient } from "./redis-client.ts";

const accounts = new Map([[benchKey(), "acct_bench"]]);
const app = createExpressApp();

app.use((request, response, next) => {
  if (accounts.has(request.get("x-api-key") ?? "")) next();
  else response.status(401).json(REFUSAL);
});
app.use(
  rateLimit({
    windowMs: 60_000,
    limit: 1_000_000_000,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    keyGenerator: (request) => request.get("x-api-key") ?? "",
    ...(hasRedis && { store: await redisStore() }),
  }),
);
listItems(app);
serve(createServer(app));

/** As its page says for ioredis. */
async function redisStore(): Promise<RedisStore> {
  const client = await redisClient();
  return new RedisStore({
    sendCommand: (command: string, ...rest: string[]) =>
      client.call(command, ...rest) as Promise<RedisReply>,
  });
}
