// Mave: questions with their answers, and the threads that they make.

import { describe, expect, test } from "vitest";
import { joined, memberOf } from "./frames.ts";
import { newSession } from "./session.ts";

const text = 'This is a stand-in: no model was asked. You said: "Who buys oat milk?"';
const noThread = {
  status: 404,
  body: { failure: { kind: "absent", detail: "Thread not found.", field: "thread_id" } },
};

describe("a question to Mave", () => {
  test("is answered in a thread of its own", async () => {
    const session = newSession();
    const { status, body } = await session.post("/mave/chat", { message: "Who buys oat milk?" });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: expect.stringMatching(/^mave_msg_[0-9a-z]{24}$/),
        object: "mave_message",
        thread_id: expect.stringMatching(/^mave_thread_[0-9a-z]{24}$/),
        role: "assistant",
        content: text,
        sources: [],
        personas_used: [],
        usage: { credits_used: 10 },
        created_at: "2026-06-01T09:00:00.000Z",
      },
    });
    expect(await session.get(`/mave/threads/${body.thread_id}`)).toEqual({
      status: 200,
      body: {
        id: body.thread_id,
        object: "mave_thread",
        title: "Who buys oat milk?",
        workspace_id: null,
        message_count: 2,
        credits_used: 10,
        created_at: "2026-06-01T09:00:00.000Z",
        updated_at: "2026-06-01T09:00:00.000Z",
        messages: [
          {
            id: expect.stringMatching(/^mave_msg_/),
            object: "mave_message",
            thread_id: body.thread_id,
            role: "user",
            content: "Who buys oat milk?",
            created_at: "2026-06-01T09:00:00.000Z",
          },
          body,
        ],
      },
    });
  });

  test("goes on in the thread that it names, also as a stream", async () => {
    const session = newSession();
    const { thread_id } = (await session.post("/mave/chat", { message: "One" })).body;
    await session.clock.advance(1000);
    await session.post("/mave/chat", { message: "Two", thread_id });
    await session.stream("/mave/chat", { message: "Three", thread_id });
    const thread = await session.get(`/mave/threads/${thread_id}`);
    expect(thread.body).toMatchObject({
      title: "One",
      message_count: 6,
      credits_used: 30,
      updated_at: "2026-06-01T09:00:01.000Z",
    });
    expect(thread.body).toMatchObject({
      messages: ["One", "", "Two", "", "Three", ""].map((content) =>
        content === "" ? { role: "assistant" } : { role: "user", content },
      ),
    });
  });

  test.each([
    [1, 10],
    [100, 12],
    [2_000, 50],
    [20_000, 50],
  ])("of %i characters costs %i credits", async (length, credits) => {
    const { body } = await newSession().post("/mave/chat", { message: "x".repeat(length) });
    expect(body).toMatchObject({ usage: { credits_used: credits } });
  });

  test("is refused in an unknown thread, and in another account's, by the same bytes", async () => {
    const session = newSession();
    const { thread_id } = (await session.post("/mave/chat", { message: "One" })).body;
    const thief = session.as({ accountId: "acct_2" });
    const stolen = { message: "Two", thread_id };
    expect(await thief.post("/mave/chat", stolen)).toEqual(noThread);
    expect(await thief.post("/mave/chat", { ...stolen, stream: true })).toEqual(noThread);
    expect(await thief.post("/mave/chat", { ...stolen, thread_id: "none" })).toEqual(noThread);
    expect(await session.get(`/mave/threads/${thread_id}`)).toMatchObject({
      body: { message_count: 2 },
    });
  });

  test.each([
    [{}, "message", "message is required."],
    [
      { message: "x".repeat(20_001) },
      "message",
      "message must be a text of 1 to 20000 characters.",
    ],
    [
      { message: "Hi", thread_id: "" },
      "thread_id",
      "thread_id must be a text of 1 to 100 characters.",
    ],
    [{ message: "Hi", delay: -1 }, "delay", "delay must be a whole number from 0 to 600000."],
  ])("is refused where the body does not fit (case %#)", async (body, field, detail) => {
    expect(await newSession().post("/mave/chat", body)).toEqual({
      status: 422,
      body: { failure: { kind: "unacceptable", detail, field } },
    });
  });

  test("comes as a stream whose last event carries the whole message", async () => {
    const frames = await newSession().stream("/mave/chat", { message: "Who buys oat milk?" });
    const names = frames.map(({ name }) => name);
    const deltas = names.filter((name) => name === "mave.message.delta");
    expect(names).toEqual(["mave.message.created", ...deltas, "mave.message.completed", undefined]);
    expect(frames.slice(0, -1).map((frame) => memberOf(frame, "type"))).toEqual(names.slice(0, -1));
    expect(joined(frames, "delta")).toBe(text);
    expect(frames.at(-2)?.data).toEqual({
      type: "mave.message.completed",
      message: expect.objectContaining({ content: text, usage: { credits_used: 10 } }),
    });
    expect(frames.at(-1)?.data).toBe("[DONE]");
  });

  test("finds a full thread closed, and is then not charged to it", async () => {
    const session = newSession();
    const { thread_id } = (await session.post("/mave/chat", { message: "1" })).body;
    for (let n = 2; n <= 49; n += 1)
      await session.post("/mave/chat", { message: `${n}`, thread_id });
    const together = await Promise.all(
      ["a", "b", "c"].map((message) => session.post("/mave/chat", { message, thread_id })),
    );
    expect(together.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(await session.post("/mave/chat", { message: "d", thread_id })).toEqual({
      status: 409,
      body: {
        failure: {
          kind: "conflict",
          detail: "The thread is full: it has 100 messages. Begin a new one.",
          field: "thread_id",
        },
      },
    });
    expect(await session.get(`/mave/threads/${thread_id}`)).toMatchObject({
      body: { message_count: 100, credits_used: 500 },
    });
  });
});

