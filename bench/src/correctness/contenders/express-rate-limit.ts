/** express-rate-limit before routes of Express, with its own memory and with rate-limit-redis. */
import express, { type Request, type RequestHandler } from "express";
import { type Options, rateLimit } from "express-rate-limit";
import type { Redis } from "ioredis";
import inject from "light-my-request";
import { RedisStore, type SendCommandFn } from "rate-limit-redis";
import {
  type Contender,
  type ForgivingLimiter,
  type Limiter,
  type Rate,
  type TwoLimits,
  verdictOf,
} from "../contender.ts";
import { connectRedis } from "./connect-redis.ts";

export const expressRateLimit: Contender = {
  name: "express-rate-limit",
  packages: ["express-rate-limit", "express"],
  setUp:
    "`rateLimit({ limit, windowMs, standardHeaders: 'draft-8' })`, in memory, the key from a header",
  needs: [],
  hasCosts: false,
  open: (rate) => single(middleware(rate)),
  openTwo: (wide, narrow) => double(middleware(wide), middleware(narrow)),
  openForgiving: (rate) => forgiving(middleware(rate, { skipFailedRequests: true })),
};

export const expressRateLimitRedis: Contender = {
  name: "express-rate-limit, Redis",
  packages: ["express-rate-limit", "rate-limit-redis", "express", "ioredis"],
  setUp:
    "the same with `store: new RedisStore({ sendCommand })` over ioredis without an offline queue, and " +
    "`passOnStoreError: true` (without it an outage is answered 500)",
  needs: ["redis"],
  hasCosts: false,
  async open(rate, servers) {
    const client = await connectRedis(servers);
    return { ...single(stored(client, rate, "one")), close: () => client.disconnect() };
  },
  async openTwo(wide, narrow, servers) {
    const client = await connectRedis(servers);
    const both = double(stored(client, wide, "wide"), stored(client, narrow, "narrow"));
    return { ...both, close: () => client.disconnect() };
  },
  async openForgiving(rate, servers) {
    const client = await connectRedis(servers);
    const limiter = stored(client, rate, "forgiving", { skipFailedRequests: true });
    return { ...forgiving(limiter), close: () => client.disconnect() };
  },
};

function stored(
  client: Redis,
  rate: Rate,
  prefix: string,
  more: Partial<Options> = {},
): RequestHandler {
  const sendCommand: SendCommandFn = (command: string, ...args: string[]) =>
    client.call(command, ...args) as ReturnType<SendCommandFn>;
  const store = new RedisStore({ sendCommand, prefix: `${prefix}:` });
  return middleware(rate, { store, passOnStoreError: true, logger: SILENT, ...more });
}

/** What it has to say of an outage is looked at in the answers. */
const SILENT = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

function middleware({ limit, windowMs }: Rate, more: Partial<Options> = {}): RequestHandler {
  const keyGenerator = (request: Request) => String(request.headers["x-key"]);
  return rateLimit({
    limit,
    windowMs,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    keyGenerator,
    ...more,
  });
}

function single(limiter: RequestHandler): Limiter {
  const app = express().use(limiter);
  app.get("/", (_, response) => void response.send("ok"));
  return { ask: (key) => get(app, "/", key) };
}

function double(wide: RequestHandler, narrow: RequestHandler): TwoLimits {
  const app = express().use(wide);
  app.get("/wide", (_, response) => void response.send("ok"));
  app.get("/both", narrow, (_, response) => void response.send("ok"));
  return { ask: (key, which) => get(app, which === "both" ? "/both" : "/wide", key) };
}

function forgiving(limiter: RequestHandler): ForgivingLimiter {
  const app = express().use(limiter);
  app.get("/works", (_, response) => void response.send("ok"));
  app.get("/fails", (_, response) => void response.sendStatus(500));
  return { ask: (key, how) => get(app, `/${how}`, key) };
}

async function get(app: express.Express, url: string, key: string) {
  const answer = await inject(app, { method: "GET", url, headers: { "x-key": key } });
  const told = answer.headers["retry-after"];
  return verdictOf(answer.statusCode, told === undefined ? undefined : String(told));
}
