/** Before: ten calls in about a minute for each key, counted by @upstash/ratelimit over HTTP. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis";

const redis = new Redis({
  url: process.env["UPSTASH_REDIS_REST_URL"] ?? "",
  token: process.env["UPSTASH_REDIS_REST_TOKEN"] ?? "",
  // A stand-in for the service answers this example in CI, in plain text.
  ...(process.env["UPSTASH_PLAIN"] && { responseEncoding: false }),
});
const ratelimit = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(10, "60 s") });

const server = createServer(async (request, response) => {
  const key = request.headers.authorization ?? "nobody";
  const { success, reset } = await ratelimit.limit(key);
  if (success) {
    response.end("hello\n");
    return;
  }
  const seconds = Math.ceil((reset - Date.now()) / 1_000);
  response.writeHead(429, { "Retry-After": seconds }).end("Too many requests\n");
});
server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/ -H "Authorization: Bearer one"`);
});
