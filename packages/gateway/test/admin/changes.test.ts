// Every change is written down, with what was there before and after and who did it; and none is lost to another.

import { type Account, type Key, untilPut } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { adminWire } from "../../src/admin/contract/index.ts";
import type { Operation } from "./fixtures/input.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

/** What each operation that changes something writes down; null where it changes nothing that is kept. */
const written: Readonly<Partial<Record<Operation, readonly [kind: string, part: object] | null>>> =
  {
    createAccount: ["account", { name: "New", plan: "free" }],
    changeAccount: ["account", { name: "Renamed" }],
    setWarnings: ["account", { warnings: { url: "https://hooks.test/x", percents: [50, 90] } }],
    rotateWarningSecret: ["account", { warnings: { url: "https://hooks.test/x" } }],
    createWorkspace: ["workspace", { name: "Second", budget: 0 }],
    changeWorkspace: ["workspace", { name: "Other" }],
    createProject: ["project", { name: "Second", budget: 5 }],
    changeProject: ["project", { budget: 77 }],
    createKey: ["key", { name: "Second", environment: "test", permissions: ["read"] }],
    changeKey: ["key", { name: "Other", budget: 3 }],
    rotateKey: ["key", { name: "Other" }],
    grantCredits: ["grant", { amount: 5, reason: "goodwill" }],
    createIncident: ["incident", { title: "Down" }],
    changeIncident: ["incident", { impact: "none" }],
    createSignIn: null,
    sendWarning: null,
    removeWarnings: ["account", {}],
    endIncident: ["incident", {}],
    endOverlap: ["key", { overlapUntilMs: expect.any(Number) }],
    revokeKey: ["key", { revokedAtMs: expect.any(Number) }],
    createToken: ["key", { name: "Second", accountId: "sluice_admin" }],
    revokeToken: ["key", { revokedAtMs: expect.any(Number) }],
  };

it("every operation that is no GET is expected to be written down, or said not to be", () => {
  const changing = Object.entries(adminWire.operations).filter(
    ([, { method }]) => method !== "GET",
  );
  expect(Object.keys(written).toSorted()).toEqual(changing.map(([name]) => name).toSorted());
});

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("each change is there once, with before and after and the token's name and id", async () => {
    const { ask, sample, tokens, clock } = await open(kind);
    const { id } = (await ask("whoAmI", {}, tokens.owner)).body.token;
    for (const [name, expected] of Object.entries(written)) {
      const operation = name as Operation;
      const [last] = (await ask("listChanges", { query: { limit: 1 } })).body.data;
      await clock.advance(1_000);
      const { status } = await ask(operation, sample(operation), tokens.owner);
      expect([operation, status < 300]).toEqual([operation, true]);
      const { data } = (await ask("listChanges", { query: { limit: 10 } })).body;
      const fresh = data.filter(({ sequence }: { sequence: number }) => sequence > last.sequence);
      if (expected === null) {
        expect([operation, fresh]).toEqual([operation, []]);
        continue;
      }
      const [kindOf, part] = expected;
      expect([operation, fresh]).toMatchObject([
        operation,
        [{ kind: kindOf, by: `token owner (${id})`, atMs: clock.wallMs(), after: part }],
      ]);
      expect([operation, fresh[0].before === null]).toEqual([
        operation,
        /^(create|grant)/.test(operation),
      ]);
    }
  });

  it("what is refused changes nothing and is not written down", async () => {
    const { ask, tokens } = await open(kind);
    const before = (await ask("listChanges", { query: { limit: 1 } })).body.data;
    const params = { accountId: "acc_a" };
    await ask("changeAccount", { params, body: { plan: "gold" } });
    await ask("changeAccount", { params, body: { name: "x" } }, tokens.support);
    await ask("createKey", { params, body: { name: "x", api: "Gamma" } });
    expect((await ask("listChanges", { query: { limit: 1 } })).body.data).toEqual(before);
  });

  it("changes of one record that come at once follow one another: none is lost", async () => {
    const { ask, ids } = await open(kind);
    const params = { accountId: "acc_a", keyId: ids.key };
    const incident = { incidentId: ids.incident };
    const account = { accountId: "acc_a" };
    await Promise.all([
      ask("changeKey", { params, body: { name: "first" } }),
      ask("rotateKey", { params, body: { overlapMs: 5_000 } }),
      ask("changeKey", { params, body: { budget: 1 } }),
      ask("changeKey", { params, body: { permissions: ["read"] } }),
      ask("changeAccount", { params: account, body: { name: "first" } }),
      ask("setWarnings", { params: account, body: { url: "https://hooks.test/1" } }),
      ask("changeAccount", { params: account, body: { overrides: { limits: { seats: 5 } } } }),
      ...[1, 2, 3, 4, 5].map((n) =>
        ask("changeIncident", { params: incident, body: { text: `update ${n}` } }),
      ),
    ]);
    const key = (await ask("getKey", { params })).body;
    expect(key).toMatchObject({ name: "first", budget: 1, permissions: ["read"] });
    expect(key.overlapUntilMs).not.toBeNull();
    expect((await ask("getAccount", { params: account })).body).toMatchObject({
      name: "first",
      warnings: { url: "https://hooks.test/1" },
      overrides: { limits: { seats: 5 } },
    });
    const { updates } = (await ask("getIncident", { params: incident })).body;
    expect(updates).toHaveLength(5);
  });

  it("what another gateway does at the same time is not undone: a quarantine, an account that ends", async () => {
    const { ask, ids, stores } = await open(kind);
    const { directory } = stores;
    const params = { accountId: "acc_a", keyId: ids.key };
    const account = { accountId: "acc_a" };
    const change = { by: "another gateway", atMs: 0 };
    for (let round = 1; round <= 10; round++) {
      const expiresAtMs = Number.MAX_SAFE_INTEGER - round;
      const subscription = round % 2 === 0 ? "active" : "inactive";
      await Promise.all([
        ask("changeKey", { params, body: { name: `name ${round}` } }),
        untilPut(async () => {
          const key = (await directory.key(params.keyId)) as Key;
          return (await directory.putKey({ ...key, expiresAtMs }, change, key)) || undefined;
        }),
        ask("changeAccount", { params: account, body: { name: `name ${round}` } }),
        untilPut(async () => {
          const before = (await directory.account("acc_a")) as Account;
          const after = { ...before, subscription } as const;
          return (await directory.putAccount(after, change, before)) || undefined;
        }),
      ]);
      const name = `name ${round}`;
      expect(await directory.key(params.keyId)).toMatchObject({ name, expiresAtMs });
      expect(await directory.account("acc_a")).toMatchObject({ name, subscription });
    }
  });

  it("is found by account, kind, id and author", async () => {
    const { ask, ids, tokens } = await open(kind);
    await ask(
      "changeKey",
      { params: { accountId: "acc_a", keyId: ids.key }, body: { budget: 8 } },
      tokens.operator,
    );
    const { id } = (await ask("whoAmI", {}, tokens.operator)).body.token;
    const count = async (query: object) =>
      (await ask("listChanges", { query: { limit: 100, ...query } })).body.data.length;
    expect(await count({ by: `token operator (${id})` })).toBe(1);
    expect(await count({ id: ids.key })).toBe(2);
    expect(await count({ id: ids.key, kind: "account" })).toBe(0);
    expect(await count({ accountId: "acc_b" })).toBe(4);
    expect(await count({ accountId: "acc_b", kind: "project" })).toBe(1);
  });
});
