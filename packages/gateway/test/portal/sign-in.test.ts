// Who gets in, with which key, and what ends a session; how often somebody may guess, and what a guess tells.

import { mintKey } from "sluice";
import { seededRandom } from "sluice/base";
import { describe, expect, it } from "vitest";
import { portalWire } from "../../src/portal/contract/index.ts";
import { acme } from "../admin/fixtures/contracts.ts";
import { kindsOfStores } from "../admin/fixtures/worlds.ts";
import { usePortals } from "./fixtures/portal-world.ts";

/** Of the right form; nobody has it. */
const guesses = seededRandom(99);
const guess = () => mintKey(acme.wire.key, "live", guesses);

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = usePortals();

  it("a key of any API signs in, and says what it is and what it may see", async () => {
    const { signIn, keys, world } = await open(kind);
    const expected = {
      whole: ["account", ["own", "account", "change"], "Acme", "live"],
      test: ["account", ["own", "account"], "Acme", "test"],
      reader: ["account", ["own", "account"], "Acme", "live"],
      workspace: ["workspace", ["own"], "Acme", "live"],
      project: ["project", ["own"], "Acme", "live"],
      beta: ["account", ["own", "account", "change"], "Beta", "live"],
    } as const;
    for (const [name, [reach, permissions, api, environment]] of Object.entries(expected)) {
      const { id, secret } = keys[name as keyof typeof expected];
      const { entered, ask } = await signIn(secret);
      expect([name, entered.status]).toEqual([name, 200]);
      const { body } = await ask("whoAmI");
      expect(body).toMatchObject({ reach, permissions, account: { id: "acc_a", plan: "pro" } });
      expect(body.key).toMatchObject({ id, api, environment, state: "active" });
    }
    const { body } = await (await signIn(keys.project.secret)).ask("whoAmI");
    expect([body.workspace.id, body.project.id]).toEqual([world.ids.workspace, world.ids.project]);
  });

  it("somebody without a subscription gets in: that is when people look", async () => {
    const { signIn, keys, world } = await open(kind);
    const body = { subscription: "inactive" };
    await world.ask("changeAccount", { params: { accountId: "acc_a" }, body });
    const { ask } = await signIn(keys.whole.secret);
    expect((await ask("getPlan")).body.subscription).toBe("inactive");
    expect((await ask("getCredits")).status).toBe(200);
  });

  it("a key that is revoked or has expired opens nothing any more, nor does what it opened", async () => {
    const { signIn, makeKey, keys, world } = await open(kind);
    const soonMs = world.clock.wallMs() + 60_000;
    const short = await makeKey("acc_a", { expiresAtMs: soonMs });
    const [revoked, expired] = [await signIn(keys.whole.secret), await signIn(short.secret)];
    expect((await revoked.ask("whoAmI")).status).toBe(200);
    expect((await expired.ask("whoAmI")).status).toBe(200);
    await world.ask("revokeKey", { params: { accountId: "acc_a", keyId: keys.whole.id } });
    await world.clock.advance(60_000);
    const told = [await revoked.ask("whoAmI"), await expired.ask("whoAmI")];
    expect(told.map(({ status, body }) => [status, body.code])).toEqual([
      [401, "revoked_key"],
      [401, "expired_key"],
    ]);
    const again = [await signIn(keys.whole.secret), await signIn(short.secret)];
    expect(again.map(({ entered: { status, body } }) => [status, body.code])).toEqual([
      [401, "revoked_key"],
      [401, "expired_key"],
    ]);
    expect(again.map(({ cookie }) => cookie)).toEqual(["", ""]);
  });

  it("a session ends with the secret that opened it: at once, or when its overlap is over", async () => {
    const { signIn, keys, world } = await open(kind);
    const { id: keyId, secret } = keys.whole;
    const before = await signIn(secret);
    const params = { accountId: "acc_a", keyId };
    const rotated = await world.ask("rotateKey", { params, body: { overlapMs: 60_000 } });
    const after = await signIn(rotated.body.secret);
    expect((await before.ask("whoAmI")).status).toBe(200);
    await world.clock.advance(60_001);
    expect([(await before.ask("whoAmI")).status, (await after.ask("whoAmI")).status]).toEqual([
      401, 200,
    ]);
    await world.ask("rotateKey", { params, body: { overlapMs: 0 } });
    expect((await after.ask("whoAmI")).status).toBe(401);
  });
});

