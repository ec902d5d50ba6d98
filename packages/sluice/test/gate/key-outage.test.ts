// A key that was verified outlives an outage of the directory, for a while; one that was revoked does not.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Directory, stepsOf } from "../../src/gate/index.ts";
import { recentWindows } from "../../src/gate/recent-windows.ts";
import { acme } from "./fixtures/acme.ts";
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

describe("a directory that is down", () => {
  const hello = { path: "/v1/hello", key: secrets.pro };
  const degraded = "Sluice-Degraded";

  it("is announced on each answer to a key that it should have been asked about, and on no other", async () => {
    const rig = await createCountedRig();
    await rig.send(hello);
    rig.fail(true);
    const fresh = await rig.send(hello);
    expect([fresh.header(degraded), rig.row(fresh).degraded]).toEqual([undefined, undefined]);
    await rig.clock.advance(MINUTE_MS);
    // The first has asked in vain; the second is too soon for asking again.
    for (let call = 0; call < 2; call++) {
      const stale = await rig.send(hello);
      expect([stale.status, stale.header(degraded), rig.row(stale).degraded]).toEqual([
        ...[200, "keys", "keys"],
      ]);
      const [, identify, admit] = stepsOf(rig.row(stale));
      expect([identify?.facts, admit?.facts["degraded"]]).toEqual([
        ...[{ degraded: "keys" }, undefined],
      ]);
    }
    rig.fail(false);
    await rig.clock.advance(1_000);
    const after = await rig.send(hello);
    expect([after.header(degraded), rig.row(after).degraded]).toEqual([undefined, undefined]);
  });

  it("is told to the operator once, and once that it is back, however many ask", async () => {
    const rig = await createCountedRig();
    const kinds = () => rig.events.map(({ kind }) => kind).filter((kind) => kind !== "fault");
    const told: string[] = [];
    for (let round = 0; round < 2; round++) {
      await rig.hello(secrets.pro);
      rig.fail(true);
      await rig.clock.advance(MINUTE_MS);
      const keys = [secrets.pro, secrets.pro, secrets.free, secrets.reader];
      await Promise.all(keys.map((key) => rig.hello(key)));
      await rig.clock.advance(MINUTE_MS);
      await rig.hello(secrets.pro);
      told.push("directory_down");
      expect(kinds()).toEqual(told);
      rig.fail(false);
      await Promise.all(keys.map((key) => rig.hello(key)));
      await rig.clock.advance(1_000);
      await rig.hello(secrets.pro);
      told.push("directory_back");
      expect(kinds()).toEqual(told);
    }
  });

  it("is named beside the limits where both are down, and their places are not rebuilt from it", async () => {
    const down = new Set<string>();
    const rig = await createRig({
      stores: (plain) =>
        disturbedStores(plain, (moment) => {
          if (down.has(moment)) throw new Error("down");
        }),
    });
    await rig.send(hello);
    await rig.clock.advance(MINUTE_MS);
    down.add("findKey before").add("admit before");
    const both = await rig.send(hello);
    expect(both.header(degraded)).toBe("limits, keys");
    const [, identify, admit] = stepsOf(rig.row(both));
    expect([identify?.facts["degraded"], admit?.facts["degraded"]]).toEqual(["keys", "limits"]);
    down.delete("admit before");
    expect((await rig.send(hello)).header(degraded)).toBe("keys");
    // What the limits decided counts, whoever the key was believed from.
    const places = await recentWindows(acme, rig.stores.log, rig.clock.wallMs());
    expect(places.filter(({ id }) => id === "requests:key_pro")).toHaveLength(1);
  });

  it("keeps an answer quiet that a key alone decides: it is as true as ever", async () => {
    const rig = await createCountedRig();
    await rig.hello(secrets.revoked);
    rig.fail(true);
    await rig.clock.advance(MINUTE_MS);
    const refused = await rig.send({ ...hello, key: secrets.revoked });
    expect([refused.code, refused.header(degraded)]).toEqual(["revoked_key", undefined]);
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
