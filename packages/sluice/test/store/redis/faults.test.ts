// R5, R6: a real Redis behind a network that delays, falls silent, talks nonsense and breaks off. No call waits for it longer
// than the deadline, nothing is decided by nonsense, and nothing counts twice.

import { type FaultProxy, startFaultProxy } from "@sluice-internal/test-servers/fault-proxy";
import { startRedis } from "@sluice-internal/test-servers/redis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../../src/base/index.ts";
import type { Admitted, LimitRefused } from "../../../src/gate/stores.ts";
import { createRedisLimits, type RedisLimits } from "../../../src/store/redis/index.ts";
import { CLIENTS, type ClientName, connectClient, type TestClient } from "./clients.ts";
import { statisticsOf } from "./statistics.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Far more than a loaded machine needs for an answer, far less than a test may take. */
const DEADLINE_MS = 250;

let server: Awaited<ReturnType<typeof startRedis>>;
/** Past the proxy. */
let direct: TestClient;
beforeAll(async () => {
  server = await startRedis({ args: ["--repl-diskless-sync-delay", "0"] });
  direct = await connectClient("ioredis", server.port);
}, 120_000);
afterAll(async () => {
  direct.close();
  await server.stop();
});

interface Line {
  readonly proxy: FaultProxy;
  readonly limits: RedisLimits;
  readonly window: {
    readonly id: string;
    readonly limit: number;
    readonly windowMs: number;
    readonly cost: number;
  };
  admit(): Promise<Admitted | LimitRefused>;
  /** Places that count in Redis now. */
  counted(): Promise<number>;
  /** Asks by another window until Redis decides again. */
  untilBack(): Promise<void>;
}

let lines = 0;
let looks = 0;

async function withLine(name: ClientName, body: (line: Line) => Promise<void>): Promise<void> {
  const proxy = await startFaultProxy(server.port);
  const client = await connectClient(name, proxy.port);
  const prefix = `faults-${lines++}`;
  const limits = createRedisLimits({ client: client.client, prefix, deadlineMs: DEADLINE_MS });
  const watch = createRedisLimits({ client: direct.client, prefix, deadlineMs: 10_000 });
  const window = { id: "requests:a", limit: 50, windowMs: 600_000, cost: 1 };
  const ask = async (id: string) =>
    limits.admit(
      { windows: [{ ...window, id }], slots: [], whenDown: "local" },
      systemClock.monotonicMs(),
    );
  try {
    await ask("warm up");
    await body({
      proxy,
      limits,
      window,
      admit: () => ask(window.id),
      async counted() {
        // A limit of its own each time, so that no cached denial answers.
        const limit = 1_000 + looks++;
        const whole = { ...window, limit, cost: limit + 1 };
        const { windows } = await watch.admit({ windows: [whole], slots: [] }, 0);
        return limit - (windows[0]?.remaining ?? 0);
      },
      async untilBack() {
        while ((await ask("until back")).local !== undefined) await systemClock.sleep(20);
      },
    });
  } finally {
    client.close();
    await proxy.close();
  }
}

