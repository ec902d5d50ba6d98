// Projects as the gate answers for them: created in a workspace of the account's own, and seen by nobody else.

import { refuse } from "sluice";
import { describe, expect, test } from "vitest";
import { answers } from "../../answers/index.ts";
import { mavera } from "../../contract/index.ts";
import { accountId, type Office, openOffice, read, strangerId } from "./office.ts";

const { createProject, getProject, listProjects } = answers;
const none = { params: {}, query: {}, body: undefined };

function list(office: Office, query: { limit?: number; cursor?: string } = {}, caller = {}) {
  return listProjects({ ...none, query: { limit: 50, ...query } }, office.context(caller));
}

function create(office: Office, workspace_id: string, more: object = {}, caller = {}) {
  const body = { name: "Launch", workspace_id, ...more };
  return createProject({ ...none, body }, office.context(caller));
}

function get(office: Office, projectId: string, caller = {}) {
  return getProject({ ...none, params: { projectId } }, office.context(caller));
}

function officeWithWorkspaces(): Office {
  const office = openOffice();
  office.addWorkspace("ws_a");
  office.addWorkspace("ws_b");
  office.addWorkspace("ws_theirs", { accountId: strangerId });
  return office;
}

describe("a project", () => {
  test("is created as asked for, and shown as it was created", async () => {
    const office = officeWithWorkspaces();
    const created = await read(create(office, "ws_a", { goal: "Sell more", usage_limit: 90 }));
    expect(created).toEqual({
      status: 201,
      body: {
        object: "project",
        id: expect.stringMatching(/^proj_[0-9a-f]{32}$/),
        workspace_id: "ws_a",
        name: "Launch",
        goal: "Sell more",
        usage_limit: 90,
        created_at: "2026-02-10T12:00:00.000Z",
      },
    });
    const output = mavera.server.operations.createProject.output;
    expect(output.parse(created.body)).toEqual(created.body);
    const { id } = created.body;
    expect(await read(get(office, id))).toEqual({ status: 200, body: created.body });
    expect(office.stores.directory.project(id)).toMatchObject({ accountId, budget: 90 });
    const [last] = office.stores.directory.changes({ accountId, limit: 1 });
    expect(last).toMatchObject({ by: "key_1", kind: "project", id });
  });

  test("without a goal and a limit has neither", async () => {
    const { body } = await read(create(officeWithWorkspaces(), "ws_a"));
    expect(body).toMatchObject({ goal: null, usage_limit: null });
  });

  test.each(["ws_theirs", "ws_never"])("is not created in what is not there: %s", async (id) => {
    const office = officeWithWorkspaces();
    expect(await create(office, id)).toEqual(refuse("not_found", { param: "workspace_id" }));
    expect((await read(list(office))).body.data).toEqual([]);
  });

  test("of somebody else is as absent as one that never was", async () => {
    const office = officeWithWorkspaces();
    office.addProject("proj_theirs", "ws_theirs", { accountId: strangerId });
    expect(await get(office, "proj_theirs")).toEqual(refuse("not_found"));
    expect(await get(office, "proj_never")).toEqual(refuse("not_found"));
  });

  test("too many is refused, in words of its own", async () => {
    const office = officeWithWorkspaces();
    office.addProject("proj_1", "ws_a");
    expect(await create(office, "ws_b", {}, { limits: { projects: 1 } })).toMatchObject({
      condition: "plan_limit_reached",
      message: "Access denied: the account's limit of projects is reached (1).",
    });
  });
});

describe("the list of projects", () => {
  /** Most are in the one workspace, and a few in the other. */
  function withMany(): Office {
    const office = officeWithWorkspaces();
    for (let n = 0; n < 12; n++) office.addProject(`proj_${n}`, n % 4 === 3 ? "ws_b" : "ws_a");
    return office;
  }

  async function idsBy(limit: number, office: Office, caller = {}): Promise<readonly string[][]> {
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const query: object = cursor === null ? { limit } : { limit, cursor };
      const { body } = await read(list(office, query, caller));
      pages.push(body.data.map(({ id }: { id: string }) => id));
      cursor = body.next_cursor;
    } while (cursor !== null);
    return pages;
  }

  test.each([1, 5, 12, 100])("gives each once, oldest first, by pages of %i", async (limit) => {
    const pages = await idsBy(limit, withMany());
    expect(pages.flat()).toEqual(Array.from({ length: 12 }, (_, n) => `proj_${n}`));
    for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
  });

  test.each([
    [1, [["proj_3"], ["proj_7"], ["proj_11"]]],
    [2, [["proj_3", "proj_7"], ["proj_11"]]],
    [3, [["proj_3", "proj_7", "proj_11"]]],
  ])("has no holes for a key that sees one workspace: pages of %i", async (limit, pages) => {
    expect(await idsBy(limit, withMany(), { workspaceId: "ws_b" })).toEqual(pages);
  });

  test("is the one project for a key that belongs to it", async () => {
    const caller = { workspaceId: "ws_b", projectId: "proj_7" };
    expect(await idsBy(50, withMany(), caller)).toEqual([["proj_7"]]);
  });
});

describe("a key that belongs to a workspace", () => {
  const bound = { workspaceId: "ws_b" };

  test("creates projects in that one only", async () => {
    const office = officeWithWorkspaces();
    expect((await read(create(office, "ws_b", {}, bound))).status).toBe(201);
    expect(await create(office, "ws_a", {}, bound)).toEqual(
      refuse("not_found", { param: "workspace_id" }),
    );
  });

  test("sees the projects of that one only", async () => {
    const office = officeWithWorkspaces();
    office.addProject("proj_a", "ws_a");
    office.addProject("proj_b", "ws_b");
    expect(await get(office, "proj_a", bound)).toEqual(refuse("not_found"));
    expect((await read(get(office, "proj_b", bound))).body.id).toBe("proj_b");
  });
});

describe("a key that belongs to a project", () => {
  test("creates none, and sees no other", async () => {
    const office = officeWithWorkspaces();
    office.addProject("proj_1", "ws_a");
    office.addProject("proj_2", "ws_a");
    const bound = { projectId: "proj_1" };
    expect(await create(office, "ws_a", {}, bound)).toMatchObject({ condition: "forbidden" });
    expect(await get(office, "proj_2", bound)).toEqual(refuse("not_found"));
    expect((await read(get(office, "proj_1", bound))).body.id).toBe("proj_1");
  });
});
