// The unmodified OpenAI SDK over our `fetch`, with Mavera's contract: its retries and ours do not multiply, and what it
// throws is what it always throws.

import { wire } from "@sluice-apis/mavera/contract";
import OpenAI, {
  APIConnectionError,
  APIError,
  APIUserAbortError,
  InternalServerError,
  RateLimitError,
} from "openai";
import { ApiError, type ClientOptions } from "sluice/client";
import { describe, expect, it, vi } from "vitest";
import {
  eventOf,
  refusingOrigin,
  type Script,
  type Scripted,
  startServer,
} from "./scripted-server.ts";
import { createVirtualClient, printed, thrownBy } from "./virtual-client.ts";

const apiKey = `mvra_live_${"a1B2".repeat(8)}`;
const question = { model: "mavera-1", input: "Hello" } as const;
const answer: Scripted = {
  status: 200,
  body: { id: "resp_1", object: "response", status: "completed", output: [] },
};
const created = { type: "response.created", sequence_number: 0, response: { id: "resp_1" } };
const delta = { type: "response.output_text.delta", sequence_number: 1, delta: "Hello" };
const completed = { type: "response.completed", sequence_number: 2, response: { id: "resp_1" } };
const broken = {
  error: { message: "Not now.", type: "server_error", code: "service_unavailable", param: null },
};

function refusal(status: number, code: string, headers: Record<string, string> = {}): Scripted {
  const error = { message: `It says ${code}.`, type: "some_error", code, param: null };
  return { status, headers, body: { error } };
}

function sdkAt(origin: string, options: Partial<ClientOptions> = {}) {
  const baseURL = `${origin}/api/v1`;
  const virtual = createVirtualClient(wire, { apiKey, baseUrl: baseURL, ...options });
  return { ...virtual, openai: new OpenAI({ apiKey, baseURL, fetch: virtual.client.fetch }) };
}

async function start(script: Script, options: Partial<ClientOptions> = {}) {
  const { origin, arrivals } = await startServer(script);
  return { arrivals, ...sdkAt(origin, options) };
}

describe("a refusal under the OpenAI SDK", () => {
  it("that stays is met by our three attempts, not by nine, and is the SDK's own error", async () => {
    const { arrivals, openai, drive } = await start(() => refusal(503, "service_unavailable"));
    const error = await thrownBy(drive(openai.responses.create(question)));
    expect(arrivals).toHaveLength(3);
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({ status: 503, code: "service_unavailable" });
  });

  it("that passes is not heard of", async () => {
    const { arrivals, openai, drive } = await start((_, n) =>
      n === 1 ? refusal(500, "internal_error") : answer,
    );
    const { id } = await drive(openai.responses.create(question));
    expect(id).toBe("resp_1");
    expect(arrivals).toHaveLength(2);
    const keys = arrivals.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toBeDefined();
  });

  it("that says to come back in 61 seconds is obeyed, where the deadline allows it", async () => {
    const { arrivals, openai, drive, sentMs } = await start(
      (_, n) => (n === 1 ? refusal(429, "rate_limit_exceeded", { "Retry-After": "61" }) : answer),
      { deadline: { totalMs: 120_000 } },
    );
    await drive(openai.responses.create(question));
    expect(arrivals).toHaveLength(2);
    const [first = 0, second = 0] = sentMs;
    expect(second - first).toBeGreaterThanOrEqual(61_000);
    expect(second - first).toBeLessThan(65_000);
  });

  it("that says so is thrown at once where the deadline is nearer, and is not tried above", async () => {
    const { arrivals, openai, drive, clock } = await start(() =>
      refusal(429, "rate_limit_exceeded", { "Retry-After": "61" }),
    );
    const error = await thrownBy(drive(openai.responses.create(question)));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
    expect(error instanceof APIError && error.headers?.get("Retry-After")).toBe("61");
    expect(arrivals).toHaveLength(1);
    expect(clock.monotonicMs()).toBe(0);
  });

  it("for want of money is no matter of waiting, though its status says so", async () => {
    const { arrivals, openai, drive } = await start(() => refusal(429, "insufficient_quota"));
    const error = await thrownBy(drive(openai.responses.create(question)));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ code: "insufficient_quota" });
    expect(arrivals).toHaveLength(1);
  });

  it("goes up once for each call, so that calls at once do not share their attempts", async () => {
    const { arrivals, openai, drive } = await start(() => refusal(503, "service_unavailable"), {
      budget: false,
      breaker: false,
      pacing: false,
    });
    const calls = Array.from({ length: 5 }, () => thrownBy(openai.responses.create(question)));
    const errors = await drive(Promise.all(calls));
    expect(errors.every((error) => error instanceof InternalServerError)).toBe(true);
    expect(arrivals).toHaveLength(15);
  });
});

describe("a caller of the OpenAI SDK who leaves", () => {
  it("while we wait is let go at once, and nothing is sent any more", async () => {
    const { arrivals, openai, drive, events, clock } = await start(() =>
      refusal(503, "service_unavailable", { "Retry-After": "20" }),
    );
    const leaving = new AbortController();
    const call = openai.responses.create(question, { signal: leaving.signal });
    const thrown = thrownBy(call);
    await vi.waitUntil(() => events.some(({ kind }) => kind === "failed"));
    leaving.abort();
    expect(await drive(thrown)).toBeInstanceOf(APIUserAbortError);
    expect(arrivals).toHaveLength(1);
    expect(clock.monotonicMs()).toBe(0);
  });
});

