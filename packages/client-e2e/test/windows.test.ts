// A contract with several windows, enforced by a real gate over real sockets: its client sends nothing that any of them
// would refuse, and whoever has to wait for one of them holds up nobody else.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnyWire, defineApi, defineWire, standard } from "sluice";
import { createNodeListener } from "sluice/adapter/node";
import { seededRandom, VirtualClock } from "sluice/base";
import { createGate, handlers, reply } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it, onTestFinished } from "vitest";
import { createVirtualClient } from "./virtual-client.ts";

const MINUTE_MS = 60_000;
const by = "test";

function studio(rateLimit: "none" | "x-ratelimit" | "ratelimit") {
  const wire = defineWire({
    ...standard.wire,
    about: { title: "Studio" },
    basePath: "/v1",
    key: {
      prefixes: { live: "studio_" },
      alphabet: "base62",
      length: 32,
      places: [{ bearer: true }],
    },
    plans: ["free"],
    windows: {
      films: { per: "account", limit: 10, windowMs: MINUTE_MS, operations: ["film"] },
      requests: { per: "key", limit: 40, windowMs: MINUTE_MS },
      burst: { per: "key", limit: 8, windowMs: 1_000 },
    },
    headers: { rateLimit },
    operations: {
      film: { method: "POST", path: "/films", summary: "Films." },
      word: { method: "GET", path: "/words", summary: "Says a word." },
    },
  });
  const server = { plans: { free: { title: "Free" } }, operations: { film: {}, word: {} } };
  return defineApi(wire, server, standard.pages);
}

async function startStudio(rateLimit: "none" | "x-ratelimit" | "ratelimit") {
  const api = studio(rateLimit);
  const clock = new VirtualClock();
  const stores = createMemoryStores();
  const work = () => reply({ done: true });
  const gate = createGate(api, {
    stores,
    clock,
    random: seededRandom("studio"),
    upstream: handlers(api, { film: work, word: work }),
    pepper: new Uint8Array(32).fill(7),
  });
  const account = { id: "a", name: "A", plan: "free", subscription: "active" } as const;
  await stores.directory.putAccount(account, { by, atMs: clock.wallMs() });
  const { secret: apiKey } = await gate.keys.create({ accountId: "a", name: "k", by });
  const listener = createNodeListener(gate);
  const server = createServer((request, response) => {
    // Resets are by the gate's clock, and the socket's own would be the machine's.
    response.sendDate = false;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
    gate.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const wire: AnyWire = api.wire;
  const options = { apiKey, baseUrl, deadline: { totalMs: 60 * MINUTE_MS } };
  const { client, drive } = createVirtualClient(wire, options, clock);
  const statuses = () => stores.log.find({ limit: 1_000 }).map(({ status }) => status);
  return { client, clock, drive, statuses };
}

describe("a contract with three windows", () => {
  it.each(["none", "x-ratelimit", "ratelimit"] as const)(
    "refuses none of its client's calls, whose headers are: %s",
    async (rateLimit) => {
      const { client, clock, drive, statuses } = await startStudio(rateLimit);
      const done = { film: 0, word: 0 };
      const call = async (operation: "film" | "word") => {
        await client.call(operation, {});
        done[operation] = clock.monotonicMs();
      };
      const films = Array.from({ length: 25 }, () => call("film"));
      const words = Array.from({ length: 25 }, () => call("word"));
      await drive(Promise.all([...films, ...words]));
      expect(statuses().filter((status) => status === 429)).toEqual([]);
      expect(statuses()).toHaveLength(50);
      // Ten films a minute: the last five leave in the third minute. The words overtake them, eight calls a second.
      expect(done.film).toBeGreaterThanOrEqual(2 * MINUTE_MS);
      expect(done.film).toBeLessThan(2.05 * MINUTE_MS);
      expect(done.word).toBeLessThan(0.15 * MINUTE_MS);
    },
  );
});
