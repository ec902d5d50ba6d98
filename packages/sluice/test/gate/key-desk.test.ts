// The key desk: a secret leaves it once, and revocation is for ever.

import { describe, expect, it } from "vitest";
import { environmentOf } from "../../src/contract/index.ts";
import { type Key, untilPut } from "../../src/gate/index.ts";
import { wire } from "./fixtures/acme.ts";
import { createCountedRig } from "./fixtures/counting-directory.ts";
import { disturbedStores } from "./fixtures/moments.ts";
import { CHANGE, secretFor, secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

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

/** Another process changes the key once this one has read it, the first time. */
function rigWithAnother(make: (key: Key) => Key) {
  return createRig({
    stores(plain) {
      let isTurn = true;
      const directory = {
        ...disturbedStores(plain, () => undefined).directory,
        key(id: string) {
          const read = plain.directory.key(id);
          if (isTurn && read !== undefined) plain.directory.putKey(make(read), CHANGE, read);
          isTurn = false;
          return read;
        },
      };
      return { ...plain, directory };
    },
  });
}

describe("a key that another process changes at the same time", () => {
  it("is rotated and keeps what the other has put", async () => {
    const { gate, stores } = await rigWithAnother((key) => ({ ...key, expiresAtMs: 7 }));
    const { key } = await gate.keys.rotate("key_pro", { overlapMs: OVERLAP_MS, by });
    expect(stores.directory.key("key_pro")).toEqual(key);
    expect(key.expiresAtMs).toBe(7);
  });

  it("is revoked, and opens nothing with the secret that the other has made", async () => {
    const { gate, stores } = await rigWithAnother((key) => ({ ...key, digests: ["v1:new"] }));
    await gate.keys.revoke("key_pro", by);
    const { revokedAtMs, digests } = stores.directory.key("key_pro") ?? {};
    expect(revokedAtMs).toBeDefined();
    expect(digests).toEqual(["v1:new"]);
  });

  it("is not changed by who never gets his turn, and that is said", async () => {
    const rig = await createCountedRig();
    let tries = 0;
    const never = untilPut(async () => {
      tries++;
      const stale = rig.stores.directory.key("key_pro") as Key;
      const isPut = rig.stores.directory.putKey(stale, CHANGE, { ...stale, name: "before" });
      return isPut ? "put" : undefined;
    });
    await expect(never).rejects.toThrow("try again later");
    expect(tries).toBe(20);
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
    const changes = await rig.stores.directory.changes({ accountId: "pro", limit: 2 });
    expect(changes.map((change) => [change.by, change.kind, change.id])).toEqual([
      ["bob", "key", "key_pro"],
      ["ada", "key", "key_pro"],
    ]);
  });

  it("has to exist", async () => {
    const rig = await createCountedRig();
    await expect(rig.gate.keys.revoke("key_nobody", by)).rejects.toThrow("there is no key");
  });
});
