// Keys: checked offline first, looked up once, believed for a minute, and out at once when they are revoked.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCountedRig } from "./fixtures/counting-directory.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { disturbedStores } from "./fixtures/moments.ts";
import { account, CHANGE, digestOf, key, secretFor, secrets } from "./fixtures/people.ts";
import { createRig, type Rig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const stranger = (n: number) => secretFor(`stranger ${n}`);

/** A rig in whose directory something changes during each of a key's first look-ups, and in the last, this. */
async function createRestlessRig(lastChange: (rig: Rig) => Promise<unknown>) {
  let lookUps = 0;
  const rig: Rig = await createRig({
    stores: (plain) =>
      disturbedStores(plain, async (moment) => {
        if (moment !== "findKey after") return;
        lookUps++;
        if (lookUps < 3)
          await plain.directory.putAccount(account("free", { plan: "free" }), CHANGE);
        if (lookUps === 3) await lastChange(rig);
      }),
  });
  const hello = async (key: string) => {
    const { code, status } = await rig.send({ path: "/v1/hello", key });
    return code ?? String(status);
  };
  return { rig, hello, lookUps: () => lookUps };
}

describe("a directory that changes during every look-up", () => {
  it("is asked three times, and nothing that it said is kept", async () => {
    const { hello, lookUps } = await createRestlessRig((rig) =>
      rig.gate.keys.revoke("key_pro", "operator"),
    );
    await hello(secrets.pro);
    expect(lookUps()).toBe(3);
    expect(await hello(secrets.pro)).toBe("revoked_key");
    expect(lookUps()).toBe(4);
  });

  it("lets nobody who comes after a revocation share what was read before it", async () => {
    let later: Promise<string> | undefined;
    const { hello } = await createRestlessRig(async (rig) => {
      await rig.gate.keys.revoke("key_pro", "operator");
      later = hello(secrets.pro);
    });
    await hello(secrets.pro);
    expect(await later).toBe("revoked_key");
  });

  it("does not make a new key unknown", async () => {
    const { hello } = await createRestlessRig((rig) =>
      Promise.resolve(
        rig.stores.directory.putKey(key("new", stranger(1), { accountId: "pro" }), CHANGE),
      ),
    );
    await hello(stranger(1));
    expect(await hello(stranger(1))).toBe("200");
  });
});

describe("a known key", () => {
  it("is looked up once a minute, however often it is used", async () => {
    const rig = await createCountedRig();
    for (let second = 0; second < 60; second += 10) {
      expect(await rig.hello(secrets.pro)).toBe("200");
      await rig.clock.advance(10_000);
    }
    expect(rig.lookUps()).toBe(1);
    expect(await rig.hello(secrets.pro)).toBe("200");
    expect(rig.lookUps()).toBe(2);
  });

  it("that a hundred callers use for the first time at once is looked up once", async () => {
    const rig = await createCountedRig();
    const answers = await Promise.all(Array.from({ length: 100 }, () => rig.hello(secrets.pro)));
    expect(rig.lookUps()).toBe(1);
    expect(answers.filter((answer) => answer === "200")).toHaveLength(20);
    expect(answers.filter((answer) => answer === "rate_limited")).toHaveLength(80);
  });

  it("leaves the cache, oldest first, when there are too many", async () => {
    const rig = await createCountedRig({ keyCacheMax: 2 });
    for (const name of ["pro", "free", "test"] as const) await rig.hello(secrets[name]);
    expect(rig.lookUps()).toBe(3);
    await rig.hello(secrets.test);
    await rig.hello(secrets.free);
    expect(rig.lookUps()).toBe(3);
    await rig.hello(secrets.pro);
    expect(rig.lookUps()).toBe(4);
  });

  it("is refused from the millisecond on at which it expires", async () => {
    const rig = await createCountedRig();
    const expiresAtMs = rig.clock.wallMs() + 10_000;
    const short = key("short", stranger(0), { accountId: "pro", expiresAtMs });
    await rig.stores.directory.putKey(short, CHANGE);
    expect(await rig.hello(stranger(0))).toBe("200");
    await rig.clock.advance(9_999);
    expect(await rig.hello(stranger(0))).toBe("200");
    await rig.clock.advance(1);
    expect(await rig.hello(stranger(0))).toBe("expired_key");
    expect(rig.lookUps()).toBe(1);
  });

  it("K1: is refused from its revocation on, also while it is in the cache", async () => {
    const rig = await createCountedRig();
    expect(await rig.hello(secrets.pro)).toBe("200");
    await rig.gate.keys.revoke("key_pro", "operator");
    expect(await rig.hello(secrets.pro)).toBe("revoked_key");
    // It is known to be revoked, which costs no more look-ups than a good one.
    for (let i = 0; i < 10; i++) await rig.hello(secrets.pro);
    expect(rig.lookUps()).toBe(2);
  });

  it("is refused when its revocation lands during its look-up", async () => {
    const rig = await createCountedRig();
    const answer = rig.stall();
    const waiting = rig.hello(secrets.pro);
    await rig.clock.advance(0);
    expect(rig.lookUps()).toBe(1);
    await rig.gate.keys.revoke("key_pro", "operator");
    const later = rig.hello(secrets.pro);
    await rig.clock.advance(0);
    answer();
    expect(await later).toBe("revoked_key");
    expect(await waiting).toBe("revoked_key");
    expect(await rig.hello(secrets.pro)).toBe("revoked_key");
  });

  it("follows every other change to its account at once, too", async () => {
    const rig = await createCountedRig();
    const report = () => rig.send({ path: "/v1/reports", key: secrets.pro });
    expect((await report()).status).toBe(200);
    await rig.stores.directory.putAccount(account("pro", { plan: "free" }), CHANGE);
    expect((await report()).code).toBe("plan_required");
    const lapsed = account("pro", { subscription: "inactive" });
    await rig.stores.directory.putAccount(lapsed, CHANGE);
    expect((await report()).code).toBe("subscription_inactive");
  });

  it("stops following once the gate is closed", async () => {
    const rig = await createCountedRig();
    expect(await rig.hello(secrets.pro)).toBe("200");
    rig.gate.close();
    await rig.stores.directory.putAccount(account("pro", { plan: "free" }), CHANGE);
    await rig.hello(secrets.pro);
    expect(rig.lookUps()).toBe(1);
  });
});

describe("an unknown key", () => {
  it("costs one look-up, then none for five seconds", async () => {
    const rig = await createCountedRig();
    for (let i = 0; i < 20; i++) expect(await rig.hello(stranger(1))).toBe("unknown_key");
    await rig.clock.advance(4_999);
    expect(await rig.hello(stranger(1))).toBe("unknown_key");
    expect(rig.lookUps()).toBe(1);
    await rig.clock.advance(1);
    expect(await rig.hello(stranger(1))).toBe("unknown_key");
    expect(rig.lookUps()).toBe(2);
  });

  it("that a hundred callers try at once costs one look-up", async () => {
    const rig = await createCountedRig();
    const answers = await Promise.all(Array.from({ length: 100 }, () => rig.hello(stranger(1))));
    expect(new Set(answers)).toEqual(new Set(["unknown_key"]));
    expect(rig.lookUps()).toBe(1);
  });

  it("opens at once when it is made after it was tried", async () => {
    const rig = await createCountedRig();
    expect(await rig.hello(stranger(1))).toBe("unknown_key");
    await rig.stores.directory.putKey(key("new", stranger(1), { accountId: "pro" }), CHANGE);
    expect(await rig.hello(stranger(1))).toBe("200");
  });

  it("is not remembered when it was made during its look-up", async () => {
    const rig = await createCountedRig();
    const answer = rig.stall();
    const waiting = rig.hello(stranger(1));
    await rig.clock.advance(0);
    await rig.stores.directory.putKey(key("new", stranger(1), { accountId: "pro" }), CHANGE);
    answer();
    await waiting;
    expect(await rig.hello(stranger(1))).toBe("200");
  });

  it("is forgotten, oldest first, when there are too many", async () => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 20_000 });
    for (let i = 0; i < 10_001; i++) await rig.hello(stranger(i));
    expect(rig.lookUps()).toBe(10_001);
    await rig.hello(stranger(10_000));
    await rig.hello(stranger(1));
    expect(rig.lookUps()).toBe(10_001);
    await rig.hello(stranger(0));
    expect(rig.lookUps()).toBe(10_002);
  });
});

