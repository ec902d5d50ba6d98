// Who is believed: GitHub's signature over the bytes that came, by a key that GitHub publishes, and nobody else.

import { describe, expect, it } from "vitest";
import { pinnedGithubKeys, publicKeysIn } from "../../src/leaks/github-keys.ts";
import { reportBytesMax, strangersPerMinute } from "../../src/leaks/receiver.ts";
import { listOf, newSigningKey, signedHeaders } from "./fixtures/github.ts";
import { github, reportOf, useWorlds } from "./fixtures/world.ts";

const open = useWorlds();

async function withKey() {
  const world = await open("memory");
  const { key, secret } = await world.newKey();
  const isGood = async () => (await world.stores.directory.key(key.id))?.revokedAtMs === undefined;
  return { ...world, key, secret, isGood };
}

describe("a report", () => {
  it("that GitHub has signed itself is believed", async () => {
    // A sample that GitHub has given to its partners, with the key that it published then.
    const id = "90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a";
    const pem =
      "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9MJJHnMfn2+H4xL4YaPDA4RpJqUq\n" +
      "kCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4clayyef9gWhFbNHWAA==\n-----END PUBLIC KEY-----\n";
    const headers = {
      "github-public-key-identifier": id,
      "github-public-key-signature":
        "MEQCIAfgjgz6Ou/3DXMYZBervz1TKCHFsvwMcbuJhNZse622AiAG86/cku2XdcmFWNHl2WSJi2fkE8t+auvB24eURaOd2A==",
    };
    const body =
      '[{"type":"github_oauth_token","token":"cb4985f91f740272c0234202299f43808034d7f5","url":" https://github.com/github/' +
      'faketestrepo/blob/b0dd59c0b500650cacd4551ca5989a6194001b10/production.env"}]';
    const keys = publicKeysIn(listOf([{ id, pem }]));
    if (typeof keys === "string") throw new Error(keys);
    const { post } = await open("memory", { keys: pinnedGithubKeys(keys) });
    const { status, labels } = await post(body, { headers });
    expect([status, labels]).toEqual([200, ["false_positive"]]);
    expect((await post(`${body} `, { headers })).status).toBe(401);
  });

  it("of somebody else is not read", async () => {
    const { post, secret, isGood } = await withKey();
    const stranger = { ...newSigningKey("x"), id: github.id };
    const unread = () => {
      throw new Error("was read");
    };
    const body = [reportOf(secret)];
    expect((await post(body, { signedBy: stranger })).status).toBe(401);
    const unknown = await post(body, { signedBy: newSigningKey("x"), readBody: unread });
    expect(unknown.status).toBe(401);
    for (const headers of [
      { "github-public-key-signature": undefined },
      { "github-public-key-identifier": undefined },
      { "github-public-key-signature": "" },
      { "github-public-key-signature": "not base64!" },
      { "github-public-key-signature": "A".repeat(2_000) },
      { "github-public-key-identifier": "../../etc" },
      { "github-public-key-identifier": "__proto__" },
    ]) {
      expect((await post(body, { headers, readBody: unread })).status).toBe(401);
    }
    // A signature that is none, and one of other bytes.
    for (const signature of ["AAAA", signedHeaders("[]", github)["github-public-key-signature"]]) {
      const headers = { "github-public-key-signature": signature };
      expect((await post(body, { headers })).status).toBe(401);
    }
    expect(await isGood()).toBe(true);
  });

  it("of which a byte was changed on the way is not believed", async () => {
    const { post, secret, isGood } = await withKey();
    const body = JSON.stringify([reportOf(secret)]);
    const headers = signedHeaders(body, github);
    for (const other of [
      `${body}\n`,
      body.replace("content", "Content"),
      body.slice(0, -1),
      "[]",
    ]) {
      expect((await post(other, { headers })).status).toBe(401);
    }
    expect(await isGood()).toBe(true);
    expect((await post(body, { headers })).status).toBe(200);
    expect(await isGood()).toBe(false);
  });

  it("that is too large, or breaks off, is not read to its end", async () => {
    const { post } = await withKey();
    const huge = JSON.stringify([reportOf("x".repeat(reportBytesMax))]);
    expect((await post(huge)).status).toBe(413);
    const { status } = await post([], { readBody: () => ({ kind: "aborted" }) });
    expect(status).toBe(400);
  });

  it("that is no list is refused, and of a list what has no token is left out and told", async () => {
    const { post, secret, told } = await withKey();
    for (const body of ["", "x", "{}", "null", '"a"', "1", '{"token":"a"}', "[1", "\ufeff[1"]) {
      expect([body, (await post(body)).status]).toEqual([body, 400]);
    }
    expect((await post("[]")).labels).toEqual([]);
    const odd = [null, 1, [], "a", {}, { token: 1 }, { token: "" }, { token: "t".repeat(1_001) }];
    expect((await post([...odd, { token: secret }])).labels).toEqual(["true_positive"]);
    expect(told).toContain("8 of GitHub's reports of leaked keys had no token");
  });

  it("with bytes that are no UTF-8 is refused", async () => {
    const { post } = await withKey();
    const bytes = Uint8Array.of(0x5b, 0xff, 0x5d);
    const { status } = await post("", {
      headers: signedHeaders(bytes, github),
      readBody: () => ({ kind: "bytes", bytes }),
    });
    expect(status).toBe(400);
  });

  it("comes by POST only", async () => {
    const { post } = await withKey();
    const { status, headers } = await post([], { method: "GET" });
    expect([status, headers["allow"]]).toEqual([405, "POST"]);
  });
});

