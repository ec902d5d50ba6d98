/** An Express app that is sold by the key: the gate stands before its routes below /v1, and leaves its pages alone. */
import type { AddressInfo } from "node:net";
import express from "express";
import { defineApi, defineWire, standard } from "sluice";
import { callerOf, inputOf, sluiceExpress } from "sluice/adapter/express";
import { answerUnreadable } from "sluice/adapter/node";
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

const app = express().disable("x-powered-by");
app.get("/", (_, res) => void res.send("Welcome to Acme."));
app.use("/v1", sluiceExpress(gate));
app.get("/v1/hello", (req, res) => void res.json({ hello: callerOf(req).accountId }));
app.post("/v1/echo", (req, res) => void res.json({ echo: inputOf(api, "echo", req).body.text }));

const change = { by: "example", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "example" });
const http = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/v1/hello -H "Authorization: Bearer ${secret}"`);
});
answerUnreadable(http, gate);
