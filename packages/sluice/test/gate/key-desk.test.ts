// The key desk: a secret leaves it once; rotation lets two secrets open a key for a while; revocation is for ever.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seededRandom, VirtualClock } from "../../src/base/index.ts";
import { environmentOf } from "../../src/contract/index.ts";
import { createGate } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { acme, wire } from "./fixtures/acme.ts";
import { acmeUpstream } from "./fixtures/acme-upstream.ts";
import { createCountedRig } from "./fixtures/counting-directory.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { account, CHANGE, secretFor, secrets } from "./fixtures/people.ts";
import { receive } from "./fixtures/received.ts";

beforeEach(() => vi.restoreAllMocks());
afterEach(() => vi.restoreAllMocks());

const OVERLAP_MS = 3_600_000;
const by = "operator";

describe("a new key", () => {
  it("opens what its account may call, and only its digest and ends are stored", async () => {
    const rig = await createCountedRig();
    const made = await rig.gate.keys.create({ accountId: "pro", name: "ci", by });
    expect(environmentOf(wire.key, made.secret)).toBe("live");
    expect(await rig.hello(made.secret)).toBe("200");
    const stored = await rig.stores.directory.key(made.key.id);
    expect(stored).toEqual(made.key);
    expect(stored?.prefix).toBe(made.secret.slice(0, 10));
    expect(stored?.lastFour).toBe(made.secret.slice(-4));
    expect(JSON.stringify(stored)).not.toContain(made.secret.slice(10, -4));
  });

  it("can be one that its owner has already", async () => {
    const rig = await createCountedRig();
    const secret = secretFor("brought along");
    await rig.gate.keys.create({ accountId: "pro", name: "old", by, secret });
    expect(await rig.hello(secret)).toBe("200");
  });

  it("is refused where the secret is no key of this API, without repeating it", async () => {
    const rig = await createCountedRig();
    for (const secret of ["hunter2", secretFor("a test key", "test"), `${secrets.pro}x`]) {
      const wrong = rig.gate.keys.create({ accountId: "pro", name: "wrong", by, secret });
      await expect(wrong).rejects.toThrow("the secret is no key of this API");
      await expect(wrong).rejects.not.toThrow(secret);
    }
  });
});

describe("a rotated key", () => {
  it("is opened by both secrets until the overlap is over, then by the new one only", async () => {
    const rig = await createCountedRig();
    const { secret } = await rig.gate.keys.rotate("key_pro", { overlapMs: OVERLAP_MS, by });
    expect(await rig.hello(secrets.pro)).toBe("200");
    expect(await rig.hello(secret)).toBe("200");
    await rig.clock.advance(OVERLAP_MS - 1);
    expect(await rig.hello(secrets.pro)).toBe("200");
    await rig.clock.advance(1);
    expect(await rig.hello(secrets.pro)).toBe("revoked_key");
    expect(await rig.hello(secret)).toBe("200");
  });

  it("counts as one key: both secrets share its windows", async () => {
    const rig = await createCountedRig();
    const { secret } = await rig.gate.keys.rotate("key_free", { overlapMs: OVERLAP_MS, by });
    for (let i = 0; i < 3; i++) expect(await rig.hello(secrets.free)).toBe("200");
    for (let i = 0; i < 2; i++) expect(await rig.hello(secret)).toBe("200");
    expect(await rig.hello(secret)).toBe("rate_limited");
    expect(await rig.hello(secrets.free)).toBe("rate_limited");
  });

  it("loses the secret that was on its way out already", async () => {
    const rig = await createCountedRig();
    await rig.gate.keys.rotate("key_pro", { overlapMs: OVERLAP_MS, by });
    const second = await rig.gate.keys.rotate("key_pro", { overlapMs: OVERLAP_MS, by });
    expect(["unknown_key", "revoked_key"]).toContain(await rig.hello(secrets.pro));
    expect(await rig.hello(second.secret)).toBe("200");
  });

  it("is revoked with both of its secrets", async () => {
    const rig = await createCountedRig();
    const { secret } = await rig.gate.keys.rotate("key_pro", { overlapMs: OVERLAP_MS, by });
    await rig.gate.keys.revoke("key_pro", by);
    expect(await rig.hello(secrets.pro)).toBe("revoked_key");
    expect(await rig.hello(secret)).toBe("revoked_key");
  });
});

describe("a revoked key", () => {
  it("stays revoked when it is rotated at the same time, whichever comes first", async () => {
    for (const first of ["revoke", "rotate"]) {
      const rig = await createCountedRig();
      const rotate = () => rig.gate.keys.rotate("key_pro", { overlapMs: OVERLAP_MS, by });
      const revoke = () => rig.gate.keys.revoke("key_pro", by);
      const changes = first === "revoke" ? [revoke(), rotate()] : [rotate(), revoke()];
      const [one, other] = await Promise.allSettled(changes);
      expect(first === "revoke" ? one?.status : other?.status).toBe("fulfilled");
      expect((await rig.stores.directory.key("key_pro"))?.revokedAtMs).toBeDefined();
      expect(await rig.hello(secrets.pro)).toBe("revoked_key");
    }
  });

  it("keeps the moment of its first revocation, and the log says who did it", async () => {
    const rig = await createCountedRig();
    const first = await rig.gate.keys.revoke("key_pro", "ada");
    await rig.clock.advance(5_000);
    const second = await rig.gate.keys.revoke("key_pro", "bob");
    expect(second.revokedAtMs).toBe(first.revokedAtMs);
    const changes = (await rig.stores.directory.changes("pro")).slice(-2);
    expect(changes.map((change) => [change.by, change.kind, change.id])).toEqual([
      ["ada", "key", "key_pro"],
      ["bob", "key", "key_pro"],
    ]);
  });

  it("has to exist", async () => {
    const rig = await createCountedRig();
    await expect(rig.gate.keys.revoke("key_nobody", by)).rejects.toThrow("there is no key");
  });
});

describe("a new pepper", () => {
  const old = { version: 1, secret: new Uint8Array(32).fill(1) };
  const next = { version: 2, secret: new Uint8Array(32).fill(2) };
  const random = seededRandom("peppers");

  async function withPepper(pepper: Parameters<typeof createGate>[1]["pepper"], stores = plain()) {
    const upstream = acmeUpstream();
    const clock = new VirtualClock();
    const gate = createGate(acme, { stores: await stores, upstream, pepper, clock, random });
    const hello = async (key: string) =>
      receive(await gate.handle(new FakeCall({ path: "/v1/hello", key }))).code ?? "ok";
    return { gate, stores, hello };
  }

  async function plain() {
    const stores = createMemoryStores();
    await stores.directory.putAccount(account("pro"), CHANGE);
    return stores;
  }

  it("opens the keys of the old one as long as that is still given", async () => {
    const before = await withPepper([old]);
    const { secret } = await before.gate.keys.create({ accountId: "pro", name: "a", by });
    const both = await withPepper([old, next], before.stores);
    expect(await both.hello(secret)).toBe("ok");
    const newer = await both.gate.keys.create({ accountId: "pro", name: "b", by });
    const after = await withPepper([next], before.stores);
    expect(await after.hello(newer.secret)).toBe("ok");
    expect(await after.hello(secret)).toBe("unknown_key");
  });
});
