// One of any number of gates: start as many as you like, each with a port of its own and the same three other variables.

import { createServer } from "node:http";
import { Redis } from "ioredis";
import pg from "pg";
import { createNodeListener } from "sluice/adapter/node";
import { createGate, handlers, reply } from "sluice/gate";
import { openPostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { api } from "./contract.ts";

const { PORT, PEPPER = "", REDIS_URL = "", DATABASE_URL = "" } = process.env;
// The same for all gates: 32 bytes that no database knows. Without them no stored key can be checked.
const pepper = new Uint8Array(Buffer.from(PEPPER, "hex"));

const pool = new pg.Pool({
  connectionString: DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 2_000,
});
const client = new Redis(REDIS_URL, { autoResendUnfulfilledCommands: false });
// Both clients find out by themselves when their server is back.
pool.on("error", console.warn);
client.on("error", console.warn);

const { directory, ledger, log } = await openPostgresStores({ pool });
const stores = { directory, ledger, log, limits: createRedisLimits({ client }) };
const upstream = handlers(api, { hello: (_, { caller }) => reply({ hello: caller.accountId }) });
const gate = createGate(api, { stores, upstream, pepper });
// On every gate: of what is overdue, each takes what no other has taken.
gate.sweeper.start();

if ((await directory.account("acct_1")) === undefined) {
  const change = { by: "example", atMs: gate.clock.wallMs() };
  const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
  await directory.putAccount(account, change);
  const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "example" });
  console.log(`key ${secret}`);
}
createServer(createNodeListener(gate)).listen(Number(PORT), "127.0.0.1", () => {
  console.log(`serves http://127.0.0.1:${PORT}/v1/hello`);
});
