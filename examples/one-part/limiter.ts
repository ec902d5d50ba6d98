/** Only the limiter: five a minute for each address, exactly, without keys. Over several processes: `createRedisLimits`. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "sluice/base";
import { MemoryLimits } from "sluice/store/memory";

const limits = new MemoryLimits();

const server = createServer((request, response) => {
  const id = `guests:${request.socket.remoteAddress}`;
  const windows = [{ id, limit: 5, windowMs: 60_000, cost: 1 }];
  const verdict = limits.admit({ windows, slots: [] }, systemClock.monotonicMs());
  if (verdict.admitted) {
    response.end(`${verdict.windows[0]?.remaining} more\n`);
    return;
  }
  const seconds = Math.ceil(verdict.retryAfterMs / 1_000);
  response.writeHead(429, { "Retry-After": seconds }).end(`Again in ${seconds} s\n`);
});
server.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () =>
  console.log(`curl -i http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
);