describe.each(CLIENTS)("R5: through %s", (name) => {
  it("an answer that is slow but in time decides", () =>
    withLine(name, async ({ proxy, admit, counted }) => {
      proxy.set({ kind: "delay", ms: DEADLINE_MS / 8 });
      expect((await admit()).local).toBeUndefined();
      expect(await counted()).toBe(1);
    }));

  it("an answer that is too late does not, and its decision is not made again", () =>
    withLine(name, async ({ proxy, admit, counted, untilBack }) => {
      proxy.set({ kind: "delay", ms: DEADLINE_MS * 2 });
      expect(await admit()).toMatchObject({ admitted: true, local: {} });
      proxy.set({ kind: "pass" });
      await untilBack();
      expect(await counted()).toBe(1);
    }));

  it("a hung connection holds nobody up, and what it delivers at last counts nothing", () =>
    withLine(name, async ({ proxy, admit, counted, untilBack }) => {
      proxy.set({ kind: "hang" });
      const verdicts = await Promise.all(Array.from({ length: 20 }, admit));
      expect(verdicts.every(({ admitted, local }) => admitted && local !== undefined)).toBe(true);
      await systemClock.sleep(2 * DEADLINE_MS);
      proxy.set({ kind: "pass" });
      await untilBack();
      expect(await counted()).toBe(0);
    }));

  it.each([
    ["an error", "-ERR unknown command\r\n"],
    ["a word", "+OK\r\n"],
    ["a number", ":1\r\n"],
    ["a list of another kind", "*2\r\n$1\r\na\r\n:1\r\n"],
    ["the answer to another batch", "*4\r\n:1795000000000\r\n:999999\r\n:0\r\n:0\r\n"],
    ["bytes that are no protocol", "\u0000\u00ff HTTP/1.1 400 Bad Request\r\n\r\n"],
  ])("%s in place of the answer decides nothing", (_, bytes) =>
    withLine(name, async ({ proxy, admit, counted, untilBack }) => {
      proxy.set({ kind: "garbage", bytes });
      expect(await admit()).toMatchObject({ admitted: true, local: {} });
      proxy.set({ kind: "pass" });
      await untilBack();
      expect(await counted()).toBe(1);
    }),
  );

  it("half an answer decides nothing", () =>
    withLine(name, async ({ proxy, admit, counted, untilBack }) => {
      proxy.set({ kind: "half" });
      expect(await admit()).toMatchObject({ admitted: true, local: {} });
      proxy.set({ kind: "pass" });
      await untilBack();
      expect(await counted()).toBe(1);
    }));

  it("connections that break after each call make nothing count twice", () =>
    withLine(name, async ({ proxy, limits, admit, counted, untilBack }) => {
      proxy.set({ kind: "reset" });
      for (let call = 0; call < 10; call++) {
        expect((await admit()).admitted).toBe(true);
        await systemClock.sleep(30);
      }
      proxy.set({ kind: "pass" });
      await untilBack();
      await admit();
      // Ten here, each told once or counted there before the line broke; and the last.
      while (limits.partlyDown) await systemClock.sleep(20);
      expect(await counted()).toBe(11);
    }));

  it("nobody waits where there is no connection, and all of it is told once there is one", () =>
    withLine(name, async ({ proxy, limits, window, admit, counted, untilBack }) => {
      proxy.set({ kind: "refuse" });
      await admit();
      await systemClock.sleep(50);
      const call = { windows: [window], slots: [], whenDown: "local" } as const;
      // Not a promise: decided at once.
      for (let n = 0; n < 9; n++) expect(limits.admit(call, 1)).toMatchObject({ admitted: true });
      proxy.set({ kind: "pass" });
      await untilBack();
      await admit();
      const places = await counted();
      // The first may have been on its way when the connection broke: then nobody knows, and it is not told.
      expect([10, 11]).toContain(places);
    }));

  it("a server that forgot the script gets it again, and nothing counts twice", () =>
    withLine(name, async ({ admit, counted }) => {
      for (let round = 1; round <= 5; round++) {
        await direct.command("SCRIPT", "FLUSH");
        const verdicts = await Promise.all(Array.from({ length: 4 }, admit));
        expect(verdicts.every(({ local }) => local === undefined)).toBe(true);
        expect(await counted()).toBe(4 * round);
      }
    }));

  it("an answer that is there when the deadline strikes counts, however busy the process was", async () => {
    // Without the proxy, which is in this process too.
    const client = await connectClient(name, server.port);
    const limits = createRedisLimits({ client: client.client, prefix: `busy-${name}` });
    const call = { windows: [{ id: "a", limit: 5, windowMs: 600_000, cost: 1 }], slots: [] };
    await limits.admit(call, 0);
    const decided = limits.admit({ ...call, whenDown: "local" }, 0);
    // Once it has been sent, nothing is read for much longer than the deadline. One client sends a turn later than others.
    for (let turn = 0; turn < (name === "redis" ? 2 : 1); turn++)
      await new Promise((resolve) => setImmediate(resolve));
    const endMs = performance.now() + DEADLINE_MS;
    while (performance.now() < endMs);
    expect(await decided).toMatchObject({ admitted: true, windows: [{ remaining: 3 }] });
    expect((await decided).local).toBeUndefined();
    client.close();
  });
});

describe.each(CLIENTS)("R6: through %s", (name) => {
  it("a decision is one round trip, all of one turn share it, and a cached denial is none", () =>
    withLine(name, async ({ admit }) => {
      const calls = async (act: () => Promise<unknown>) => {
        const before = await statisticsOf(direct);
        await act();
        return (await statisticsOf(direct)).scripts - before.scripts;
      };
      expect(await calls(() => admit())).toBe(1);
      expect(await calls(() => Promise.all(Array.from({ length: 49 }, admit)))).toBe(1);
      expect(await calls(() => admit())).toBe(1);
      expect(
        await calls(async () => {
          for (let call = 0; call < 20; call++) expect((await admit()).admitted).toBe(false);
        }),
      ).toBeLessThanOrEqual(1);
    }));
});

describe("a failover that loses the last writes", () => {
  it("lets pass as many more as were lost, and not one besides", async () => {
    const replica = await startRedis({ args: ["--replicaof", server.host, String(server.port)] });
    const other = await connectClient("ioredis", replica.port);
    try {
      while (
        !String(await other.command("INFO", "replication")).includes("master_link_status:up")
      ) {
        await systemClock.sleep(20);
      }
      await withLine("ioredis", async ({ proxy, admit, untilBack }) => {
        for (let call = 0; call < 30; call++) await admit();
        // A replica that has this has all that came before.
        await direct.command("SET", "synced", "yes");
        await direct.command("WAIT", "1", "5000");
        await other.command("REPLICAOF", "NO", "ONE");
        for (let call = 0; call < 7; call++) await admit();
        proxy.leadTo(replica.port);
        await untilBack();
        let admitted = 0;
        for (let call = 0; call < 60; call++) if ((await admit()).admitted) admitted++;
        expect(admitted).toBe(20);
      });
    } finally {
      other.close();
      await replica.stop();
    }
  });
});
