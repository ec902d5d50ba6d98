// A configuration from its file to answers: the gateway serves what was written, and what is written anew after a reload.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Gateway, openGateway } from "../../src/index.ts";
import { type Change, changed, load } from "./small.ts";

const folder = fileURLToPath(new URL("./openapi", import.meta.url));

let upstream: Server;
let gateway: Gateway;
let url: string;
let secret: string;

function configured(...changes: Change[]) {
  const { port } = upstream.address() as AddressInfo;
  const contract = {
    openapi: "./petstore.yaml",
    key: { prefixes: { live: "acme_live_" } },
    plans: { pro: {} },
    windows: { perMinute: { per: "key", limit: 1_000, within: "1m" } },
    operations: { createPets: { price: { atMost: 9, actual: { header: "Sluice-Cost" } } } },
  };
  const config = changed([
    ["contract", contract],
    ["upstreams.main.url", `http://127.0.0.1:${port}/v1`],
    ["stores", { kind: "memory" }],
    ["listeners", { public: { port: 0 }, internal: { port: 0 } }],
    ["logs", "none"],
    ["open", ["GET /health"]],
    ...changes,
  ]);
  return load(config, folder);
}

/** Says what came, and that it cost three credits. */
beforeAll(async () => {
  upstream = createServer((request, response) => {
    response.setHeader("sluice-cost", "3").setHeader("content-type", "application/json");
    response.end(JSON.stringify({ path: request.url }));
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  gateway = await openGateway((await configured()).settings);
  ({ url } = await gateway.listen());
  const change = { by: "test", atMs: 0 };
  const account = { id: "a", name: "a", plan: "pro", subscription: "active" } as const;
  await gateway.stores.directory.putAccount(account, change);
  const grant = { id: "g", accountId: "a", amount: 10, reason: "test" };
  await gateway.stores.ledger.grant(grant, 0);
  const [gate] = gateway.gates;
  secret = (await gate?.keys.create({ accountId: "a", name: "k", by: "test" }))?.secret ?? "";
});

afterAll(async () => {
  await gateway.close();
  await new Promise((resolve) => upstream.close(resolve));
});

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

describe("a gateway from a configuration with an OpenAPI file", () => {
  it("passes what is right to the upstream, below the path of its address", async () => {
    expect(await ask("GET", "/v1/pets?limit=5")).toEqual({
      status: 200,
      body: { path: "/v1/pets?limit=5" },
    });
  });

  it("refuses what is wrong, in the envelope", async () => {
    expect(await ask("GET", "/v1/pets?limit=500")).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_parameter", param: "limit" } },
    });
    expect(await ask("POST", "/v1/pets", { name: "" })).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_field", param: "name" } },
    });
  });

  it("charges what the upstream says", async () => {
    expect(await ask("POST", "/v1/pets", { name: "Rex" })).toMatchObject({ status: 200 });
    const funds = { accountId: "a", allowance: undefined };
    const balance = await gateway.stores.ledger.balance(funds, 0);
    expect(balance).toMatchObject({ remaining: 7, held: 0 });
  });

  it("lets open paths pass", async () => {
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ path: "/v1/health" });
  });

  it("serves other settings after a reload", async () => {
    const { settings } = await configured(
      ["contract.envelope", "flat"],
      ["contract.basePath", "/v2"],
    );
    gateway.reload(settings);
    expect(await ask("GET", "/v1/pets")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    expect(await ask("GET", "/v2/pets")).toMatchObject({ status: 200 });
  });
});
