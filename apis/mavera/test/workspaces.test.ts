// Workspaces and projects over HTTP: made by their owner, paid for within their limits, and seen by nobody else.

import { describe, expect, test } from "vitest";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import {
  enterpriseId,
  foreignProjectId,
  foreignWorkspaceId,
  ownProjectId,
  ownWorkspaceId,
  starterId,
} from "./people.ts";
import { type Ask, type Reply, refusal } from "./reply.ts";

const overBudget = { status: 402, type: "insufficient_credits", code: "budget_exceeded" };
const absent = { status: 404, code: "resource_not_found" };

async function open() {
  const api = await startApi();
  const key = api.keys.enterprise;
  const send = (what: string, json?: object, how: Ask = {}): Promise<Reply> =>
    api.send(what, { key, ...(json && { json }), ...how });
  return {
    api,
    send,
    makeWorkspace: async (more: object = {}): Promise<string> =>
      (await send("POST /workspaces", { name: "Marketing", ...more })).body.id,
    makeProject: async (workspace_id: string, more: object = {}): Promise<string> =>
      (await send("POST /projects", { name: "Spring", workspace_id, ...more })).body.id,
    respond: async (more: object): Promise<number> =>
      (await send("POST /responses", { ...hello, ...more })).status,
  };
}

/** A key of the enterprise account that belongs to a part of it. */
async function keyOf(api: LiveApi, where: { workspaceId?: string; projectId?: string }) {
  const spec = { accountId: enterpriseId, name: "within", by: "test", ...where };
  return (await api.gate.keys.create(spec)).secret;
}

describe("a workspace", () => {
  test("is created, and found as it was answered", async () => {
    const { api, send } = await open();
    const json = { name: "Marketing", type: "marketing_agency", usage_limit: 700 };
    const { status, body } = await send("POST /workspaces", json);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...json,
      object: "workspace",
      id: expect.stringMatching(/^ws_[0-9a-f]{32}$/),
      created_at: new Date(api.clock.wallMs()).toISOString(),
    });
    expect((await send(`GET /workspaces/${body.id}`)).body).toEqual(body);
    expect(api.funds(enterpriseId).used).toBe(0);
  });

  test("pays for what is asked in it until its limit would be passed", async () => {
    const { makeWorkspace, respond } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: 10 });
    // Each costs one credit, and must have room for five.
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push(await respond({ workspace_id }));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 402]);
    expect(await respond({})).toBe(200);
  });

  test("that has spent its limit is refused with a code of its own, and the month after pays again", async () => {
    const { api, send, makeWorkspace, respond } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: 5 });
    expect(await respond({ workspace_id })).toBe(200);
    const reply = await send("POST /responses", { ...hello, workspace_id });
    expect(refusal(reply)).toMatchObject({ ...overBudget, param: null });
    for (const [what, json] of [
      ["POST /chat/completions", { model: "mavera-1", messages: [{ role: "user", content: "a" }] }],
      ["POST /mave/chat", { message: "a" }],
      ["POST /focus-groups", { questions: ["Why?"] }],
    ] as const) {
      expect(refusal(await send(what, { ...json, workspace_id }))).toMatchObject(overBudget);
    }
    await api.clock.advance(Date.UTC(2026, 6, 1) - api.clock.wallMs());
    expect(await respond({ workspace_id })).toBe(200);
  });

  test("without a limit spends what the account has", async () => {
    const { makeWorkspace, respond } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: null });
    for (let n = 0; n < 10; n++) expect(await respond({ workspace_id })).toBe(200);
  });

  test("admits of forty calls that arrive together no more than its limit has room for", async () => {
    const { api, makeWorkspace, respond } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: 12 });
    await Promise.all(Array.from({ length: 40 }, () => respond({ workspace_id })));
    const { used, held } = api.funds(enterpriseId);
    expect([used > 0, used <= 12, held]).toEqual([true, true, 0]);
    expect(api.stores.ledger.audit()).toEqual([]);
  });
});

describe("a project", () => {
  test("is created in a workspace, and found as it was answered", async () => {
    const { api, send, makeWorkspace } = await open();
    const workspace_id = await makeWorkspace();
    const json = { name: "Spring", goal: "Sell", workspace_id, usage_limit: 50 };
    const { status, body } = await send("POST /projects", json);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...json,
      object: "project",
      id: expect.stringMatching(/^proj_[0-9a-f]{32}$/),
      created_at: new Date(api.clock.wallMs()).toISOString(),
    });
    expect((await send(`GET /projects/${body.id}`)).body).toEqual(body);
  });

  test("pays together with its workspace: the narrower limit ends first", async () => {
    const { makeWorkspace, makeProject, respond } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: 8 });
    const project_id = await makeProject(workspace_id, { usage_limit: 5 });
    const other = await makeProject(workspace_id);
    expect(await respond({ project_id })).toBe(200);
    expect(await respond({ project_id })).toBe(402);
    expect(await respond({ project_id: other })).toBe(200);
    expect(await respond({ workspace_id })).toBe(200);
    expect(await respond({ workspace_id, project_id: other })).toBe(200);
    expect(await respond({ project_id: other })).toBe(402);
  });

  test("must be in the workspace that is named beside it", async () => {
    const { send, makeWorkspace, makeProject } = await open();
    const [workspace_id, elsewhere] = [await makeWorkspace(), await makeWorkspace()];
    const project_id = await makeProject(workspace_id);
    const reply = await send("POST /responses", { ...hello, workspace_id: elsewhere, project_id });
    expect(refusal(reply)).toMatchObject({ ...absent, param: "project_id" });
  });
});

