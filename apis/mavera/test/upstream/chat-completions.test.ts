// The older format of the same answers.

import { describe, expect, test } from "vitest";
import { joined, memberOf } from "./frames.ts";
import { newSession } from "./session.ts";

const ask = { model: "mavera-1", messages: [{ role: "user", content: "Which of the two?" }] };
const text = 'This is a stand-in: no model was asked. You said: "Which of the two?"';
const usage = { prompt_tokens: 5, completion_tokens: 18, total_tokens: 23, credits_used: 1 };

describe("a chat completion", () => {
  test("is answered in the documented shape", async () => {
    expect(await newSession().post("/chat/completions", ask)).toEqual({
      status: 200,
      body: {
        id: expect.stringMatching(/^chatcmpl_[0-9a-z]{24}$/),
        object: "chat.completion",
        created: 1_780_304_400,
        model: "mavera-1",
        choices: [
          { index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" },
        ],
        usage,
      },
    });
  });

  test("is JSON if its format is", async () => {
    const body = { ...ask, response_format: { type: "json_object" } };
    expect((await newSession().post("/chat/completions", body)).body).toMatchObject({
      choices: [{ message: { content: '{"stand_in":true,"asked":"Which of the two?"}' } }],
    });
  });

  test.each([
    [{ model: "mavera-1" }, "messages", "messages is required."],
    [{ ...ask, messages: [] }, "messages", "messages must list 1 to 128 items."],
    [
      { ...ask, messages: Array(129).fill({ role: "user", content: "Hi" }) },
      "messages",
      "messages must list 1 to 128 items.",
    ],
    [{ ...ask, messages: [{ content: "Hi" }] }, "messages.0", "messages.0 must be a message."],
    [
      { ...ask, messages: [{ role: "user", content: "x".repeat(100_001) }] },
      "messages.0.content",
      "messages.0.content must have at most 100000 characters.",
    ],
  ])("is refused where the body does not fit (case %#)", async (body, field, detail) => {
    expect(await newSession().post("/chat/completions", body)).toEqual({
      status: 422,
      body: { failure: { kind: "unacceptable", detail, field } },
    });
  });

  test("refuses an unknown persona", async () => {
    const body = { ...ask, persona_id: "clxnone" };
    expect(await newSession().post("/chat/completions", body)).toMatchObject({
      status: 422,
      body: { failure: { kind: "unknown_persona", field: "persona_id" } },
    });
  });

  test("comes as a stream of unnamed chunks, with the usage in the last", async () => {
    const frames = await newSession().stream("/chat/completions", ask);
    expect(frames.every(({ name }) => name === undefined)).toBe(true);
    expect(frames.at(-1)?.data).toBe("[DONE]");
    const chunks = frames.slice(0, -1);
    expect(new Set(chunks.map((chunk) => memberOf(chunk, "object")))).toEqual(
      new Set(["chat.completion.chunk"]),
    );
    expect(new Set(chunks.map((chunk) => memberOf(chunk, "id"))).size).toBe(1);
    expect(joined(chunks, "choices.0.delta.content")).toBe(text);
    const reasons = chunks.map((chunk) => memberOf(chunk, "choices.0.finish_reason"));
    expect(reasons).toEqual([...chunks.slice(1).map(() => null), "stop"]);
    expect(chunks.map((chunk) => memberOf(chunk, "usage"))).toEqual([
      ...chunks.slice(1).map(() => undefined),
      usage,
    ]);
  });
});
