// The unmodified Anthropic SDK over our `fetch`, without a contract: another envelope, another place for the key, another
// status for too much at once, and the same care.

import Anthropic, { APIConnectionError, APIError, RateLimitError } from "@anthropic-ai/sdk";
import { ApiError, type ClientOptions } from "sluice/client";
import { describe, expect, it } from "vitest";
import {
  eventOf,
  refusingOrigin,
  type Script,
  type Scripted,
  startServer,
} from "./scripted-server.ts";
import { createVirtualClient, printed, thrownBy } from "./virtual-client.ts";

const apiKey = `sk-ant-api03-${"a1B2".repeat(8)}`;
const question = {
  model: "claude-opus-4-1",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: "Hello" }],
};
/** Without a contract nobody but the caller can say that a POST may be sent again. */
const repeatable = { headers: { "Idempotency-Key": "ask-1" } };
const message = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  content: [{ type: "text", text: "Hello." }],
  stop_reason: "end_turn",
  usage: { input_tokens: 1, output_tokens: 1 },
};
const answer: Scripted = { status: 200, body: message };
const overloaded = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
const whole = [
  { type: "message_start", message: { ...message, content: [], stop_reason: null } },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello." } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
  { type: "message_stop" },
].map((event) => eventOf(event, event.type));

function refusal(status: number, type: string, headers: Record<string, string> = {}): Scripted {
  const error = { type, message: `It says ${type}.` };
  return { status, headers: { "request-id": "req_1", ...headers }, body: { type: "error", error } };
}

function sdkAt(origin: string, options: Partial<ClientOptions> = {}) {
  const virtual = createVirtualClient(undefined, { apiKey, baseUrl: origin, ...options });
  const { client } = virtual;
  return { ...virtual, anthropic: new Anthropic({ apiKey, baseURL: origin, fetch: client.fetch }) };
}

async function start(script: Script, options: Partial<ClientOptions> = {}) {
  const { origin, arrivals } = await startServer(script);
  return { arrivals, ...sdkAt(origin, options) };
}

describe("a refusal under the Anthropic SDK", () => {
  it("that stays is met by our three attempts, not by nine, and is the SDK's own error", async () => {
    const { arrivals, anthropic, drive } = await start(() => refusal(529, "overloaded_error"));
    const error = await thrownBy(drive(anthropic.messages.create(question, repeatable)));
    expect(arrivals).toHaveLength(3);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 529, type: "overloaded_error", requestID: "req_1" });
  });

  // No work begins where there is too much of it already; but 529 is none of the statuses of which the client knows that.
  it("for too much at once is tried three times, though nothing marks the POST", async () => {
    const { arrivals, anthropic, drive } = await start(() => refusal(529, "overloaded_error"));
    await thrownBy(drive(anthropic.messages.create(question)));
    expect(arrivals).toHaveLength(3);
  });

  it("of a read is tried again without any mark", async () => {
    const { arrivals, anthropic, drive } = await start((_, n) =>
      n < 3 ? refusal(529, "overloaded_error") : { status: 200, body: { id: "m", type: "model" } },
    );
    await drive(anthropic.models.retrieve("m"));
    expect(arrivals).toHaveLength(3);
  });

  it("of a POST that may have been done is the caller's affair", async () => {
    const { arrivals, anthropic, drive } = await start(() => refusal(500, "api_error"));
    const error = await thrownBy(drive(anthropic.messages.create(question)));
    expect(error).toMatchObject({ status: 500, type: "api_error" });
    expect(arrivals).toHaveLength(1);
  });

  it("that passes is not heard of", async () => {
    const { arrivals, anthropic, drive } = await start((_, n) =>
      n === 1 ? refusal(500, "api_error") : answer,
    );
    const { id } = await drive(anthropic.messages.create(question, repeatable));
    expect(id).toBe("msg_1");
    expect(arrivals).toHaveLength(2);
  });

  it("that says to come back in 61 seconds is obeyed, where the deadline allows it", async () => {
    const { arrivals, anthropic, drive, sentMs } = await start(
      (_, n) => (n === 1 ? refusal(429, "rate_limit_error", { "retry-after": "61" }) : answer),
      { deadline: { totalMs: 120_000 } },
    );
    await drive(anthropic.messages.create(question));
    expect(arrivals).toHaveLength(2);
    const [first = 0, second = 0] = sentMs;
    expect(second - first).toBeGreaterThanOrEqual(61_000);
    expect(second - first).toBeLessThan(65_000);
  });

  it("that says so is thrown at once where the deadline is nearer, and is not tried above", async () => {
    const { arrivals, anthropic, drive, clock } = await start(() =>
      refusal(429, "rate_limit_error", { "retry-after": "61" }),
    );
    const error = await thrownBy(drive(anthropic.messages.create(question)));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(arrivals).toHaveLength(1);
    expect(clock.monotonicMs()).toBe(0);
  });

  it("for want of money is asked for once", async () => {
    const { arrivals, anthropic, drive } = await start(() => refusal(429, "billing_error"));
    await thrownBy(drive(anthropic.messages.create(question)));
    expect(arrivals).toHaveLength(1);
  });
});

