/** Only key verification: a server with limits and prices of its own asks whose key a request has. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defineApi, defineWire, isRefusal, readKey, render, standard } from "sluice";
import { createKeyCheck } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: {},
  headers: { rateLimit: "none" },
  operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
});
const server = { plans: { free: { title: "Free" } }, operations: { hello: {} } };
const api = defineApi(wire, server, standard.pages);

const { directory } = createMemoryStores();
const pepper = crypto.getRandomValues(new Uint8Array(32));
const check = createKeyCheck(api, { directory, pepper });
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await directory.putAccount(account, { by: "example", atMs: Date.now() });
const { secret } = await check.keys.create({ accountId: "acct_1", name: "demo", by: "example" });

const http = createServer(async (request, response) => {
  const header = (name: string) => request.headersDistinct[name]?.join(", ");
  const address = request.socket.remoteAddress ?? "unknown";
  const caller = await check.verify(readKey(wire.key, { header }), address);
  if (isRefusal(caller)) {
    const { status, headers, body } = render(wire, caller);
    response.writeHead(status, [...headers]).end(body);
  } else response.end(`Hello, ${caller.accountId}\n`);
});
http.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(`curl -i http://127.0.0.1:${port}/hello -H "Authorization: Bearer ${secret}"`);
});
