// Answers to inputs: in one piece, as a stream, and what they cost.

import { describe, expect, test } from "vitest";
import { joined, memberOf } from "./frames.ts";
import { newSession } from "./session.ts";

const ask = { model: "mavera-1", input: "What do you think of our new logo?" };
const text =
  'This is a stand-in: no model was asked. You said: "What do you think of our new logo?"';
const usage = { input_tokens: 9, output_tokens: 22, total_tokens: 31, credits_used: 1 };

describe("a response", () => {
  test("is answered in the documented shape", async () => {
    expect(await newSession().post("/responses", ask)).toEqual({
      status: 200,
      body: {
        id: expect.stringMatching(/^resp_[0-9a-z]{24}$/),
        object: "response",
        created_at: 1_780_304_400,
        status: "completed",
        model: "mavera-1",
        output: [
          {
            id: expect.stringMatching(/^msg_[0-9a-z]{24}$/),
            type: "message",
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text, annotations: [] }],
          },
        ],
        usage,
      },
    });
  });

  test("answers the last thing that the user said, in texts or parts", async () => {
    const input = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "First." },
      { role: "assistant", content: [{ type: "output_text", text: "Yes?" }] },
      { role: "user", content: [{ type: "input_text", text: "Last." }, { type: "input_image" }] },
      { type: "function_call_output", call_id: "call_1", output: "42" },
    ];
    const { body } = await newSession().post("/responses", { ...ask, input });
    expect(JSON.stringify(body)).toContain("Last.");
    expect(JSON.stringify(body)).not.toContain("First.");
  });

  test("speaks as the persona that is named", async () => {
    const session = newSession();
    const persona = session.upstream.addPersona("acct_1", { name: "Ada" });
    const { body } = await session.post("/responses", { ...ask, persona_id: persona.id });
    expect(JSON.stringify(body)).toContain("a stand-in, speaking as Ada");
  });

  test("repeats a long input only in part, and never halves a character", async () => {
    const { body } = await newSession().post("/responses", {
      ...ask,
      input: `a${"💡".repeat(300)}`,
    });
    const shown = JSON.stringify(body);
    expect(shown.length).toBeLessThan(800);
    expect(shown).toContain("�…");
  });

  test.each(["json_object", "json_schema"])("is JSON if the format is %s", async (type) => {
    const format = { format: { type, name: "verdict", schema: {} } };
    const { body } = await newSession().post("/responses", { ...ask, text: format });
    const answer = { stand_in: true, asked: ask.input };
    expect(body).toMatchObject({ output: [{ content: [{ text: JSON.stringify(answer) }] }] });
    expect("parsed" in body).toBe(type === "json_schema");
  });

  test.each([
    [1, 1],
    [3_600, 1],
    [4_000, 2],
    [12_000, 4],
    [100_000, 5],
  ])("of %i characters costs %i credits", async (length, credits) => {
    const { body } = await newSession().post("/responses", { ...ask, input: "x".repeat(length) });
    expect(body).toMatchObject({ usage: { credits_used: credits } });
  });

  test("counts its instructions as input", async () => {
    const { body } = await newSession().post("/responses", {
      ...ask,
      instructions: "x".repeat(100_000),
    });
    expect(body).toMatchObject({ usage: { input_tokens: 25_009, credits_used: 5 } });
  });

  test.each([
    [{ input: "Hi" }, "model", "model is required."],
    [{ ...ask, model: "gpt-5" }, "model", "model must be one of mavera-1."],
    [{ model: "mavera-1" }, "input", "input is required."],
    [{ ...ask, input: "" }, "input", "input must be a text of 1 to 100000 characters."],
    [
      { ...ask, input: "x".repeat(100_001) },
      "input",
      "input must be a text of 1 to 100000 characters.",
    ],
    [{ ...ask, input: [] }, "input", "input must list 1 to 128 items."],
    [{ ...ask, input: Array(129).fill({}) }, "input", "input must list 1 to 128 items."],
    [{ ...ask, input: [{}, 7] }, "input.1", "input.1 must be a message."],
    [{ ...ask, stream: "yes" }, "stream", "stream must be true or false."],
    [{ ...ask, delay: 600_001 }, "delay", "delay must be a whole number from 0 to 600000."],
    [{ ...ask, delay: 0.5 }, "delay", "delay must be a whole number from 0 to 600000."],
    [{ ...ask, persona_id: 7 }, "persona_id", "persona_id must be a text of 1 to 100 characters."],
  ])("is refused where the body does not fit (case %#)", async (body, field, detail) => {
    expect(await newSession().post("/responses", body)).toEqual({
      status: 422,
      body: { failure: { kind: "unacceptable", detail, field } },
    });
  });

  test("refuses an unknown persona, also before a stream", async () => {
    const session = newSession();
    const unknown = {
      status: 422,
      body: {
        failure: {
          kind: "unknown_persona",
          detail: "There is no persona with this id.",
          field: "persona_id",
        },
      },
    };
    const body = { ...ask, persona_id: "clxnone" };
    expect(await session.post("/responses", body)).toEqual(unknown);
    expect(await session.post("/responses", { ...body, stream: true })).toEqual(unknown);
  });
});

describe("a response as a stream", () => {
  test("begins with nothing of what it will say", async () => {
    const text = { format: { type: "json_schema", name: "verdict", schema: {} } };
    const [first] = await newSession().stream("/responses", { ...ask, text });
    expect(memberOf(first, "response")).toEqual({
      id: expect.stringMatching(/^resp_/),
      object: "response",
      created_at: 1_780_304_400,
      status: "in_progress",
      model: "mavera-1",
      output: [],
      usage: null,
    });
  });

  test("has the documented events, in order and numbered", async () => {
    const frames = await newSession().stream("/responses", ask);
    const names = frames.map(({ name }) => name);
    const deltas = names.filter((name) => name === "response.output_text.delta");
    expect(deltas.length).toBeGreaterThan(2);
    expect(names).toEqual([
      "response.created",
      "response.output_item.added",
      "response.content_part.added",
      ...deltas,
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
      undefined,
    ]);
    const events = frames.slice(0, -1);
    expect(events.map((frame) => memberOf(frame, "type"))).toEqual(names.slice(0, -1));
    expect(events.map((frame) => memberOf(frame, "sequence_number"))).toEqual([...events.keys()]);
    expect(frames.at(-1)?.data).toBe("[DONE]");
  });

  test("ends with the whole response, and its pieces make its text", async () => {
    const frames = await newSession().stream("/responses", ask);
    expect(joined(frames, "delta")).toBe(text);
    expect(memberOf(frames[0], "response")).toMatchObject({ status: "in_progress", output: [] });
    expect(memberOf(frames.at(-2), "response")).toMatchObject({
      status: "completed",
      output: [{ content: [{ text }] }],
      usage,
    });
  });
});
