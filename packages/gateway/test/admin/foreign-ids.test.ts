// Every route with ids of another account: what is not there and what is somebody else's are one answer, to the byte.

import { describe, expect, it } from "vitest";
import { adminWire } from "../../src/admin/contract/index.ts";
import type { Ids, Input, Operation } from "./fixtures/input.ts";
import type { World } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

/** What stands below an account, and the same of another account. */
const below: Readonly<Record<string, (ids: Ids) => string>> = {
  workspaceId: ({ otherWorkspace }) => otherWorkspace,
  projectId: ({ otherProject }) => otherProject,
  keyId: ({ otherKey }) => otherKey,
  warningId: ({ otherWarning }) => otherWarning,
};

const ofAccounts = (Object.keys(adminWire.operations) as Operation[]).filter((operation) =>
  adminWire.operations[operation].path.startsWith("/accounts/{accountId}"),
);
const nested = ofAccounts.flatMap((operation) =>
  namesIn(operation)
    .filter((name) => name !== "accountId")
    .map((name) => [operation, name] as const),
);

function namesIn(operation: Operation): string[] {
  return [...adminWire.operations[operation].path.matchAll(/\{(\w+)\}/g)].map(
    ([, name]) => name ?? "",
  );
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("an account that is not there, and ours, are not found on any route", async () => {
    const world = await open(kind);
    for (const operation of ofAccounts) {
      const ours = await found(world, operation, { accountId: "sluice_admin" });
      const none = await found(world, operation, { accountId: "nobody" });
      expect([operation, ours]).toEqual([operation, none]);
      expect(none).toContain('"status":404');
    }
  });

  it("what belongs to another account is not found through one's own", async () => {
    const world = await open(kind);
    for (const [operation, name] of nested) {
      const foreign = await found(world, operation, { [name]: below[name]?.(world.ids) ?? "" });
      const none = await found(world, operation, { [name]: "nothing" });
      expect([operation, name, foreign]).toEqual([operation, name, none]);
      expect(none).toContain('"status":404');
    }
    expect(nested.length).toBeGreaterThan(8);
  });

  it("a token is no key of the key routes, and a key no token of the token routes", async () => {
    const { ask, ids } = await open(kind);
    expect((await ask("findKey", { params: { keyId: ids.token } })).status).toBe(404);
    expect((await ask("findKey", { params: { keyId: "key_local" } })).status).toBe(404);
    expect((await ask("revokeToken", { params: { tokenId: ids.key } })).status).toBe(404);
    const account = { params: { accountId: "sluice_admin", keyId: ids.token } };
    expect((await ask("revokeKey", account)).status).toBe(404);
    expect((await ask("findKey", { params: { keyId: ids.key } })).body.state).toBe("active");
  });

  it("what a body names must be the account's own, too", async () => {
    const { ask, ids } = await open(kind);
    const params = { accountId: ids.account };
    const wrong = [
      ["createProject", { name: "P", workspaceId: ids.otherWorkspace }, "workspaceId"],
      ["createKey", { name: "K", api: "Acme", workspaceId: ids.otherWorkspace }, "workspaceId"],
      ["createKey", { name: "K", api: "Acme", projectId: ids.otherProject }, "projectId"],
    ] as const;
    for (const [operation, body, param] of wrong) {
      const { status, body: problem } = await ask(operation, { params, body });
      expect([status, problem.code, problem.param]).toEqual([400, "invalid_field", param]);
    }
  });

  it("ours is never listed, found or made", async () => {
    const { ask } = await open(kind);
    const listed = await ask("listAccounts", { query: { limit: 1 } });
    const more = await ask("listAccounts", { query: { limit: 100, cursor: listed.body.next } });
    const ids = [...listed.body.data, ...more.body.data].map(({ id }: { id: string }) => id);
    expect(ids.toSorted()).toEqual(["acc_a", "acc_b"]);
    expect((await ask("listAccounts", { query: { search: "sluice" } })).body.data).toEqual([]);
    const body = { id: "sluice_admin", name: "Mine", plan: "pro" };
    const { status, body: problem } = await ask("createAccount", { body });
    expect([status, problem.code]).toEqual([409, "already_exists"]);
  });
});

async function found(
  { ask, sample }: World,
  operation: Operation,
  params: Readonly<Record<string, string>>,
): Promise<string> {
  const right = sample(operation);
  const input: Input = { ...right, params: { ...right.params, ...params } };
  return (await ask(operation, input)).text;
}