describe("where nobody answers under the Anthropic SDK", () => {
  it("the SDK's error holds ours", async () => {
    const { anthropic, drive } = sdkAt(await refusingOrigin());
    const error = await thrownBy(drive(anthropic.messages.create(question, { maxRetries: 0 })));
    expect(error).toBeInstanceOf(APIConnectionError);
    const { cause } = error as Error;
    expect(cause).toBeInstanceOf(ApiError);
    expect(cause).toMatchObject({ code: "connection_failed", attempts: 3 });
    expect(printed(error)).not.toContain(apiKey.slice(13));
  });
});

describe("a stream under the Anthropic SDK", () => {
  const streamed = { ...question, stream: true } as const;
  const failing = [eventOf(overloaded, "error")];

  it("that begins with an overload is begun again below it, where the POST is marked", async () => {
    const { arrivals, anthropic, drive } = await start((_, n) => ({
      status: 200,
      events: n === 1 ? failing : whole,
    }));
    let text = "";
    for await (const event of await drive(anthropic.messages.create(streamed, repeatable))) {
      if (event.type !== "content_block_delta" || event.delta.type !== "text_delta") continue;
      text += event.delta.text;
    }
    expect(text).toBe("Hello.");
    expect(arrivals).toHaveLength(2);
  });

  // Nothing was made and nothing handed on; but without a contract the client takes the work for begun.
  it("that begins with an overload is begun again below it, without any mark", async () => {
    const { arrivals, anthropic, drive } = await start((_, n) => ({
      status: 200,
      events: n === 1 ? failing : whole,
    }));
    await drive(anthropic.messages.create(streamed, { maxRetries: 0 }));
    expect(arrivals).toHaveLength(2);
  });

  it("that breaks off with an error throws it once, and is not begun again", async () => {
    const events = [...whole.slice(0, 3), eventOf(overloaded, "error")];
    const { arrivals, anthropic, drive } = await start(() => ({ status: 200, events }));
    const stream = await drive(anthropic.messages.create(streamed, repeatable));
    const types: string[] = [];
    const read = async () => {
      for await (const event of stream) types.push(event.type);
    };
    const error = await thrownBy(read());
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ type: "overloaded_error" });
    expect(types).toEqual(["message_start", "content_block_start", "content_block_delta"]);
    expect(arrivals).toHaveLength(1);
  });
});

describe("the key under the Anthropic SDK", () => {
  it("goes out as the SDK puts it, and once", async () => {
    const { arrivals, anthropic, drive } = await start(() => answer);
    await drive(anthropic.messages.create(question));
    expect(arrivals[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(printed(arrivals[0]?.headers).split(apiKey)).toHaveLength(3);
  });

  // Without a contract the client knows no place for a key but one, and takes a key in any other for no key.
  it("goes out once where the caller has it put elsewhere", async () => {
    const { origin, arrivals } = await startServer(() => answer);
    const { client, drive } = createVirtualClient(undefined, { apiKey, baseUrl: origin });
    const defaultHeaders = { "X-Api-Key": apiKey };
    const how = { apiKey: null, baseURL: origin, defaultHeaders, fetch: client.fetch };
    await drive(new Anthropic(how).messages.create(question));
    expect(arrivals[0]?.headers["x-api-key"]).toBe(apiKey);
    expect(arrivals[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [401, "authentication_error"],
    [429, "rate_limit_error"],
    [529, "overloaded_error"],
  ])("is in nothing that the SDK throws: %i", async (status, type) => {
    const { anthropic, drive } = await start(() => refusal(status, type));
    const error = await thrownBy(drive(anthropic.messages.create(question, repeatable)));
    expect(error).toMatchObject({ status, type });
    expect(printed(error)).not.toContain(apiKey.slice(13));
  });
});
