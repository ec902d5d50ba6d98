// Operators' commands on stores of servers that no gate serves: PostgreSQL and Redis. They take no lock, so they also work beside
// gates that do.

import { startPostgres } from "@sluice-internal/test-servers/postgres";
import { startRedis } from "@sluice-internal/test-servers/redis";
import { expect, it, onTestFinished, vi } from "vitest";
import { openShop } from "./shop.ts";

vi.setConfig({ testTimeout: 120_000 });

it("makes a customer, explains a refusal, and says which store is away", async () => {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  onTestFinished(async () => {
    await Promise.all([redis.stop(), postgres.close()]);
  });
  const { host, port, user, database } = postgres.createDatabase();
  const shop = await openShop(
    {
      stores: {
        kind: "shared",
        redisUrl: { env: "SHOP_REDIS" },
        databaseUrl: { env: "SHOP_DATABASE" },
      },
      secrets: { pepper: { env: "SHOP_PEPPER" } },
    },
    {
      SHOP_REDIS: `redis://${redis.host}:${redis.port}`,
      SHOP_DATABASE: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
      SHOP_PEPPER: "canary-of-the-pepper-with-32-characters",
    },
  );
  const account = await shop.json("accounts", "create", "--name", "Ada", "--plan", "free");
  const made = await shop.run("keys", "create", "--name", "first", "--budget", "4");
  const serving = await shop.serve();
  const { status, id } = await serving.call("/report", made.out.trim());
  expect(status).toBe(402);
  const served = await shop.run("explain", id, "--words");
  await serving.stop();
  expect(await shop.run("explain", id, "--words")).toEqual(served);
  expect(served.out).toContain("The budget of key");
  expect(await shop.json("credits")).toMatchObject({ remaining: 100, used: 0 });
  expect((await shop.json("log", "--account", account.id)).requestId).toBe(id);
  expect(await shop.run("audit")).toEqual({ code: 0, out: "clean\n", err: "" });
  await redis.kill();
  const health = await shop.run("health");
  expect(health).toMatchObject({ code: 3, err: "Not answering: limits.\n" });
  expect(health.out).toMatch(/^limits +failing /m);
  await redis.restart();
  await postgres.crash();
  expect(await shop.run("accounts")).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^The database of stores\.databaseUrl does not work: /),
  });
  await postgres.start();
  for (const hidden of ["canary-of-the-pepper", made.out.trim()]) {
    expect(shop.said.join("\n")).not.toContain(hidden);
  }
});
