// A node to be measured: the gate on `node:http`, its limits in Redis, the rest in PostgreSQL. It says where it listens,
// and what processor time it has used whenever it is asked.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import pg from "pg";
import { createNodeListener } from "sluice/adapter/node";
import { createGate, handlers, reply } from "sluice/gate";
import { openPostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { ACCOUNT, measuredApi, PEPPER, PREFIX } from "./measured-api.ts";

const [redisUrl = "", databaseUrl = "", secret = ""] = process.argv.slice(2);
const redis = new Redis(redisUrl, { autoResendUnfulfilledCommands: false });
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const stores = await openPostgresStores({ pool });
const limits = createRedisLimits({ client: redis, prefix: PREFIX, deadlineMs: 1_000 });
const gate = createGate(measuredApi, {
  stores: { directory: stores.directory, limits, ledger: stores.ledger, log: stores.log },
  upstream: handlers(measuredApi, { look: () => reply(items()), make: () => reply(items()) }),
  pepper: PEPPER,
});
await gate.keys.create({ accountId: ACCOUNT, name: "measured", secret, by: "measure" });
const server = createServer(createNodeListener(gate));
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

process.on("message", () => {
  void stores.log.flush().then(() => {
    const { user, system } = process.cpuUsage();
    process.send?.({ us: user + system });
  });
});
process.on("disconnect", () => process.exit());

function items() {
  return { items: ["measured"], more: false };
}