describe("threads", () => {
  test("are listed newest first, in pages that leave none out", async () => {
    const session = newSession();
    const ids: string[] = [];
    for (const message of ["1", "2", "3", "4", "5"]) {
      ids.unshift((await session.post("/mave/chat", { message })).body.thread_id);
    }
    const first = await session.list("/mave/threads?limit=2");
    const second = await session.list(`/mave/threads?limit=3&cursor=${first.body.next_cursor}`);
    expect([first.body.has_more, second.body.has_more]).toEqual([true, false]);
    expect(second.body.next_cursor).toBeNull();
    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(ids);
    expect(await session.as({ accountId: "acct_2" }).list("/mave/threads")).toEqual({
      status: 200,
      body: { object: "list", data: [], has_more: false, next_cursor: null },
    });
  });

  test("belong to the workspace that the body names, or else the caller's", async () => {
    const session = newSession().as({ workspaceId: "ws_1" });
    await session.post("/mave/chat", { message: "One" });
    await session.post("/mave/chat", { message: "Two", workspace_id: "ws_2" });
    const titles = async (query: string) =>
      (await session.list(`/mave/threads?${query}`)).body.data.map((thread) => thread);
    expect(await titles("workspace_id=ws_1")).toMatchObject([{ title: "One" }]);
    expect(await titles("workspace_id=ws_2")).toMatchObject([{ title: "Two" }]);
    expect(await titles("workspace_id=ws_3")).toEqual([]);
    expect(await titles("search=tW")).toMatchObject([{ title: "Two" }]);
    expect(await titles("search=")).toHaveLength(2);
  });

  test("of another account and of nobody are absent by the same bytes", async () => {
    const session = newSession();
    const { thread_id } = (await session.post("/mave/chat", { message: "One" })).body;
    const thief = session.as({ accountId: "acct_2" });
    const foreign = await thief.get(`/mave/threads/${thread_id}`);
    expect(foreign).toEqual({
      status: 404,
      body: { failure: { kind: "absent", detail: "Thread not found." } },
    });
    expect(await thief.get("/mave/threads/none")).toEqual(foreign);
    const foreignCursor = await thief.list(`/mave/threads?cursor=${thread_id}`);
    expect(await thief.list("/mave/threads?cursor=none")).toEqual(foreignCursor);
  });
});
