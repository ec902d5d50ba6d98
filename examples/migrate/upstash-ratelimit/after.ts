/** After: ten calls in any minute for each key, counted exactly on a Redis that all processes share. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import { systemClock } from "sluice/base";
import { createRedisLimits } from "sluice/store/redis";

const client = new Redis(process.env["REDIS_URL"] ?? "", { autoResendUnfulfilledCommands: false });
client.on("error", console.warn);
const limits = createRedisLimits({ client });

const server = createServer(async (request, response) => {
  const key = request.headers.authorization ?? "nobody";
  const windows = [{ id: key, limit: 10, windowMs: 60_000, cost: 1 }];
  const admission = { windows, slots: [], owner: key, whenDown: "local" } as const;
  const verdict = await limits.admit(admission, systemClock.monotonicMs());
  if (verdict.admitted) {
    response.end("hello\n");
    return;
  }
  const seconds = Math.ceil(verdict.retryAfterMs / 1_000);
  response.writeHead(429, { "Retry-After": seconds }).end("Too many requests\n");
});
server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/ -H "Authorization: Bearer one"`);
});
