// What an OpenAI client makes of the answers: nothing here knows of the API but its address.

import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { newSession } from "./session.ts";

const input = "What do you think of our new logo?";
const text =
  'This is a stand-in: no model was asked. You said: "What do you think of our new logo?"';
const messages = [{ role: "user" as const, content: input }];

function newClient(): OpenAI {
  const { upstream, caller } = newSession();
  return new OpenAI({
    apiKey: "none",
    baseURL: "http://upstream",
    maxRetries: 0,
    fetch: (url, init) => upstream.fetch(new Request(url, init), caller),
  });
}

describe("an OpenAI client", () => {
  test("reads a response", async () => {
    const response = await newClient().responses.create({ model: "mavera-1", input });
    expect(response.output_text).toBe(text);
    expect(response.usage).toMatchObject({ total_tokens: 31, credits_used: 1 });
  });

  test("reads the events of a response", async () => {
    const stream = await newClient().responses.create({ model: "mavera-1", input, stream: true });
    let said = "";
    let credits: unknown;
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") said += event.delta;
      if (event.type === "response.completed") credits = event.response.usage;
    }
    expect(said).toBe(text);
    expect(credits).toMatchObject({ credits_used: 1 });
  });

  test("puts a response together from its events", async () => {
    const pieces: string[] = [];
    const stream = newClient()
      .responses.stream({ model: "mavera-1", input })
      .on("response.output_text.delta", ({ snapshot }) => pieces.push(snapshot));
    const response = await stream.finalResponse();
    expect(response.output_text).toBe(text);
    expect(pieces.at(-1)).toBe(text);
    expect(response.status).toBe("completed");
  });

  test("reads a chat completion", async () => {
    const completion = await newClient().chat.completions.create({ model: "mavera-1", messages });
    expect(completion.choices[0]?.message.content).toBe(text);
    expect(completion.usage).toMatchObject({ credits_used: 1 });
  });

  test("puts a chat completion together from its chunks", async () => {
    const stream = newClient().chat.completions.stream({ model: "mavera-1", messages });
    const completion = await stream.finalChatCompletion();
    expect(completion.choices[0]).toMatchObject({
      message: { role: "assistant", content: text },
      finish_reason: "stop",
    });
    expect(completion.usage).toMatchObject({ credits_used: 1 });
  });

  test("ends a stream by leaving it", async () => {
    const stream = await newClient().responses.create({ model: "mavera-1", input, stream: true });
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") break;
    }
    expect(stream.controller.signal.aborted).toBe(true);
  });
});
