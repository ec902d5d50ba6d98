// A key that was verified outlives an outage of the directory, for a while; one that was revoked does not.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Directory } from "../../src/gate/index.ts";
import { createCountedRig } from "./fixtures/counting-directory.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { disturbedStores } from "./fixtures/moments.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const MINUTE_MS = 60_000;

describe("while the directory is down, a key that was verified", () => {
  it("is believed for five minutes from then, and not an instant longer", async () => {
    const rig = await createCountedRig();
    expect(await rig.hello(secrets.pro)).toBe("200");
    rig.fail(true);
    await rig.clock.advance(5 * MINUTE_MS - 1);
    expect(await rig.hello(secrets.pro)).toBe("200");
    await rig.clock.advance(1);
    expect(await rig.hello(secrets.pro)).toBe("unavailable");
    rig.fail(false);
    expect(await rig.hello(secrets.pro)).toBe("200");
  });

  it("is asked for once a second at most", async () => {
    const rig = await createCountedRig();
    await rig.hello(secrets.pro);
    rig.fail(true);
    await rig.clock.advance(MINUTE_MS);
    const before = rig.lookUps();
    for (let call = 0; call < 16; call++) {
      expect(await rig.hello(secrets.pro)).toBe("200");
      await rig.clock.advance(250);
    }
    expect(rig.lookUps() - before).toBe(4);
  });

  it("counts from the last time that the directory answered", async () => {
    const rig = await createCountedRig();
    await rig.hello(secrets.pro);
    await rig.clock.advance(MINUTE_MS);
    await rig.hello(secrets.pro);
    rig.fail(true);
    await rig.clock.advance(4 * MINUTE_MS + 59_999);
    expect(await rig.hello(secrets.pro)).toBe("200");
  });

  it("is refused once it was revoked, and its account's keys with it are asked for", async () => {
    const rig = await createCountedRig();
    await rig.hello(secrets.pro);
    await rig.gate.keys.revoke("key_pro", "operator");
    rig.fail(true);
    expect(await rig.hello(secrets.pro)).toBe("unavailable");
    rig.fail(false);
    expect(await rig.hello(secrets.pro)).toBe("revoked_key");
    rig.fail(true);
    await rig.clock.advance(5 * MINUTE_MS - 1);
    expect(await rig.hello(secrets.pro)).toBe("revoked_key");
  });

  it("is refused when it is revoked while it is being asked for", async () => {
    let isDown = false;
    let onLookUp = () => Promise.resolve();
    const rig = await createRig({
      stores: (plain) =>
        disturbedStores(plain, async (moment) => {
          if (moment !== "findKey before" || !isDown) return;
          await onLookUp();
          throw new Error("the directory is down");
        }),
    });
    const hello = { path: "/v1/hello", key: secrets.pro };
    await rig.send(hello);
    await rig.clock.advance(MINUTE_MS);
    isDown = true;
    onLookUp = async () => void (await rig.gate.keys.revoke("key_pro", "operator"));
    expect((await rig.send(hello)).code).toBe("unavailable");
  });

  it("expires when its time is over all the same", async () => {
    const rig = await createCountedRig();
    const { key, secret } = await rig.gate.keys.create({
      accountId: "pro",
      name: "short",
      by: "operator",
      expiresAtMs: rig.clock.wallMs() + 2 * MINUTE_MS,
    });
    expect(key.expiresAtMs).toBeDefined();
    expect(await rig.hello(secret)).toBe("200");
    rig.fail(true);
    await rig.clock.advance(2 * MINUTE_MS);
    expect(await rig.hello(secret)).toBe("expired_key");
  });
});

describe("a directory that may have missed changes", () => {
  /** A rig, and what its directory's watchers are to be told. */
  async function watched() {
    const told: (() => void)[] = [];
    let lookUps = 0;
    let isDown = false;
    const rig = await createRig({
      stores: (plain) => {
        const stores = disturbedStores(plain, (moment) => {
          if (moment !== "findKey before") return;
          lookUps++;
          if (isDown) throw new Error("the directory is down");
        });
        const watch: Directory["watch"] = (listener, onAnything) => {
          if (onAnything !== undefined) told.push(onAnything);
          return plain.directory.watch(listener);
        };
        return { ...stores, directory: { ...stores.directory, watch } };
      },
    });
    return {
      rig,
      hello: async () => (await rig.send({ path: "/v1/hello", key: secrets.pro })).status,
      lookUps: () => lookUps,
      doubt: () => {
        for (const tell of told) tell();
      },
      fail: () => {
        isDown = true;
      },
    };
  }

  it("has every key asked for anew", async () => {
    const { hello, lookUps, doubt } = await watched();
    await hello();
    expect(await hello()).toBe(200);
    expect(lookUps()).toBe(1);
    doubt();
    expect(await hello()).toBe(200);
    expect(lookUps()).toBe(2);
  });

  it("locks nobody out by it, should it be down again", async () => {
    const { hello, doubt, fail, rig } = await watched();
    await hello();
    doubt();
    fail();
    expect(await hello()).toBe(200);
    await rig.clock.advance(5 * MINUTE_MS);
    expect(await hello()).toBe(503);
  });
});
