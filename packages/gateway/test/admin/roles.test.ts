// Every route with every role: what each may, in the form that the contract says; and what it hears where it may not.

import { mintKey } from "sluice";
import { seededRandom } from "sluice/base";
import { describe, expect, it } from "vitest";
import { adminWire, type Role, roleNames } from "../../src/admin/contract/index.ts";
import type { Operation } from "./fixtures/input.ts";
import { outputOf } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

/** The least role that may. */
const least: Readonly<Record<Operation, Role>> = {
  whoAmI: "support",
  createSignIn: "support",
  getHealth: "support",
  listApis: "support",
  listPlans: "support",
  simulateRefusal: "support",
  listChanges: "support",
  listAccounts: "support",
  getAccount: "support",
  getUsage: "support",
  listWorkspaces: "support",
  getWorkspace: "support",
  listProjects: "support",
  getProject: "support",
  listKeys: "support",
  getKey: "support",
  findKey: "support",
  getRotation: "support",
  getCredits: "support",
  listGrants: "support",
  listEntries: "support",
  listBudgets: "support",
  listHolds: "support",
  getHold: "support",
  auditLedger: "support",
  listRequests: "support",
  getRequest: "support",
  explainRequest: "support",
  listDays: "support",
  watchLive: "support",
  listWarnings: "support",
  listIncidents: "support",
  getIncident: "support",
  createAccount: "operator",
  changeAccount: "operator",
  setWarnings: "operator",
  rotateWarningSecret: "operator",
  createWorkspace: "operator",
  changeWorkspace: "operator",
  createProject: "operator",
  changeProject: "operator",
  createKey: "operator",
  changeKey: "operator",
  rotateKey: "operator",
  grantCredits: "operator",
  createIncident: "operator",
  changeIncident: "operator",
  sendWarning: "operator",
  listTokens: "owner",
  createToken: "owner",
  // What ends something comes last.
  removeWarnings: "operator",
  endIncident: "operator",
  endOverlap: "operator",
  revokeKey: "operator",
  revokeToken: "owner",
};
/** Of the right form; nobody has it. */
const unknownToken = mintKey(adminWire.key, "live", seededRandom(99));

const operations = Object.keys(least) as Operation[];

function may(role: Role, operation: Operation): boolean {
  return roleNames.indexOf(role) >= roleNames.indexOf(least[operation]);
}

it("every route is expected of some role", () => {
  expect(operations.toSorted()).toEqual(Object.keys(adminWire.operations).toSorted());
});

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it.each(roleNames)("a token of role %s may what its role says, and no more", async (role) => {
    const { ask, sample, tokens } = await open(kind);
    for (const operation of operations) {
      const { status, body } = await ask(operation, sample(operation), tokens[role]);
      if (may(role, operation)) {
        expect([operation, status < 300]).toEqual([operation, true]);
        const output = outputOf(operation);
        if (output !== undefined) expect(output.parse(body)).toEqual(body);
      } else {
        expect([operation, status, body.code]).toEqual([operation, 403, "forbidden"]);
      }
    }
  });

  it("whoever has no good token gets nowhere", async () => {
    const world = await open(kind);
    const { token, secret } = (
      await world.ask("createToken", {
        body: { name: "short", role: "owner", expiresAtMs: world.clock.wallMs() + 1_000 },
      })
    ).body;
    await world.ask("revokeToken", { params: { tokenId: world.ids.token } });
    await world.clock.advance(1_000);
    const strangers = [
      ["", "missing_key"],
      [world.customerKey, "malformed_key"],
      [`${world.admin.token.slice(0, -1)}_`, "malformed_key"],
      [unknownToken, "unknown_key"],
      [secret, "expired_key"],
    ] as const;
    expect(token.state).toBe("active");
    for (const operation of operations) {
      for (const [stranger, code] of strangers) {
        const headers = stranger === "" ? { authorization: "" } : {};
        const heard = await world.ask(operation, world.sample(operation), stranger, headers);
        expect([operation, heard.status, heard.body.code]).toEqual([operation, 401, code]);
      }
    }
  });
});
