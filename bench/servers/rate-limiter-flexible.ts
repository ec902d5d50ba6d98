// A peer: bare node:http with a key check against a Map and rate-limiter-flexible counting by key in Redis, with the
// headers that its documentation shows. The limit is too high ever to refuse.

import { createServer } from "node:http";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { benchKey, ITEMS, REFUSAL, serve } from "../src/answer.ts";
import { redisClient } from "./redis-client.ts";

const accounts = new Map([[benchKey(), "acct_bench"]]);
const points = 1_000_000;
const limiter = new RateLimiterRedis({ storeClient: await redisClient(), points, duration: 1 });

serve(
  createServer(async (request, response) => {
    const key = request.headers["x-api-key"];
    if (typeof key !== "string" || !accounts.has(key)) {
      send(401, REFUSAL, {});
      return;
    }
    const { remainingPoints, msBeforeNext } = await limiter.consume(key);
    send(200, ITEMS, {
      "x-ratelimit-limit": points,
      "x-ratelimit-remaining": remainingPoints,
      "x-ratelimit-reset": Math.ceil(msBeforeNext / 1_000),
    });

    function send(status: number, answer: object, headers: Readonly<Record<string, number>>) {
      const body = JSON.stringify(answer);
      response.writeHead(status, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(body),
        ...headers,
      });
      response.end(body);
    }
  }),
);
