// Workspaces as the gate answers for them: created, shown, listed by pages, and seen by nobody else.

import { refuse } from "sluice";
import { describe, expect, test } from "vitest";
import { answers } from "../../answers/index.ts";
import { mavera } from "../../contract/index.ts";
import { accountId, nowMs, type Office, openOffice, read, strangerId } from "./office.ts";

const { createWorkspace, getWorkspace, listWorkspaces } = answers;
const draft = { name: "Marketing", type: "user" } as const;
const none = { params: {}, query: {}, body: undefined };

function list(office: Office, query: { limit?: number; cursor?: string } = {}, caller = {}) {
  const asked = { ...none, query: { limit: 50, ...query } };
  return listWorkspaces(asked, office.context(caller));
}

function create(office: Office, body: object = {}, caller = {}) {
  return createWorkspace({ ...none, body: { ...draft, ...body } }, office.context(caller));
}

function get(office: Office, workspaceId: string, caller = {}) {
  return getWorkspace({ ...none, params: { workspaceId } }, office.context(caller));
}

describe("a workspace", () => {
  test("is created as asked for, and shown as it was created", async () => {
    const office = openOffice();
    const created = await read(create(office, { usage_limit: 700, type: "enterprise" }));
    expect(created).toEqual({
      status: 201,
      body: {
        object: "workspace",
        id: expect.stringMatching(/^ws_[0-9a-f]{32}$/),
        name: "Marketing",
        type: "enterprise",
        usage_limit: 700,
        created_at: "2026-02-10T12:00:00.000Z",
      },
    });
    const output = mavera.server.operations.createWorkspace.output;
    expect(output.parse(created.body)).toEqual(created.body);
    const { id } = created.body;
    expect(await read(get(office, id))).toEqual({ status: 200, body: created.body });
    expect(office.stores.directory.workspace(id)).toMatchObject({ accountId, budget: 700 });
    const [last] = office.stores.directory.changes({ accountId, limit: 1 });
    expect(last).toMatchObject({ by: "key_1", atMs: nowMs, kind: "workspace", id });
  });

  test.each([undefined, null])("without a limit has no budget: %s", async (limit) => {
    const office = openOffice();
    const { body } = await read(create(office, { usage_limit: limit }));
    expect(body.usage_limit).toBeNull();
    expect(office.stores.directory.workspace(body.id)).not.toHaveProperty("budget");
  });

  test("of the operator's making is shown with what is known of it", async () => {
    const office = openOffice();
    office.addWorkspace("ws_old");
    expect((await read(get(office, "ws_old"))).body).toEqual({
      object: "workspace",
      id: "ws_old",
      name: "ws_old",
      type: "user",
      usage_limit: null,
      created_at: null,
    });
  });

  test("of somebody else is as absent as one that never was", async () => {
    const office = openOffice();
    office.addWorkspace("ws_theirs", { accountId: strangerId });
    expect(await get(office, "ws_theirs")).toEqual(refuse("not_found"));
    expect(await get(office, "ws_never")).toEqual(refuse("not_found"));
  });

  test("too many is refused, in words of its own", async () => {
    const office = openOffice();
    office.addWorkspace("ws_1");
    office.addWorkspace("ws_2");
    office.addWorkspace("ws_theirs", { accountId: strangerId });
    expect(await create(office, {}, { limits: { workspaces: 2 } })).toMatchObject({
      condition: "plan_limit_reached",
      message: "Access denied: the account's limit of workspaces is reached (2).",
      limit: 2,
    });
    expect((await read(create(office, {}, { limits: { workspaces: 3 } }))).status).toBe(201);
  });
});

describe("the list of workspaces", () => {
  test("is empty at first", async () => {
    expect(await read(list(openOffice()))).toEqual({
      status: 200,
      body: { object: "list", data: [], has_more: false, next_cursor: null },
    });
  });

  test.each([1, 2, 3, 6, 7, 100])("gives each once, by pages of %i", async (limit) => {
    const office = openOffice();
    office.addWorkspace("ws_theirs", { accountId: strangerId });
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) ids.push((await read(create(office))).body.id);
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const query: object = cursor === null ? { limit } : { limit, cursor };
      const { body } = await read(list(office, query));
      expect(mavera.server.operations.listWorkspaces.output.parse(body)).toEqual(body);
      expect(body.data.length).toBeLessThanOrEqual(limit);
      expect(body.has_more).toBe(body.next_cursor !== null);
      found.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.next_cursor;
    } while (cursor !== null);
    expect(found).toEqual(ids);
  });

  test.each(["ws_theirs", "ws_never"])(
    "refuses a cursor that it never gave: %s",
    async (cursor) => {
      const office = openOffice();
      office.addWorkspace("ws_theirs", { accountId: strangerId });
      const expected = "must be one that this list gave";
      expect(await list(office, { cursor })).toEqual(
        refuse("invalid_parameter", { param: "cursor", expected }),
      );
    },
  );
});

describe("a key that belongs to a workspace", () => {
  const bound = { workspaceId: "ws_b" };

  function withThree(): Office {
    const office = openOffice();
    for (const id of ["ws_a", "ws_b", "ws_c"]) office.addWorkspace(id);
    return office;
  }

  test("sees that one", async () => {
    const office = withThree();
    const { body } = await read(list(office, { limit: 1 }, bound));
    expect(body).toMatchObject({ data: [{ id: "ws_b" }], has_more: false, next_cursor: null });
    expect((await read(get(office, "ws_b", bound))).body.id).toBe("ws_b");
    expect(await get(office, "ws_a", bound)).toEqual(refuse("not_found"));
  });

  test("creates none", async () => {
    const office = withThree();
    expect(await create(office, {}, bound)).toMatchObject({ condition: "forbidden" });
    expect((await read(list(office))).body.data).toHaveLength(3);
  });

  test("sees the one around its project, where it was given only that", async () => {
    const office = withThree();
    office.addProject("proj_1", "ws_c");
    const { body } = await read(list(office, {}, { projectId: "proj_1" }));
    expect(body.data).toMatchObject([{ id: "ws_c" }]);
  });
});