describe("K3: a key of the wrong shape", () => {
  const good = stranger(1);
  const last = good.at(-1) === "a" ? "b" : "a";

  it.each([
    ["of another API", `other_live_${"a".repeat(32)}`],
    ["of no environment", good.replace("live", "prod")],
    ["one character short", good.slice(0, -1)],
    ["one character long", `${good}a`],
    ["with a wrong checksum", good.slice(0, -1) + last],
    ["with a character of no alphabet", `${good.slice(0, -7)}-${good.slice(-6)}`],
    ["in capitals", good.toUpperCase()],
    ["sent twice", `${good}, ${good}`],
    ["of four thousand characters", "a".repeat(4_000)],
    ["that is the prefix alone", "acme_live_"],
  ])("%s costs no look-up", async (_, wrong) => {
    const rig = await createCountedRig();
    expect(await rig.hello(wrong)).toBe("malformed_key");
    expect(rig.lookUps()).toBe(0);
  });

  it("costs none in the other place either, and another scheme counts as a key", async () => {
    const rig = await createRig();
    for (const value of ["Bearer nonsense", `Basic ${btoa("user:password")}`, "Bearer"]) {
      const refused = await rig.send({ path: "/v1/hello", headers: { Authorization: value } });
      expect(refused.code).toBe("malformed_key");
    }
  });
});

describe("the places of a key", () => {
  it.each([
    ["the header alone", { "X-API-Key": secrets.pro }, "200"],
    ["the bearer alone", { Authorization: `Bearer ${secrets.pro}` }, "200"],
    ["the scheme in any case", { Authorization: `bEARER ${secrets.pro}` }, "200"],
    ["the first place wins", { "X-API-Key": secrets.pro, Authorization: "Bearer no" }, "200"],
    [
      "the first place wins, also when it is wrong",
      { "X-API-Key": "no", Authorization: `Bearer ${secrets.pro}` },
      "malformed_key",
    ],
    [
      "an empty place holds nothing",
      { "X-API-Key": "", Authorization: `Bearer ${secrets.pro}` },
      "200",
    ],
    ["all empty", { "X-API-Key": "", Authorization: "" }, "missing_key"],
  ])("%s", async (_, headers, expected) => {
    const rig = await createRig();
    const { code, status } = await rig.send({ path: "/v1/hello", headers });
    expect(code ?? String(status)).toBe(expected);
  });
});

describe("what is stored of a key", () => {
  it("is an HMAC: the same key has another digest under another pepper", () => {
    expect(digestOf(secrets.pro)).toMatch(/^v1:[0-9a-f]{64}$/);
    expect(digestOf(secrets.pro)).not.toBe(digestOf(secrets.free));
  });
});