describe("signing in", () => {
  const open = usePortals();

  it("takes no token of ours, no session's secret, and nothing that is no key", async () => {
    const { signIn, world, sessions, keys } = await open("memory");
    const { cookie } = await signIn(keys.whole.secret);
    const secret = (await sessions.secretOf(cookie.slice(cookie.indexOf("=") + 1))) ?? "";
    expect(secret).toMatch(/^sluice_session_/);
    const strangers = [world.admin.token, world.tokens.owner, "nonsense"];
    for (const stranger of strangers) {
      const { entered, cookie: none } = await signIn(stranger);
      expect([entered.status, entered.body.code, none]).toEqual([401, "malformed_key", ""]);
    }
    // The secret stays in the gateway; who has it anyway is whom the session is of.
    expect((await world.fetch("/admin/v1/whoami", bearer(secret))).body.code).toBe("malformed_key");
    expect((await world.call("/v1/hello", { key: secret })).body.error.code).toBe("malformed_key");
    const customers = await world.fetch("/admin/v1/whoami", bearer(keys.whole.secret));
    expect(customers.body.code).toBe("malformed_key");
  });

  it("never lets in the account that tokens belong to, whatever key it may have", async () => {
    const { signIn, world } = await open("memory");
    const stray = { accountId: "sluice_admin", name: "stray", by: "test" };
    const { secret } = await world.gates.acme.keys.create(stray);
    const { entered } = await signIn(secret);
    expect([entered.status, entered.body.code]).toEqual([401, "unknown_key"]);
  });

  it("tells guesses of keys no more than a call would, and only so many from one address", async () => {
    const { signIn, keys, world } = await open("memory");
    for (let tries = 0; tries < 60; tries++) {
      const { entered } = await signIn(guess());
      expect([entered.status, entered.body.code]).toEqual([401, "unknown_key"]);
    }
    const { entered } = await signIn(guess());
    expect([entered.status, entered.body.code]).toEqual([429, "rate_limited"]);
    expect(Number(entered.headers.get("retry-after"))).toBeGreaterThan(0);
    // What nobody has looked up tells nothing either: a good key hears the same now.
    expect((await signIn(keys.whole.secret)).entered.status).toBe(429);
    await world.clock.advance(60_000);
    expect((await signIn(keys.whole.secret)).entered.status).toBe(200);
  });

  it("is over after twelve hours, and when somebody leaves", async () => {
    const { signIn, keys, world } = await open("memory");
    const [stays, leaves] = [await signIn(keys.whole.secret), await signIn(keys.whole.secret)];
    const left = await leaves.leave();
    expect(left.headers.get("set-cookie")).toMatch(/^sluice_portal=; .*Max-Age=0/);
    expect([(await leaves.ask("whoAmI")).body.code, (await stays.ask("whoAmI")).status]).toEqual([
      "missing_key",
      200,
    ]);
    await world.clock.advance(12 * 60 * 60 * 1_000 - 1);
    expect((await stays.ask("whoAmI")).status).toBe(200);
    await world.clock.advance(1);
    expect((await stays.ask("whoAmI")).body.code).toBe("missing_key");
  });

  it("counts a session's calls apart from those of the same key to its API", async () => {
    const { signIn, makeKey, world } = await open("memory");
    await world.ask("createAccount", { body: { id: "acc_free", name: "Free", plan: "free" } });
    const { secret } = await makeKey("acc_free");
    const { ask } = await signIn(secret);
    for (let calls = 0; calls < 5; calls++) expect((await ask("whoAmI")).status).toBe(200);
    for (let calls = 0; calls < 3; calls++) {
      expect((await world.call("/v1/hello", { key: secret })).status).toBe(200);
    }
    expect((await world.call("/v1/hello", { key: secret })).status).toBe(429);
    expect((await ask("whoAmI")).status).toBe(200);
    for (let calls = 0; calls < 600; calls++) await ask("whoAmI");
    expect((await ask("whoAmI")).status).toBe(429);
  });

  it("asks for no refusals that are not real, whatever a test key's request says", async () => {
    const { signIn, keys, fetch } = await open("memory");
    const { cookie } = await signIn(keys.test.secret, { "sluice-simulate": "unknown_key" });
    const headers = { cookie, "sluice-simulate": "forbidden" };
    expect((await fetch("/portal/api/v1/whoami", { headers })).status).toBe(200);
  });

  it("has secrets of a form that no contract's keys may have", () => {
    expect(portalWire.key.prefixes.live).toMatch(/^sluice/);
  });
});

function bearer(secret: string): RequestInit {
  return { headers: { authorization: `Bearer ${secret}` } };
}
