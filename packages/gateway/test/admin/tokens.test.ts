// Tokens and customers' keys are never taken for each other; the local token lives as long as its process; guessing is slow.

import { defineApi, defineWire, mintKey, standard } from "sluice";
import { seededRandom, systemClock, systemRandom, VirtualClock } from "sluice/base";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it } from "vitest";
import { type AdminOptions, createAdmin } from "../../src/admin/admin.ts";
import { adminWire } from "../../src/admin/contract/index.ts";
import { newLocalSecret } from "../../src/admin/desk/local-token.ts";
import { beta } from "./fixtures/contracts.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("no token opens a customer's API, and no customer's key this one", async () => {
    const { admin, ask, call, customerKey, tokens } = await open(kind);
    for (const token of [admin.token, ...Object.values(tokens)]) {
      const { status, body } = await call("/v1/hello", { key: token });
      expect([status, body.error.code]).toEqual([401, "malformed_key"]);
    }
    const { status, body } = await ask("whoAmI", {}, customerKey);
    expect([status, body.code]).toEqual([401, "malformed_key"]);
  });

  it("a customer's key of a token's form is no token", async () => {
    const { admin, ask, clock } = await open(kind);
    const by = { accountId: "acc_a", name: "smuggled", by: "test" };
    const { secret } = await admin.gate.keys.create(by);
    expect(secret).toMatch(/^sluice_token_/);
    const { status, body } = await ask("whoAmI", {}, secret);
    expect([status, body.code]).toEqual([401, "unknown_key"]);
    expect(clock.wallMs()).toBeGreaterThan(0);
  });

  it("says who asks, and which token is the process's own", async () => {
    const { ask, tokens } = await open(kind);
    expect((await ask("whoAmI")).body).toMatchObject({
      isLocal: true,
      token: { id: "key_local", name: "local", role: "owner" },
    });
    expect((await ask("whoAmI", {}, tokens.support)).body).toMatchObject({
      isLocal: false,
      token: { name: "support", role: "support", permissions: ["read"], state: "active" },
    });
  });

  it("a token that was revoked opens nothing from the next call on, and stays revoked", async () => {
    const { ask, tokens } = await open(kind);
    const { id } = (await ask("whoAmI", {}, tokens.owner)).body.token;
    expect((await ask("revokeToken", { params: { tokenId: id } }, tokens.owner)).body.state).toBe(
      "revoked",
    );
    const { status, body } = await ask("whoAmI", {}, tokens.owner);
    expect([status, body.code]).toEqual([401, "revoked_key"]);
    expect((await ask("revokeToken", { params: { tokenId: id } })).body.state).toBe("revoked");
    const { data } = (await ask("listTokens")).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual([
      "support",
      "operator",
      "owner",
      "spare",
    ]);
  });

  it("each token has 600 requests a minute, and the next one waits", async () => {
    const { ask, clock, tokens } = await open(kind);
    if (kind !== "memory") return;
    for (let i = 0; i < 600; i++) await ask("whoAmI", {}, tokens.support);
    const { status, headers } = await ask("whoAmI", {}, tokens.support);
    expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
    expect((await ask("whoAmI", {}, tokens.owner)).status).toBe(200);
    await clock.advance(60_000);
    expect((await ask("whoAmI", {}, tokens.support)).status).toBe(200);
  });
});

describe("a local token", () => {
  const pepper = new Uint8Array(32).fill(1);
  const stores = createMemoryStores();
  const options: AdminOptions = { stores, apis: [beta], pepper };
  const whoAmI = async (
    { answer }: Pick<ReturnType<typeof createAdmin>, "answer">,
    token: string,
  ) => {
    return (await answer(new FakeCall("/admin/v1/whoami", token))).status;
  };

  it("opens its own process's API and no other, and is nowhere kept", async () => {
    const [first, second] = [createAdmin(options), createAdmin(options)];
    expect(first.token).not.toBe(second.token);
    expect(await whoAmI(first, first.token)).toBe(200);
    expect(await whoAmI(second, first.token)).toBe(401);
    expect(await stores.directory.keysOf("sluice_admin", { limit: 10 })).toEqual([]);
    expect(await stores.directory.changes({ limit: 10 })).toEqual([]);
  });

  it("goes on in the one that takes the place of another", async () => {
    const token = newLocalSecret(systemClock, systemRandom);
    expect(await whoAmI(createAdmin({ ...options, token }), token.secret)).toBe(200);
    expect(await whoAmI(createAdmin({ ...options, token }), token.secret)).toBe(200);
  });

  it("opens nothing after the end: whoever asks hears that it is not there for now", async () => {
    const admin = createAdmin(options);
    await admin.close();
    expect(await whoAmI(admin, admin.token)).toBe(503);
  });
});

describe("guessing", () => {
  it("is over after 60 tokens of the right form from one address, and bothers nobody who has one", async () => {
    const clock = new VirtualClock();
    const random = seededRandom(3);
    const admin = createAdmin({
      stores: createMemoryStores(),
      apis: [beta],
      pepper: new Uint8Array(32).fill(1),
      clock,
    });
    const ask = async (token: string) =>
      (await admin.answer(new FakeCall("/admin/v1/whoami", token))).status;
    expect(await ask(admin.token)).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push(await ask(mintKey(adminWire.key, "live", random)));
    expect(statuses).toEqual([...Array<number>(60).fill(401), 429]);
    expect(await ask(admin.token)).toBe(200);
  });
});

describe("an API beside", () => {
  const own = (prefix: string, title = "Own") =>
    defineApi(
      defineWire({
        ...standard.wire,
        about: { title },
        basePath: "/v1",
        key: {
          prefixes: { live: prefix },
          alphabet: "base62",
          length: 32,
          places: [{ bearer: true }],
        },
        plans: ["pro"],
        windows: {},
        headers: { rateLimit: "none" },
        operations: { ping: { method: "GET", path: "/ping", summary: "Answers." } },
      }),
      { plans: { pro: { title: "Pro" } }, operations: { ping: {} } },
      standard.pages,
    );
  const open = (...apis: ReturnType<typeof own>[]) =>
    createAdmin({
      stores: createMemoryStores(),
      apis,
      pepper: new Uint8Array(32).fill(1),
    });

  it.each(["sluice", "sluice_", "sluice_live_", "sluice_token_", "sl"])(
    "whose keys begin with %s is a mistake that is told at the start",
    (prefix) => {
      expect(() => open(own(prefix))).toThrow(`keys of Own begin with "${prefix}"`);
    },
  );

  it("has a title of its own", () => {
    expect(() => open(own("own_"), own("other_"))).toThrow('two contracts have the title "Own"');
    expect(() => open(own("own_", "Sluice Admin"))).toThrow("the admin API's own title");
    expect(() => open(own("slow_"))).not.toThrow();
  });
});
