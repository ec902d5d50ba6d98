/** Rotation: a key gets a new secret while the old one lives on for an overlap; and peppers, likewise. */
import { describe, expect, it } from "vitest";
import { seededRandom, VirtualClock } from "../../src/base/index.ts";
import { createGate, type Gate, type Pepper } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { acme } from "./fixtures/acme.ts";
import { acmeUpstream } from "./fixtures/acme-upstream.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { account, CHANGE } from "./fixtures/people.ts";
import { receive } from "./fixtures/received.ts";

const HOUR_MS = 60 * 60 * 1_000;

function pepper(version: number): Pepper {
  return { version, secret: new Uint8Array(32).fill(version) };
}

async function createRotationRig(peppers: readonly Pepper[] = [pepper(1)]) {
  const stores = createMemoryStores();
  await stores.directory.putAccount(account("pro"), CHANGE);
  const clock = new VirtualClock();
  const random = seededRandom("rotation");
  const open = (versions: readonly Pepper[]) =>
    createGate(acme, {
      stores,
      upstream: acmeUpstream(),
      pepper: versions,
      clock,
      random,
    });
  return { stores, clock, open, gate: open(peppers) };
}

async function statusOf(gate: Gate, secret: string): Promise<string> {
  const call = new FakeCall({ path: "/v1/hello", key: secret });
  const { status, code } = receive(await gate.handle(call));
  return code === undefined ? String(status) : code;
}

describe("a key that is rotated", () => {
  it("opens by both secrets during the overlap, and by the new one only after it", async () => {
    const { gate, clock } = await createRotationRig();
    const first = await gate.keys.create({ accountId: "pro", name: "k", by: "test" });
    expect(await statusOf(gate, first.secret)).toBe("200");

    const second = await gate.keys.rotate(first.key.id, { overlapMs: HOUR_MS, by: "test" });
    expect(second.key.id).toBe(first.key.id);
    expect(await statusOf(gate, first.secret)).toBe("200");
    expect(await statusOf(gate, second.secret)).toBe("200");

    await clock.advance(HOUR_MS - 1);
    expect(await statusOf(gate, first.secret)).toBe("200");
    await clock.advance(1);
    expect(await statusOf(gate, first.secret)).toBe("revoked_key");
    expect(await statusOf(gate, second.secret)).toBe("200");
  });

  it("with no overlap is closed to the old secret at once", async () => {
    const { gate } = await createRotationRig();
    const first = await gate.keys.create({ accountId: "pro", name: "k", by: "test" });
    await statusOf(gate, first.secret);
    await gate.keys.rotate(first.key.id, { overlapMs: 0, by: "test" });
    expect(await statusOf(gate, first.secret)).toBe("revoked_key");
  });

  it("twice has two live secrets, never three", async () => {
    const { gate } = await createRotationRig();
    const first = await gate.keys.create({ accountId: "pro", name: "k", by: "test" });
    const second = await gate.keys.rotate(first.key.id, { overlapMs: HOUR_MS, by: "test" });
    const third = await gate.keys.rotate(first.key.id, { overlapMs: HOUR_MS, by: "test" });
    const said = await Promise.all(
      [first, second, third].map(({ secret }) => statusOf(gate, secret)),
    );
    expect(said).toEqual(["unknown_key", "200", "200"]);
  });

  it("keeps its place in the windows: rotation is no way around a limit", async () => {
    const { gate, stores } = await createRotationRig();
    const first = await gate.keys.create({ accountId: "pro", name: "k", by: "test" });
    for (let i = 0; i < 20; i++) await statusOf(gate, first.secret);
    const second = await gate.keys.rotate(first.key.id, { overlapMs: HOUR_MS, by: "test" });
    expect(await statusOf(gate, second.secret)).toBe("rate_limited");
    expect(stores.log.find({ limit: 1 })[0]?.keyId).toBe(first.key.id);
  });

  it("is refused when it was revoked, is unknown, or the overlap is none", async () => {
    const { gate } = await createRotationRig();
    const { key } = await gate.keys.create({ accountId: "pro", name: "k", by: "test" });
    await expect(gate.keys.rotate(key.id, { overlapMs: -1, by: "test" })).rejects.toThrow(
      "overlapMs",
    );
    await expect(gate.keys.rotate("key_x", { overlapMs: 0, by: "test" })).rejects.toThrow("no key");
    await gate.keys.revoke(key.id, "test");
    await expect(gate.keys.rotate(key.id, { overlapMs: 0, by: "test" })).rejects.toThrow("revoked");
  });
});

describe("a new pepper", () => {
  it("K4: comes in without a pause: old digests still open, new keys are stored under it", async () => {
    const { gate, open, stores } = await createRotationRig();
    const old = await gate.keys.create({ accountId: "pro", name: "old", by: "test" });
    const later = open([pepper(1), pepper(2)]);
    const fresh = await later.keys.create({ accountId: "pro", name: "new", by: "test" });
    expect(await statusOf(later, old.secret)).toBe("200");
    expect(await statusOf(later, fresh.secret)).toBe("200");
    expect(stores.directory.key(old.key.id)?.digests[0]).toMatch(/^v1:[0-9a-f]{64}$/);
    expect(stores.directory.key(fresh.key.id)?.digests[0]).toMatch(/^v2:[0-9a-f]{64}$/);
  });

  it("closes the keys of an old one that is gone", async () => {
    const { gate, open } = await createRotationRig();
    const old = await gate.keys.create({ accountId: "pro", name: "old", by: "test" });
    expect(await statusOf(open([pepper(2)]), old.secret)).toBe("unknown_key");
  });

  it("must be whole: too short, twice the same version, no version", async () => {
    const { open } = await createRotationRig();
    const short = { version: 1, secret: new Uint8Array(31) };
    expect(() => open([short])).toThrow("32 bytes");
    expect(() => open([pepper(1), pepper(1)])).toThrow("each once");
    expect(() => open([])).toThrow("1 to 4 versions");
    expect(() => open([{ ...pepper(1), version: 0 }])).toThrow("version 0");
  });
});
