// Every operation of the portal with everything that is somebody else's: nothing of it is there, and a key of a workspace or
// project sees what is its own.

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { portal } from "../../src/portal/contract/index.ts";
import { kindsOfStores } from "../admin/fixtures/worlds.ts";
import {
  type Input,
  type Operation,
  type PortalWorld,
  usePortals,
} from "./fixtures/portal-world.ts";

type Ids = { readonly key: string; readonly request: string };

/** Input that is right. The type wants all operations, so a new one cannot go untested. */
function samples({ key, request }: Ids): Readonly<Record<Operation, Input>> {
  return {
    whoAmI: {},
    getPlan: {},
    getUsage: { query: { fromMs: 0 } },
    listUsageDays: { query: { days: 3 } },
    listUsageOperations: { query: { fromMs: 0 } },
    listRefusals: {},
    getCredits: {},
    listGrants: { query: { limit: 5 } },
    getForecast: {},
    listBudgets: {},
    listKeys: { query: { limit: 100 } },
    getKey: { params: { keyId: key } },
    listRequests: { query: { limit: 100 } },
    explainRequest: { params: { requestId: request } },
    getThresholds: {},
    setThresholds: { body: { url: "https://hooks.test/x", percents: [90, 50] } },
    rotateThresholdSecret: {},
    listWarnings: {},
    // What ends something comes last.
    removeThresholds: {},
  };
}

const operations = Object.keys(samples({ key: "", request: "" })) as Operation[];

/** Of whole accounts only, and with a key that may do everything. */
const ofAccounts: readonly Operation[] = [
  ...(["getUsage", "listUsageDays", "listRefusals", "getCredits", "listGrants"] as const),
  ...(["getForecast", "getThresholds", "listWarnings"] as const),
];
const changes: readonly Operation[] = [
  "setThresholds",
  "rotateThresholdSecret",
  "removeThresholds",
];

/** A request of this key, found in the log. */
async function requestOf({ world }: PortalWorld, secret: string): Promise<string> {
  return world.logged(await world.call("/v1/renders", { key: secret, body: { prompt: "secret" } }));
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = usePortals();

  it("every operation answers its account in the form that the contract says", async () => {
    const portals = await open(kind);
    const { signIn, keys } = portals;
    const request = await requestOf(portals, keys.whole.secret);
    const { ask } = await signIn(keys.whole.secret);
    const right = samples({ key: keys.whole.id, request });
    for (const operation of operations) {
      const { status, body, text } = await ask(operation, right[operation]);
      expect([operation, status, text]).toEqual([operation, 200, text]);
      const { output } = portal.server.operations[operation] as { output: z.ZodType };
      expect(output.parse(body)).toEqual(body);
    }
  });

  it("nothing of another account is there, by its ids, cursors and filters", async () => {
    const portals = await open(kind);
    const { signIn, keys, world } = portals;
    const foreign = { key: keys.other.id, request: await requestOf(portals, keys.other.secret) };
    await requestOf(portals, keys.whole.secret);
    const { ask } = await signIn(keys.whole.secret);
    const other = await signIn(keys.other.secret);
    for (const operation of ["getKey", "explainRequest"] as const) {
      const { status, body } = await ask(operation, samples(foreign)[operation]);
      expect([operation, status, body.code]).toEqual([operation, 404, "not_found"]);
      expect((await other.ask(operation, samples(foreign)[operation])).status).toBe(200);
    }
    const filters = [{ keyId: foreign.key }, { requestId: foreign.request }];
    for (const query of filters) {
      expect((await ask("listRequests", { query })).body).toEqual({ data: [], next: null });
    }
    for (const name of ["accountId", "isOlderSecret"]) {
      const { status } = await ask("listRequests", { query: { [name]: "acc_b" } });
      expect([name, status]).toEqual([name, 400]);
    }
    // A place in another's list leads at most to one's own.
    for (const operation of ["listRequests", "listKeys", "listWarnings", "listBudgets"] as const) {
      const { body: page } = await other.ask(operation, { query: { limit: 1 } });
      if (page.next === null) continue;
      const { status, text } = await ask(operation, { query: { cursor: page.next } });
      expect([200, 400]).toContain(status);
      for (const id of [...Object.values(foreign), "acc_b"]) expect(text).not.toContain(id);
    }
    const { ids } = world;
    const theirs = [ids.otherKey, ids.otherWorkspace, ids.otherProject, ids.otherWarning, "acc_b"];
    for (const operation of operations) {
      const right = samples({ key: keys.whole.id, request: foreign.request })[operation];
      const { text } = await ask(operation, right);
      for (const id of [...theirs, foreign.key]) {
        expect([operation, text.includes(id)]).toEqual([operation, false]);
      }
    }
  });

  it("a key of a workspace or project sees itself, its requests and the budgets that it is under", async () => {
    const portals = await open(kind);
    const { signIn, keys, world } = portals;
    const others = await requestOf(portals, keys.whole.secret);
    for (const name of ["workspace", "project"] as const) {
      const own = await requestOf(portals, keys[name].secret);
      const { ask } = await signIn(keys[name].secret);
      for (const operation of [...ofAccounts, ...changes]) {
        const { status, body } = await ask(operation, samples({ key: "", request: "" })[operation]);
        expect([operation, status, body.code]).toEqual([operation, 403, "forbidden"]);
      }
      const listed = (await ask("listKeys")).body.data.map(({ id }: { id: string }) => id);
      expect(listed).toEqual([keys[name].id]);
      expect((await ask("getKey", { params: { keyId: keys.whole.id } })).status).toBe(404);
      expect((await ask("explainRequest", { params: { requestId: others } })).status).toBe(404);
      expect((await ask("explainRequest", { params: { requestId: own } })).status).toBe(200);
      const found = (await ask("listRequests")).body.data as { requestId: string }[];
      expect(found.map(({ requestId }) => requestId)).toEqual([own]);
      const used = (await ask("listUsageOperations")).body.data as { requests: number }[];
      expect(used.map(({ requests }) => requests)).toEqual([1]);
      const query = { keyId: keys.whole.id };
      expect((await ask("listRequests", { query })).body.data).toEqual([]);
      const budgets = (await ask("listBudgets")).body.data as { scope: string; id: string }[];
      expect(budgets.map(({ scope, id }) => [scope, id])).toEqual(
        name === "workspace"
          ? [
              ["workspace", world.ids.workspace],
              ["key", keys.workspace.id],
            ]
          : [
              ["workspace", world.ids.workspace],
              ["project", world.ids.project],
            ],
      );
    }
  });

  it("a test key, and one that may not do everything, look and change nothing", async () => {
    const { signIn, keys } = await open(kind);
    for (const name of ["test", "reader"] as const) {
      const { ask } = await signIn(keys[name].secret);
      for (const operation of ofAccounts) expect((await ask(operation)).status).toBe(200);
      for (const operation of changes) {
        const { status, body } = await ask(operation, samples({ key: "", request: "" })[operation]);
        expect([operation, status, body.code]).toEqual([operation, 403, "forbidden"]);
      }
    }
  });
});

it("every operation asks for the account's own key, the account, or a change", () => {
  const asked = operations.map((operation) => portal.server.operations[operation].permission);
  expect(new Set(asked)).toEqual(new Set(["own", "account", "change"]));
  expect(operations.toSorted()).toEqual(Object.keys(portal.server.operations).toSorted());
  for (const operation of ofAccounts) {
    expect(portal.server.operations[operation].permission).toBe("account");
  }
});
