// Conversations with Mave: what is asked and answered stands in its thread, up to a hundred messages.

import { describe, expect, test } from "vitest";
import { putFullThread, putThread } from "./behind-the-gate.ts";
import { type LiveApi, startApi } from "./live-api.ts";
import { enterpriseId } from "./people.ts";
import { type Reply, refusal } from "./reply.ts";
import { EventReader } from "./sse.ts";

const full = {
  status: 409,
  type: "invalid_request_error",
  code: "conflict",
  message: "The thread is full: it has 100 messages. Begin a new one.",
  param: "thread_id",
};

const ask = (api: LiveApi, json: object): Promise<Reply> =>
  api.send("POST /mave/chat", { key: api.keys.enterprise, json: { message: "Hello", ...json } });

async function look(api: LiveApi, id: string) {
  return (await api.send(`GET /mave/threads/${id}`, { key: api.keys.enterprise })).body;
}

describe("a thread", () => {
  test("has what was asked and what was answered, and what that cost", async () => {
    const api = await startApi();
    const first = await ask(api, { message: "Who buys hats?" });
    const { thread_id } = first.body;
    const second = await ask(api, { message: "And why?", thread_id });
    expect(second.body.thread_id).toBe(thread_id);
    const thread = await look(api, thread_id);
    expect(thread).toMatchObject({ title: "Who buys hats?", message_count: 4, credits_used: 20 });
    const said = thread.messages.map(({ role, content }: Record<string, string>) => [
      role,
      content,
    ]);
    expect(said).toEqual([
      ["user", "Who buys hats?"],
      ["assistant", first.body.content],
      ["user", "And why?"],
      ["assistant", second.body.content],
    ]);
    expect(api.funds(enterpriseId)).toMatchObject({ used: 20, held: 0 });
  });

  test("that is full takes no more, and charges nothing for saying so", async () => {
    const api = await startApi();
    const thread_id = await putFullThread(api, enterpriseId);
    expect(refusal(await ask(api, { thread_id }))).toEqual(full);
    expect(refusal(await ask(api, { thread_id, stream: true }))).toEqual(full);
    expect(api.funds(enterpriseId)).toMatchObject({ used: 0, held: 0 });
    expect((await look(api, thread_id)).message_count).toBe(100);
  });
});

describe("a thread with room for one more, asked four times at once", () => {
  /** One with 98 messages. */
  async function almostFull(api: LiveApi): Promise<string> {
    const thread_id = await putThread(api, enterpriseId);
    for (let n = 2; n <= 49; n++) await ask(api, { thread_id });
    return thread_id;
  }

  test("answers one, and refuses the others uncharged", async () => {
    const api = await startApi();
    const thread_id = await almostFull(api);
    const { used } = api.funds(enterpriseId);
    const arrived = api.arrivals.all.length;
    const asked = Array.from({ length: 4 }, () => ask(api, { thread_id, delay: 1_000 }));
    await api.arrivals.reached(arrived + 4);
    await api.clock.advance(1_000);
    const replies = await Promise.all(asked);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
    expect((await look(api, thread_id)).message_count).toBe(100);
    expect(api.funds(enterpriseId)).toMatchObject({ used: used + 10, held: 0 });
  });

  test("completes one of four streams, and keeps to a hundred messages", async () => {
    const api = await startApi();
    const thread_id = await almostFull(api);
    const json = { message: "Hello", thread_id, stream: true, delay: 1_000 };
    const readers: EventReader[] = [];
    for (let n = 0; n < 4; n++) {
      const how = { key: api.keys.enterprise, json };
      readers.push(new EventReader(await api.open("POST /mave/chat", how)));
    }
    for (const reader of readers) await reader.next();
    await api.clock.advance(30_000);
    const rests = await Promise.all(readers.map((reader) => reader.rest()));
    const completed = rests.filter((events) =>
      events.some(({ name }) => name === "mave.message.completed"),
    );
    expect([completed.length, (await look(api, thread_id)).message_count]).toEqual([1, 100]);
  });
});
