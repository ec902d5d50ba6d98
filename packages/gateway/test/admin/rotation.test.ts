// A rotation with evidence: who still uses the old secret, from where, when last and how often; then it can go.

import { describe, expect, it } from "vitest";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

const overlapMs = 7_200_000;

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("a key that was never rotated has no evidence", async () => {
    const { ask, ids } = await open(kind);
    const { body } = await ask("getRotation", { params: { accountId: "acc_a", keyId: ids.key } });
    expect(body).toEqual({
      rotatedAtMs: null,
      overlapUntilMs: null,
      isOverlapping: false,
      olderSecret: { lastUsedAtMs: null, uses: 0, usesLastHour: 0, from: [] },
    });
  });

  it("still has its evidence once the overlap is cut short, as for a secret that leaked", async () => {
    const { ask, call, clock, ids, logged, stores } = await open(kind);
    const params = { accountId: "acc_a", keyId: ids.key };
    const rotatedAtMs = clock.wallMs();
    await ask("rotateKey", { params, body: { overlapMs } });
    await logged(await call("/v1/hello", { address: "192.0.2.1" }));
    await clock.advance(60_000);
    const key = await stores.directory.key(ids.key);
    if (key === undefined) throw new Error("there is a key");
    const atMs = clock.wallMs();
    await stores.directory.putKey({ ...key, overlapUntilMs: atMs }, { by: "test", atMs });
    const { body } = await ask("getRotation", { params });
    expect(body).toMatchObject({ rotatedAtMs, isOverlapping: false, olderSecret: { uses: 1 } });
  });

  it("names each address that still comes with the old secret, until nobody does", async () => {
    const { ask, call, clock, customerKey, ids, logged } = await open(kind);
    const params = { accountId: "acc_a", keyId: ids.key };
    const startMs = clock.wallMs();
    const rotated = await ask("rotateKey", { params, body: { overlapMs } });
    expect(rotated.body.rotation).toMatchObject({ rotatedAtMs: startMs, isOverlapping: true });
    const { secret } = rotated.body;
    expect(secret).not.toBe(customerKey);

    await call("/v1/hello", { address: "192.0.2.1" });
    await clock.advance(3_600_000);
    await call("/v1/hello", { address: "192.0.2.2" });
    await clock.advance(1_000);
    await call("/v1/hello", { address: "192.0.2.1" });
    await logged(await call("/v1/hello", { key: secret, address: "192.0.2.9" }));
    const lastMs = startMs + 3_601_000;
    const { body } = await ask("getRotation", { params });
    expect(body).toEqual({
      rotatedAtMs: startMs,
      overlapUntilMs: startMs + overlapMs,
      isOverlapping: true,
      olderSecret: {
        lastUsedAtMs: lastMs,
        uses: 3,
        usesLastHour: 2,
        from: [
          { address: "192.0.2.1", uses: 2, lastUsedAtMs: lastMs },
          { address: "192.0.2.2", uses: 1, lastUsedAtMs: lastMs - 1_000 },
        ],
      },
    });
    const rows = await ask("listRequests", { query: { keyId: ids.key, isOlderSecret: true } });
    expect(rows.body.data).toHaveLength(3);

    await clock.advance(overlapMs);
    expect((await call("/v1/hello")).body.error.code).toBe("revoked_key");
    expect((await call("/v1/hello", { key: secret })).status).toBe(200);
    expect((await ask("getRotation", { params })).body.isOverlapping).toBe(false);
  });

  it("evidence is of the last rotation only, also where the key was changed after it", async () => {
    const { ask, call, clock, ids, logged } = await open(kind);
    const params = { accountId: "acc_a", keyId: ids.key };
    const first = (await ask("rotateKey", { params, body: { overlapMs } })).body.secret;
    await logged(await call("/v1/hello"));
    await clock.advance(1_000);
    const secondMs = clock.wallMs();
    await ask("rotateKey", { params, body: { overlapMs } });
    await clock.advance(1_000);
    await ask("changeKey", { params, body: { name: "renamed" } });
    const fresh = (await ask("getRotation", { params })).body;
    expect(fresh).toMatchObject({ rotatedAtMs: secondMs, olderSecret: { uses: 0 } });
    await logged(await call("/v1/hello", { key: first }));
    expect((await ask("getRotation", { params })).body.olderSecret.uses).toBe(1);
  });

  it("the older secret ends when somebody says so, and its evidence stays", async () => {
    const { ask, call, clock, ids, logged } = await open(kind);
    const params = { accountId: "acc_a", keyId: ids.key };
    const never = (await ask("endOverlap", { params })).body;
    expect(never).toMatchObject({ rotatedAtMs: null, isOverlapping: false });
    const { secret } = (await ask("rotateKey", { params, body: { overlapMs } })).body;
    await logged(await call("/v1/hello"));
    await clock.advance(1_000);
    const ended = {
      isOverlapping: false,
      overlapUntilMs: clock.wallMs(),
      olderSecret: { uses: 1 },
    };
    expect((await ask("endOverlap", { params })).body).toMatchObject(ended);
    await clock.advance(1_000);
    expect((await ask("endOverlap", { params })).body).toMatchObject(ended);
    expect((await call("/v1/hello")).body.error.code).toBe("revoked_key");
    expect((await call("/v1/hello", { key: secret })).status).toBe(200);
  });

  it("a revoked key is not rotated or changed, and stays revoked", async () => {
    const { ask, ids, call } = await open(kind);
    const params = { accountId: "acc_a", keyId: ids.key };
    expect((await ask("revokeKey", { params })).body.state).toBe("revoked");
    expect((await ask("revokeKey", { params })).body.state).toBe("revoked");
    const wrong = [
      ["rotateKey", { overlapMs: 1 }],
      ["changeKey", { name: "x" }],
      ["endOverlap", undefined],
    ] as const;
    for (const [operation, body] of wrong) {
      const heard = await ask(operation, { params, body });
      expect([heard.status, heard.body.code]).toEqual([409, "key_revoked"]);
    }
    expect((await call("/v1/hello")).body.error.code).toBe("revoked_key");
  });
});
