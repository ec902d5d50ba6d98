/** After: the gate knows the keys itself. Five credits are held before the work, and charged if it was done. */
import type { AddressInfo } from "node:net";
import express from "express";
import { callerOf, sluiceExpress } from "sluice/adapter/express";
import { createGate, routes } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { api } from "./contract.ts";

const stores = createMemoryStores();
const pepper = crypto.getRandomValues(new Uint8Array(32));
const gate = createGate(api, { stores, upstream: routes(api), pepper });

const app = express();
app.use("/v1", sluiceExpress(gate));
app.post("/v1/renders", (req, res) => {
  res.json({ renderedFor: callerOf(req).accountId });
});

const change = { by: "example", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "starter", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "one", by: "example" });
const http = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(
    `curl -i -X POST http://127.0.0.1:${port}/v1/renders -H "Authorization: Bearer ${secret}"`,
  );
});