describe("where nobody answers under the OpenAI SDK", () => {
  it("the SDK's error holds ours", async () => {
    const { openai, drive } = sdkAt(await refusingOrigin(), { attempts: 2 });
    const error = await thrownBy(drive(openai.responses.create(question, { maxRetries: 0 })));
    expect(error).toBeInstanceOf(APIConnectionError);
    const { cause } = error as Error;
    expect(cause).toBeInstanceOf(ApiError);
    expect(cause).toMatchObject({ code: "connection_failed", attempts: 2 });
  });

  // The SDK tries again whatever its `fetch` throws, and our note that it must not goes with answers only: 3 + 1 + 1.
  it("only we try", async () => {
    const { openai, drive, sentMs } = sdkAt(await refusingOrigin());
    await thrownBy(drive(openai.responses.create(question)));
    expect(sentMs).toHaveLength(3);
  });
});

describe("a stream under the OpenAI SDK", () => {
  const streamed = { ...question, stream: true } as const;
  const whole = [created, delta, completed].map((event) => eventOf(event, event.type));

  it("that begins with an error is begun again below it", async () => {
    const { arrivals, openai, drive } = await start((_, n) => ({
      status: 200,
      events: n === 1 ? [eventOf(broken, "error")] : whole,
    }));
    const types: string[] = [];
    for await (const event of await drive(openai.responses.create(streamed))) {
      types.push(event.type);
    }
    expect(types).toEqual([created.type, delta.type, completed.type]);
    expect(arrivals).toHaveLength(2);
  });

  it("that never begins otherwise is an error of the SDK's", async () => {
    const events = [eventOf(broken, "error")];
    const { arrivals, openai, drive } = await start(() => ({ status: 200, events }));
    const call = openai.responses.create(streamed, { maxRetries: 0 });
    expect(await thrownBy(drive(call))).toBeInstanceOf(APIError);
    expect(arrivals).toHaveLength(3);
  });

  // Thrown, like a connection that failed; though here the server did answer, and a refusal could be handed up.
  it("that never begins otherwise is tried by us only", async () => {
    const events = [eventOf(broken, "error")];
    const { arrivals, openai, drive } = await start(() => ({ status: 200, events }));
    await thrownBy(drive(openai.responses.create(streamed)));
    expect(arrivals).toHaveLength(3);
  });

  it("that breaks off with an error throws it once, and is not begun again", async () => {
    const events = [...whole.slice(0, 2), eventOf(broken, "error")];
    const { arrivals, openai, drive } = await start(() => ({ status: 200, events }));
    const stream = await drive(openai.responses.create(streamed));
    const types: string[] = [];
    const read = async () => {
      for await (const event of stream) types.push(event.type);
    };
    const error = await thrownBy(read());
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ code: "service_unavailable", message: "Not now." });
    expect(types).toEqual([created.type, delta.type]);
    expect(arrivals).toHaveLength(1);
  });

  it("whose connection breaks throws once, and is not begun again", async () => {
    const { arrivals, openai, drive } = await start(() => ({
      status: 200,
      events: whole.slice(0, 2),
      breaks: true,
    }));
    const stream = await drive(openai.responses.create(streamed));
    const read = async () => {
      for await (const _ of stream);
    };
    expect(await thrownBy(read())).toBeInstanceOf(Error);
    expect(arrivals).toHaveLength(1);
  });
});

describe("the key under the OpenAI SDK", () => {
  const scripts: readonly (readonly [string, Script])[] = [
    ["a refusal of the key", () => refusal(401, "invalid_api_key")],
    ["a refusal for the rate", () => refusal(429, "rate_limit_exceeded", { "Retry-After": "61" })],
    ["a failure", () => refusal(500, "internal_error")],
    ["a page of a proxy", () => ({ status: 502, body: "<html>Bad Gateway</html>" })],
    ["a stream's first event", () => ({ status: 200, events: [eventOf(broken, "error")] })],
  ];

  it.each(scripts)("is in nothing that the SDK throws: %s", async (_, script) => {
    const { arrivals, openai, drive } = await start(script);
    const call = openai.responses.create({ ...question, stream: true }, { maxRetries: 0 });
    const error = await thrownBy(drive(call));
    expect(error).toBeInstanceOf(APIError);
    expect(arrivals[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(printed(error)).not.toContain(apiKey.slice(10));
  });

  it("is in nothing that the SDK throws: a connection that is refused", async () => {
    const { openai, drive } = sdkAt(await refusingOrigin());
    const error = await thrownBy(drive(openai.responses.create(question, { maxRetries: 0 })));
    expect(printed(error)).not.toContain(apiKey.slice(10));
  });

  // A refusal goes up as the server said it; what the server repeats of the key is in the SDK's message.
  it("is in nothing that the SDK throws: an answer that repeats it", async () => {
    const error = { message: `Incorrect API key provided: ${apiKey}.`, code: "invalid_api_key" };
    const { openai, drive } = await start(() => ({ status: 401, body: { error } }));
    const thrown = await thrownBy(drive(openai.responses.create(question)));
    expect(printed(thrown)).not.toContain(apiKey);
  });
});
