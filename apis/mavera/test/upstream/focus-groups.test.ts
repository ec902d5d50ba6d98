// Focus groups: what they answer at once, and what they come to.

import { describe, expect, test } from "vitest";
import { newSession } from "./session.ts";

const draft = { name: "Logo", questions: ["Do you like it?", "Why?"], sample_size: 50 };
const absent = {
  status: 404,
  body: { failure: { kind: "absent", detail: "Focus group not found." } },
};

describe("a focus group", () => {
  test("is answered at once, and completes two seconds later", async () => {
    const session = newSession();
    const { status, body } = await session.post("/focus-groups", draft);
    const begun = {
      id: expect.stringMatching(/^fg_[0-9a-z]{24}$/),
      object: "focus_group",
      status: "pending",
      error: null,
      workspace_id: null,
      created_at: "2026-06-01T09:00:00.000Z",
      ...draft,
      persona_ids: [],
      credits_used: null,
      results: null,
    };
    expect({ status, body }).toEqual({ status: 201, body: begun });
    const path = `/focus-groups/${body.id}`;
    const statuses = [];
    for (const ms of [499, 1, 1499, 1]) {
      await session.clock.advance(ms);
      statuses.push((await session.get(path)).body.status);
    }
    expect(statuses).toEqual(["pending", "generating", "generating", "completed"]);
    expect(await session.get(path)).toEqual({
      status: 200,
      body: {
        ...begun,
        status: "completed",
        credits_used: 114,
        results: draft.questions.map((question) => ({
          question,
          answer: `This is a stand-in: no model was asked. You said: "${question}"`,
        })),
      },
    });
  });

  test("takes as long as it is told", async () => {
    const session = newSession();
    const slow = (await session.post("/focus-groups", { delay: 600_000 })).body;
    const quick = (await session.post("/focus-groups", { delay: 0 })).body;
    await session.clock.advance(0);
    expect((await session.get(`/focus-groups/${quick.id}`)).body.status).toBe("completed");
    await session.clock.advance(599_999);
    expect((await session.get(`/focus-groups/${slow.id}`)).body.status).toBe("generating");
    await session.clock.advance(1);
    expect((await session.get(`/focus-groups/${slow.id}`)).body.status).toBe("completed");
  });

  test.each([
    [10, 0, 50],
    [25, 0, 73],
    [50, 5, 120],
    [500, 20, 200],
  ])("of %i respondents and %i questions costs %i credits", async (sample, count, credits) => {
    const session = newSession();
    const questions = Array.from({ length: count }, (_, n) => `Question ${n}?`);
    const body = { sample_size: sample, questions };
    const { id } = (await session.post("/focus-groups", body)).body;
    await session.clock.runUntilIdle();
    expect(await session.get(`/focus-groups/${id}`)).toMatchObject({
      body: { credits_used: credits },
    });
  });

  test("belongs to the workspace that the body names, or else the caller's", async () => {
    const session = newSession().as({ workspaceId: "ws_1" });
    expect((await session.post("/focus-groups", draft)).body).toMatchObject({
      workspace_id: "ws_1",
    });
    expect(
      (await session.post("/focus-groups", { ...draft, workspace_id: "ws_2" })).body,
    ).toMatchObject({ workspace_id: "ws_2" });
  });

  test("names the persona that is unknown", async () => {
    const session = newSession();
    const own = session.upstream.addPersona("acct_1", { name: "Ada" }).id;
    const foreign = session.upstream.addPersona("acct_2", { name: "Eve" }).id;
    const refusalOf = (id: string) =>
      session.post("/focus-groups", { ...draft, persona_ids: [own, id] });
    expect(await refusalOf(foreign)).toEqual({
      status: 422,
      body: {
        failure: {
          kind: "unknown_persona",
          detail: "There is no persona with this id.",
          field: "persona_ids.1",
        },
      },
    });
    expect(await refusalOf("none")).toEqual(await refusalOf(foreign));
    expect((await session.list("/focus-groups")).body.total).toBe(0);
    expect((await refusalOf(own)).status).toBe(201);
  });

  test.each([
    [{ sample_size: 9 }, "sample_size"],
    [{ sample_size: 501 }, "sample_size"],
    [{ questions: Array(21).fill("Why?") }, "questions"],
    [{ questions: [""] }, "questions"],
    [{ questions: "Why?" }, "questions"],
    [{ persona_ids: Array(21).fill("clx") }, "persona_ids"],
    [{ name: "x".repeat(101) }, "name"],
    [{ delay: 600_001 }, "delay"],
    [{ workspace_id: 7 }, "workspace_id"],
  ])("is refused where the body does not fit (case %#)", async (body, field) => {
    const session = newSession();
    expect(await session.post("/focus-groups", body)).toMatchObject({
      status: 422,
      body: { failure: { kind: "unacceptable", field } },
    });
    expect(session.clock.pendingTimers).toBe(0);
  });
});

describe("focus groups", () => {
  test("are listed newest first, twenty when nothing is said", async () => {
    const session = newSession();
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      ids.unshift((await session.post("/focus-groups", {})).body.id);
    }
    const first = await session.list("/focus-groups");
    expect(first.body).toMatchObject({ total: 25, limit: 20, offset: 0, has_more: true });
    const rest = await session.list("/focus-groups?limit=100&offset=20");
    expect(rest.body).toMatchObject({ total: 25, limit: 100, offset: 20, has_more: false });
    expect([...first.body.data, ...rest.body.data].map(({ id }) => id)).toEqual(ids);
    expect((await session.list("/focus-groups?offset=1000")).body.data).toEqual([]);
  });

  test("of another account, and jobs of another kind, are absent", async () => {
    const session = newSession();
    const { id } = (await session.post("/focus-groups", draft)).body;
    const other = session.as({ accountId: "acct_2" });
    expect(await other.get(`/focus-groups/${id}`)).toEqual(absent);
    expect(await session.get("/focus-groups/none")).toEqual(absent);
    expect((await session.get(`/video-analyses/${id}`)).status).toBe(404);
    expect((await other.list("/focus-groups")).body).toMatchObject({ data: [], total: 0 });
  });

  test.each(["limit=0", "limit=101", "offset=-1", "offset=1.5"])(
    "cannot be asked for by %s",
    async (query) => {
      expect(await newSession().get(`/focus-groups?${query}`)).toMatchObject({
        status: 422,
        body: { failure: { kind: "unacceptable", field: query.split("=")[0] } },
      });
    },
  );
});
