/** After: the gate stands where the limiter stood, and knows the keys as well. */
import type { AddressInfo } from "node:net";
import express from "express";
import { defineApi, defineWire, standard } from "sluice";
import { callerOf, sluiceExpress } from "sluice/adapter/express";
import { createGate, routes } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 10, windowMs: 60_000 } },
  headers: { rateLimit: "ratelimit" },
  operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
});
const server = { plans: { free: { title: "Free" } }, operations: { hello: {} } };
const api = defineApi(wire, server, standard.pages);

const stores = createMemoryStores();
const pepper = crypto.getRandomValues(new Uint8Array(32));
const gate = createGate(api, { stores, upstream: routes(api), pepper });

const app = express();
app.use("/v1", sluiceExpress(gate));
app.get("/v1/hello", (req, res) => void res.json({ hello: callerOf(req).accountId }));

const change = { by: "example", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "one", by: "example" });
const http = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/v1/hello -H "Authorization: Bearer ${secret}"`);
});
