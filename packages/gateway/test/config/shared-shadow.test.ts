// A shadow over stores that gateways share: what the second contract counts is counted together, in a Redis that real calls use
// beside it, and apart from what they count.

import { startPostgres } from "@sluice-internal/test-servers/postgres";
import { startRedis } from "@sluice-internal/test-servers/redis";
import { systemClock } from "sluice/base";
import { expect, it, onTestFinished, vi } from "vitest";
import { openGateway } from "../../src/index.ts";
import { apiAt, bureau, settingsFor, startPlain } from "../fixtures/bureau.ts";

// Servers start, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 120_000 });

it("two gateways refuse together what neither would alone, and no call hears of it", async () => {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  onTestFinished(async () => {
    await Promise.all([redis.stop(), postgres.close()]);
  });
  const { host, port, user, database } = postgres.createDatabase();
  const { url } = await startPlain();
  const shadow = bureau({ limit: 4 });
  const settings = settingsFor([{ ...apiAt(url), shadow }], {
    stores: {
      kind: "shared",
      redisUrl: `redis://${redis.host}:${redis.port}`,
      databaseUrl: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
      pepper: { secret: new TextEncoder().encode("a pepper of thirty-two characters") },
    },
  });
  const gateways = [await openGateway(settings), await openGateway(settings)];
  onTestFinished(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()));
  });
  const urls = [];
  for (const gateway of gateways) urls.push((await gateway.listen()).url);
  const account = { id: "a", name: "a", plan: "free", subscription: "active" } as const;
  await gateways[0]?.stores.directory.putAccount(account, { by: "test", atMs: 0 });
  const made = await gateways[0]?.gates[0]?.keys.create({ accountId: "a", name: "k", by: "test" });
  const headers = { "X-API-Key": made?.secret ?? "" };
  for (let sent = 0; sent < 3; sent++) {
    for (const at of urls) expect((await fetch(`${at}/read`, { headers })).status).toBe(200);
  }
  const counts = () => gateways.flatMap((one) => one.gates[0]?.shadow?.counts() ?? []);
  const judged = () => counts().reduce((sum, one) => sum + one.judged, 0);
  while (judged() < 6) await systemClock.sleep(1);
  const differences = counts().flatMap(({ byAccount }) => byAccount);
  expect(differences.every(({ kind }) => kind === "newly_refused")).toBe(true);
  // Six calls where the second contract allows four; what the first one counts takes no place of it.
  expect(differences.reduce((sum, { calls }) => sum + calls, 0)).toBe(2);
});
