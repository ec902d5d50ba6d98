// The guard before the key store: an address that tries unknown keys is stopped, and nobody else is.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CountedRig, createCountedRig } from "./fixtures/counting-directory.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { secretFor, secrets } from "./fixtures/people.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

let tried = 0;
/** A key that was never tried before. */
const fresh = () => secretFor(`guess ${tried++}`);

async function guess(rig: CountedRig, times: number, address = "192.0.2.1"): Promise<void> {
  for (let i = 0; i < times; i++) {
    expect(await rig.hello(fresh(), { address })).toBe("unknown_key");
  }
}

describe("an address that tries unknown keys", () => {
  it("is stopped at the 301st within a minute, told when to come back, and costs no look-up", async () => {
    const rig = await createCountedRig();
    await guess(rig, 1);
    await rig.clock.advance(20_500);
    await guess(rig, 299);
    const refused = await rig.send({ path: "/v1/hello", key: fresh() });
    expect(refused.code).toBe("rate_limited");
    expect(refused.header("Retry-After")).toBe("40");
    expect(refused.header("X-RateLimit-Limit")).toBeUndefined();
    expect(rig.row(refused)).toMatchObject({
      endedAt: "identify",
      by: "address",
      retryAfterMs: 40_000,
    });
    expect(rig.lookUps()).toBe(300);
    await rig.clock.advance(39_000);
    expect(await rig.hello(fresh())).toBe("rate_limited");
    await rig.clock.advance(1_000);
    await guess(rig, 1);
    expect(await rig.hello(fresh())).toBe("rate_limited");
  });

  it("is stopped at the 301st also when all come at once", async () => {
    const rig = await createCountedRig();
    const answers = await Promise.all(Array.from({ length: 400 }, () => rig.hello(fresh())));
    expect(answers.filter((answer) => answer === "unknown_key")).toHaveLength(300);
    expect(answers.filter((answer) => answer === "rate_limited")).toHaveLength(100);
    expect(rig.lookUps()).toBe(300);
  });

  it("K5: gets nowhere with twenty thousand guesses: none opens, and the look-ups stay bounded", async () => {
    const rig = await createCountedRig();
    const answers = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const answer = await rig.hello(fresh());
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (i % 4_000 === 3_999) await rig.clock.advance(60_000);
    }
    expect(Object.fromEntries(answers)).toEqual({ unknown_key: 1_500, rate_limited: 18_500 });
    expect(rig.lookUps()).toBe(1_500);
  });

  it("does not stop the keys that were verified before, nor another address", async () => {
    const rig = await createCountedRig();
    expect(await rig.hello(secrets.pro)).toBe("200");
    await guess(rig, 300);
    expect(await rig.hello(fresh())).toBe("rate_limited");
    expect(await rig.hello(secrets.pro)).toBe("200");
    expect(await rig.hello(fresh(), { address: "192.0.2.2" })).toBe("unknown_key");
  });

  it("does not stop a verified key either when it is looked up anew", async () => {
    const rig = await createCountedRig();
    expect(await rig.hello(secrets.pro)).toBe("200");
    await rig.clock.advance(59_000);
    await guess(rig, 300);
    await rig.clock.advance(2_000);
    expect(await rig.hello(fresh())).toBe("rate_limited");
    const before = rig.lookUps();
    expect(await rig.hello(secrets.pro)).toBe("200");
    expect(rig.lookUps()).toBe(before + 1);
    // And that look-up gave the guessing address nothing.
    expect(await rig.hello(fresh())).toBe("rate_limited");
  });

  it("is not stopped by keys that turn out to be known", async () => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 2 });
    for (const name of ["pro", "free", "test", "reader", "thrifty", "lapsed"] as const) {
      expect(await rig.hello(secrets[name])).not.toBe("rate_limited");
    }
    await guess(rig, 2);
    expect(await rig.hello(fresh())).toBe("rate_limited");
  });

  it("is not stopped for an outage of ours", async () => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 2 });
    rig.fail(true);
    for (let i = 0; i < 5; i++) expect(await rig.hello(fresh())).toBe("unavailable");
    rig.fail(false);
    await guess(rig, 2);
  });

  it("is not stopped by keys of the wrong shape, which cost nothing", async () => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 2 });
    for (let i = 0; i < 10; i++) expect(await rig.hello(`acme_live_${i}`)).toBe("malformed_key");
    await guess(rig, 2);
  });
});

describe("the address of a caller", () => {
  const from = (forwarded: string) => ({ headers: { "X-Forwarded-For": forwarded } });

  it("is the socket's, whatever a header claims, where no proxy is trusted", async () => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 2 });
    for (const claimed of ["10.0.0.1", "10.0.0.2"]) await rig.hello(fresh(), from(claimed));
    expect(await rig.hello(fresh(), from("10.0.0.3"))).toBe("rate_limited");
  });

  it.each([
    [1, "203.0.113.7"],
    [2, "203.0.113.7, 10.0.0.1"],
    [3, "203.0.113.7,10.0.0.1 , 10.0.0.2"],
  ])("is what the outermost of %i trusted proxies wrote", async (trustedHops, forwarded) => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 2, trustedHops });
    // What strangers write further left changes nothing.
    await rig.hello(fresh(), from(forwarded));
    await rig.hello(fresh(), from(`198.51.100.1, ${forwarded}`));
    expect(await rig.hello(fresh(), from(`198.51.100.2, ${forwarded}`))).toBe("rate_limited");
    const another = forwarded.replace("203.0.113.7", "203.0.113.8");
    expect(await rig.hello(fresh(), from(another))).toBe("unknown_key");
  });

  it("is the socket's where a proxy wrote nothing", async () => {
    const rig = await createCountedRig({ unknownKeysPerMinute: 2, trustedHops: 2 });
    await rig.hello(fresh());
    await rig.hello(fresh(), from("203.0.113.7"));
    expect(await rig.hello(fresh())).toBe("rate_limited");
    expect(await rig.hello(fresh(), { address: "192.0.2.9" })).toBe("unknown_key");
  });
});
