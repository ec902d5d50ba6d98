// Limits in a real Redis do what the port promises, through each of the clients that people have.

import { startRedis } from "@sluice-internal/test-servers/redis";
import { afterAll, beforeAll, describe, it, vi } from "vitest";
import { limitsConformance } from "../../../src/store/conformance/index.ts";
import { CLIENTS, connectClient, type TestClient } from "./clients.ts";
import { limitsOf } from "./suite-limits.ts";

vi.setConfig({ testTimeout: 60_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
const clients = new Map<string, TestClient>();
beforeAll(async () => {
  server = await startRedis();
  for (const name of CLIENTS) clients.set(name, await connectClient(name, server.port));
}, 120_000);
afterAll(async () => {
  for (const client of clients.values()) client.close();
  await server.stop();
});

describe.each(CLIENTS)("store/redis through %s", (name) => {
  const make = () => limitsOf((clients.get(name) as TestClient).client);
  const traces = name === "ioredis" ? 500 : 100;
  limitsConformance({ describe, it }, make, { traces, seed: name, clock: "counted" });
});
