/** A Fastify app that is sold by the key: the gate stands before its routes below /v1, and leaves its pages alone. */
import fastify from "fastify";
import { defineApi, defineWire, standard } from "sluice";
import { callerOf, inputOf, sluiceFastify } from "sluice/adapter/fastify";
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

const sluice = sluiceFastify(gate);
const app = fastify({ frameworkErrors: sluice.frameworkErrors });
app.get("/", async () => "Welcome to Acme.");
app.register(
  (v1, _, done) => {
    v1.register(sluice);
    v1.get("/hello", async (request) => ({ hello: callerOf(request).accountId }));
    v1.post("/echo", async (request) => ({ echo: inputOf(api, "echo", request).body.text }));
    done();
  },
  { prefix: "/v1" },
);

const change = { by: "example", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "example" });
const url = await app.listen({ port: Number(process.env["PORT"] ?? 3000), host: "127.0.0.1" });
console.log(`curl -i ${url}/v1/hello -H "Authorization: Bearer ${secret}"`);