describe("what is somebody else's", () => {
  test("can neither be seen nor made to pay", async () => {
    const { api, send } = await open();
    for (const path of [`/workspaces/${foreignWorkspaceId}`, `/projects/${foreignProjectId}`]) {
      expect(refusal(await send(`GET ${path}`))).toMatchObject(absent);
    }
    for (const named of [
      { workspace_id: foreignWorkspaceId },
      { project_id: foreignProjectId },
      { workspace_id: ownWorkspaceId, project_id: ownProjectId },
    ]) {
      const reply = await send("POST /responses", { ...hello, ...named });
      expect(refusal(reply)).toMatchObject(absent);
    }
    for (const account of ["acct_stranger", starterId, enterpriseId]) {
      expect(api.funds(account)).toMatchObject({ used: 0, held: 0 });
    }
  });

  test("is on nobody else's list", async () => {
    const { api, send, makeWorkspace } = await open();
    const id = await makeWorkspace();
    expect((await send("GET /workspaces")).body.data).toMatchObject([{ id }]);
    expect((await send("GET /projects")).body.data).toEqual([]);
    const theirs = await api.send("GET /workspaces", { key: api.keys.stranger });
    expect(theirs.body.data).toMatchObject([{ id: foreignWorkspaceId }]);
  });
});

describe("a list", () => {
  test.each(["workspaces", "projects"])("of %s comes page by page, oldest first", async (kind) => {
    const { api, send, makeWorkspace, makeProject } = await open();
    const workspace = await makeWorkspace({ name: "0" });
    const ids = kind === "workspaces" ? [workspace] : [];
    while (ids.length < 5) {
      await api.clock.advance(1);
      const name = String(ids.length);
      ids.push(
        await (kind === "projects" ? makeProject(workspace, { name }) : makeWorkspace({ name })),
      );
    }
    const pages: string[][] = [];
    let query = "?limit=2";
    for (let more = true; more; ) {
      const { body } = await send(`GET /${kind}${query}`);
      pages.push(body.data.map(({ id }: { id: string }) => id));
      more = body.has_more;
      expect(body.next_cursor).toBe(more ? pages.at(-1)?.at(-1) : null);
      query = `?limit=2&cursor=${body.next_cursor}`;
    }
    expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    const all = (await send(`GET /${kind}`)).body;
    expect([all.data.length, all.has_more, all.next_cursor]).toEqual([5, false, null]);
  });
});

describe("a key that belongs to a workspace", () => {
  test("sees and spends in that one only, and creates none", async () => {
    const { api, send, makeWorkspace, makeProject } = await open();
    const workspaceId = await makeWorkspace({ usage_limit: 5 });
    const elsewhere = await makeWorkspace();
    const project_id = await makeProject(elsewhere);
    const how = { key: await keyOf(api, { workspaceId }) };
    const list = (await send("GET /workspaces", undefined, how)).body.data;
    expect(list).toMatchObject([{ id: workspaceId }]);
    expect((await send(`GET /workspaces/${elsewhere}`, undefined, how)).status).toBe(404);
    expect((await send(`GET /projects/${project_id}`, undefined, how)).status).toBe(404);
    expect((await send("POST /workspaces", { name: "A" }, how)).status).toBe(403);
    const spend = (more: object) => send("POST /responses", { ...hello, ...more }, how);
    expect(refusal(await spend({ workspace_id: elsewhere }))).toMatchObject({ code: "forbidden" });
    expect(refusal(await spend({ project_id }))).toMatchObject({ code: "forbidden" });
    expect((await spend({})).status).toBe(200);
    expect(refusal(await spend({}))).toMatchObject(overBudget);
  });
});

describe("a key that belongs to a project", () => {
  test("sees that one and the workspace around it, and makes no other pay", async () => {
    const { api, send, makeWorkspace, makeProject } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: 8 });
    const projectId = await makeProject(workspace_id);
    const other = await makeProject(workspace_id);
    const how = { key: await keyOf(api, { projectId }) };
    const reply = await send("POST /responses", { ...hello, project_id: other }, how);
    expect(refusal(reply)).toMatchObject({ code: "forbidden" });
    const { data } = (await send("GET /projects", undefined, how)).body;
    expect(data).toMatchObject([{ id: projectId }]);
    const { limits } = (await send("GET /usage", undefined, how)).body;
    expect(limits.usage_limit).toBe(8);
  });

  test.each([
    ["names it", true],
    ["names nothing", false],
  ])("spends within the limits of its workspace, too, where the request %s", async (_, isNamed) => {
    const { api, send, makeWorkspace, makeProject } = await open();
    const workspace_id = await makeWorkspace({ usage_limit: 8 });
    const projectId = await makeProject(workspace_id);
    const how = { key: await keyOf(api, { projectId }) };
    const json = { ...hello, ...(isNamed && { project_id: projectId }) };
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) statuses.push((await send("POST /responses", json, how)).status);
    // Each costs one credit, and must have room for five.
    expect(statuses).toEqual([200, 200, 200, 200, 402]);
    const callers = api.arrivals.all.map(({ caller }) => [caller.projectId, caller.workspaceId]);
    expect(callers.at(-1)).toEqual([projectId, workspace_id]);
  });
});
