// Keys alone: whoever has only them checked gets the refusals of the gate's second step, and nothing else of it.

import { describe, expect, it } from "vitest";
import { seededRandom, VirtualClock } from "../../src/base/index.ts";
import { createKeyCheck } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { acme } from "./fixtures/acme.ts";
import { PEPPER, secretFor, secrets, settle } from "./fixtures/people.ts";

async function checkOf() {
  const { directory } = createMemoryStores();
  await settle(directory);
  const clock = new VirtualClock();
  const random = seededRandom("check");
  return { directory, check: createKeyCheck(acme, { directory, pepper: PEPPER, clock, random }) };
}

describe("a check of keys alone", () => {
  it("says who calls", async () => {
    const { check } = await checkOf();
    expect(await check.verify(secrets.pro, "a")).toMatchObject({ accountId: "pro", plan: "pro" });
  });

  it("says why not", async () => {
    const { check } = await checkOf();
    const conditions = [];
    for (const secret of [undefined, "nonsense", secretFor("nobody"), secrets.revoked]) {
      conditions.push(await check.verify(secret, "a"));
    }
    conditions.push(await check.verify(secrets.expired, "a"));
    expect(conditions).toMatchObject([
      { condition: "missing_key" },
      { condition: "malformed_key" },
      { condition: "unknown_key" },
      { condition: "revoked_key" },
      { condition: "expired_key" },
    ]);
  });

  it("holds back an address that guesses, and nobody else", async () => {
    const { check } = await checkOf();
    for (let i = 0; i < 300; i++) await check.verify(secretFor(`guess ${i}`), "a");
    expect(await check.verify(secretFor("one more"), "a")).toMatchObject({
      condition: "rate_limited",
      retryAfterMs: expect.any(Number),
    });
    expect(await check.verify(secrets.pro, "b")).toMatchObject({ accountId: "pro" });
  });

  it("hears of a revocation at once, and asks to come back where nobody can be asked", async () => {
    const { check, directory } = await checkOf();
    const { secret, key } = await check.keys.create({ accountId: "pro", name: "new", by: "test" });
    expect(await check.verify(secret, "a")).toMatchObject({ accountId: "pro" });
    await check.keys.revoke(key.id, "test");
    expect(await check.verify(secret, "a")).toMatchObject({ condition: "revoked_key" });
    const down = createKeyCheck(acme, {
      directory: Object.assign(Object.create(directory) as typeof directory, {
        findKey: () => Promise.reject(new Error("down")),
        watch: () => () => undefined,
      }),
      pepper: PEPPER,
      onEvent: () => undefined,
    });
    expect(await down.verify(secrets.pro, "a")).toMatchObject({ condition: "unavailable" });
  });
});
