/** hono-rate-limiter before routes of Hono, with its own memory. */
import { type Context, Hono } from "hono";
import { rateLimiter } from "hono-rate-limiter";
import { type Contender, type Rate, verdictOf } from "../contender.ts";

export const honoRateLimiter: Contender = {
  name: "hono-rate-limiter",
  packages: ["hono-rate-limiter", "hono"],
  setUp: "`rateLimiter({ limit, windowMs, standardHeaders: 'draft-7', keyGenerator })`, in memory",
  needs: [],
  hasCosts: false,
  open(rate) {
    const app = new Hono().use(middleware(rate)).get("/", (c) => c.text("ok"));
    return { ask: (key) => get(app, "/", key) };
  },
  openTwo(wide, narrow) {
    const app = new Hono()
      .use(middleware(wide))
      .get("/wide", (c) => c.text("ok"))
      .get("/both", middleware(narrow), (c) => c.text("ok"));
    return { ask: (key, which) => get(app, which === "both" ? "/both" : "/wide", key) };
  },
  openForgiving(rate) {
    const app = new Hono()
      .use(middleware(rate, true))
      .get("/works", (c) => c.text("ok"))
      .get("/fails", (c) => c.text("out of paint", 500));
    return { ask: (key, how) => get(app, `/${how}`, key) };
  },
};

function middleware({ limit, windowMs }: Rate, skipFailedRequests = false) {
  const keyGenerator = (c: Context) => c.req.header("x-key") ?? "";
  const standardHeaders = "draft-7";
  return rateLimiter({ limit, windowMs, standardHeaders, keyGenerator, skipFailedRequests });
}

async function get(app: Pick<Hono, "request">, path: string, key: string) {
  const answer = await app.request(path, { headers: { "x-key": key } });
  return verdictOf(answer.status, answer.headers.get("retry-after") ?? undefined);
}
