/** @fastify/rate-limit, with its own memory and with its store on Redis. */
import rateLimit, { type RateLimitPluginOptions } from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { type Contender, type Rate, type Servers, verdictOf } from "../contender.ts";
import { connectRedis } from "./connect-redis.ts";

const PACKAGE = "@fastify/rate-limit";

export const fastifyRateLimit: Contender = contender(
  PACKAGE,
  "registered with `{ max, timeWindow }`, in memory; two limits are two `createRateLimit` in one hook",
  [],
  async () => ({ options: {}, close: () => undefined }),
);

export const fastifyRateLimitRedis: Contender = contender(
  `${PACKAGE}, Redis`,
  "the same with `redis` (ioredis without an offline queue) and `skipOnError: true`, as its page says for production",
  ["redis"],
  async (servers) => {
    const redis = await connectRedis(servers);
    return { options: { redis, skipOnError: true }, close: () => redis.disconnect() };
  },
);

interface Place {
  readonly options: RateLimitPluginOptions;
  readonly close: () => unknown;
}

function contender(
  name: string,
  setUp: string,
  needs: Contender["needs"],
  place: (servers: Servers) => Promise<Place>,
): Contender {
  return {
    name,
    packages: [PACKAGE, "fastify", ...(needs.length > 0 ? ["ioredis"] : [])],
    setUp,
    needs,
    hasCosts: false,
    async open(rate, servers) {
      const { options, close } = await place(servers);
      const app = fastify();
      await app.register(rateLimit, { ...options, ...of(rate), keyGenerator });
      app.get("/", () => "ok");
      return { ask: (key) => get(app, "/", key), close };
    },
    async openTwo(wide, narrow, servers) {
      const { options, close } = await place(servers);
      const app = fastify();
      await app.register(rateLimit, { ...options, global: false, keyGenerator });
      const checkWide = app.createRateLimit({
        ...of(wide),
        keyGenerator: (request) => `wide ${keyGenerator(request)}`,
      });
      const checkNarrow = app.createRateLimit({
        ...of(narrow),
        keyGenerator: (request) => `narrow ${keyGenerator(request)}`,
      });
      app.addHook("onRequest", async (request, reply) => {
        const checks = request.url === "/both" ? [checkWide, checkNarrow] : [checkWide];
        for (const check of checks) {
          const told = await check(request);
          if (!told.isAllowed && told.isExceeded) return reply.code(429).send("Limit exceeded");
        }
      });
      app.get("/wide", () => "ok");
      app.get("/both", () => "ok");
      return { ask: (key, which) => get(app, which === "both" ? "/both" : "/wide", key), close };
    },
  };
}

function of({ limit, windowMs }: Rate) {
  return { max: limit, timeWindow: windowMs };
}

function keyGenerator(request: FastifyRequest): string {
  return String(request.headers["x-key"]);
}

async function get(app: FastifyInstance, url: string, key: string) {
  const answer = await app.inject({ method: "GET", url, headers: { "x-key": key } });
  const told = answer.headers["retry-after"];
  return verdictOf(answer.statusCode, told === undefined ? undefined : String(told));
}
