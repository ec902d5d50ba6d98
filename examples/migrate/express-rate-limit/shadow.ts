/** Between the two: express-rate-limit still decides, the gate knows the keys, and its shadow says what it would refuse. */
import type { AddressInfo } from "node:net";
import express, { type Request } from "express";
import { rateLimit } from "express-rate-limit";
import { defineApi, defineWire, standard } from "sluice";
import { callerOf, sluiceExpress } from "sluice/adapter/express";
import { createGate, routes } from "sluice/gate";
import { createMemoryStores, MemoryLimits } from "sluice/store/memory";

function apiWith(limit: number) {
  const wire = defineWire({
    ...standard.wire,
    about: { title: "Acme" },
    basePath: "/v1",
    key: {
      prefixes: { live: "acme_" },
      alphabet: "base62",
      length: 32,
      places: [{ bearer: true }],
    },
    plans: ["free"],
    windows: { requests: { per: "key", limit, windowMs: 60_000 } },
    operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
  });
  const server = { plans: { free: { title: "Free" } }, operations: { hello: {} } };
  return defineApi(wire, server, standard.pages);
}

// In force: a limit that nobody reaches. Beside it, judged and not enforced: the one to be.
const [api, next] = [apiWith(1_000_000), apiWith(Number(process.env["NEXT_LIMIT"] ?? 10))];
const stores = createMemoryStores();
const gate = createGate(api, {
  stores,
  upstream: routes(api),
  pepper: crypto.getRandomValues(new Uint8Array(32)),
  shadow: {
    api: next,
    limits: new MemoryLimits(),
    onDifference: ({ kind, accountId, shadow }) =>
      console.log(kind, accountId, shadow.by, `passes in ${shadow.retryAfterMs} ms`),
  },
});

const app = express();
const keyGenerator = (req: Request) => req.get("authorization") ?? "nobody";
app.use("/v1", rateLimit({ windowMs: 60_000, limit: 10, keyGenerator }));
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
