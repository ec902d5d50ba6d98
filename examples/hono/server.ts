/** A Hono app that is sold by the key: the gate stands before its routes below /v1, and leaves its pages alone. */
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { defineApi, defineWire, standard } from "sluice";
import { callerOf, inputOf, sluiceHono } from "sluice/adapter/hono";
import { createGate, routes } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { z } from "zod";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  operations: {
    hello: { method: "GET", path: "/hello", summary: "Says hello." },
    echo: { method: "POST", path: "/echo", summary: "Says it again." },
  },
});
const echo = { body: z.object({ text: z.string().max(100) }) };
const server = { plans: { free: { title: "Free" } }, operations: { hello: {}, echo } };
const api = defineApi(wire, server, standard.pages);

const stores = createMemoryStores();
const pepper = crypto.getRandomValues(new Uint8Array(32));
const gate = createGate(api, { stores, upstream: routes(api), pepper });

const addressOf = (c: Context) => getConnInfo(c).remote.address ?? "unknown";
const app = new Hono();
app.get("/", (c) => c.text("Welcome to Acme."));
app.use("/v1/*", sluiceHono(gate, { addressOf }));
app.get("/v1/hello", (c) => c.json({ hello: callerOf(c).accountId }));
app.post("/v1/echo", (c) => c.json({ echo: inputOf(api, "echo", c).body.text }));

const change = { by: "example", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "example" });
const port = Number(process.env["PORT"] ?? 3000);
serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, ({ port }) =>
  console.log(`curl -i http://127.0.0.1:${port}/v1/hello -H "Authorization: Bearer ${secret}"`),
);