describe("strangers", () => {
  it("of one address are turned away after so many in a minute, and GitHub at another is not", async () => {
    const { post, clock } = await withKey();
    const stranger = { ...newSigningKey("x"), id: github.id };
    const from = async (address: string, signedBy = stranger) =>
      (await post([], { signedBy, address })).status;
    for (let i = 0; i < strangersPerMinute; i++) expect(await from("192.0.2.9")).toBe(401);
    const { status, headers } = await post([], { address: "192.0.2.9" });
    expect([status, headers["retry-after"]]).toEqual([429, "60"]);
    expect(await from("192.0.2.10", github)).toBe(200);
    await clock.advance(60_000);
    expect(await from("192.0.2.9", github)).toBe(200);
  });

  it("are told apart behind a load balancer by what it says of them", async () => {
    const { post } = await open("memory", { trustedHops: 1 });
    const from = async (address: string) =>
      (await post([], { signedBy: newSigningKey("x"), headers: { "x-forwarded-for": address } }))
        .status;
    for (let i = 0; i < strangersPerMinute; i++) await from("203.0.113.1");
    expect(await from("203.0.113.1")).toBe(429);
    expect(await from("203.0.113.2")).toBe(401);
  });
});

describe("GitHub", () => {
  it("is never too many, however much it sends", async () => {
    const { post } = await withKey();
    for (let i = 0; i < 3 * strangersPerMinute; i++) expect((await post([])).status).toBe(200);
  });

  it("hears when it should come again while the stores are down, and then what was missed is done", async () => {
    let isDown = true;
    const { post, newKey, stores, faults } = await open("memory", {
      stores: (stores) => ({
        ...stores,
        directory: new Proxy(stores.directory, {
          get(directory, name) {
            if (isDown && name === "note") return () => Promise.reject(new Error("down"));
            const member: unknown = Reflect.get(directory, name);
            return typeof member === "function" ? member.bind(directory) : member;
          },
        }),
      }),
    });
    const { key, secret } = await newKey();
    const { status, headers } = await post([reportOf(secret)]);
    expect([status, headers["retry-after"]]).toEqual([503, "30"]);
    expect(faults).toHaveLength(1);
    // What makes the key harmless came first.
    expect((await stores.directory.key(key.id))?.revokedAtMs).toBeDefined();
    isDown = false;
    expect((await post([reportOf(secret)])).labels).toEqual(["true_positive"]);
  });
});
