// Answers and streams in the OpenAI SDK: what it is used for, against Mavera as it is.

import { until } from "@sluice-internal/both-ways/until";
import { APIError } from "openai";
import { describe, expect, test } from "vitest";
import { video } from "./behind-the-gate.ts";
import { startApi } from "./live-api.ts";
import { clientOf, thrownBy } from "./openai-client.ts";
import { ownWorkspaceId, starterId } from "./people.ts";

const ask = { model: "mavera-1", input: "Hello there" } as const;
const chat = {
  model: "mavera-1",
  messages: [{ role: "user", content: "Hello there" }],
} as const satisfies { model: string; messages: readonly object[] };
const answer = 'This is a stand-in: no model was asked. You said: "Hello there"';

const conversation = () => ({ model: chat.model, messages: [...chat.messages] });

describe("an answer", () => {
  test("has its text in output_text, and its request id", async () => {
    const api = await startApi();
    const response = await clientOf(api).responses.create(ask);
    expect(response.output_text).toBe(answer);
    expect(response).toMatchObject({ object: "response", status: "completed", model: "mavera-1" });
    expect(response.usage).toMatchObject({ credits_used: 1 });
    expect(response._request_id).toBe(api.stores.log.find({ limit: 1 })[0]?.requestId);
  });

  test("of the older format has its text in its first choice", async () => {
    const api = await startApi();
    const { choices, usage } = await clientOf(api).chat.completions.create(conversation());
    expect(choices[0]).toMatchObject({ finish_reason: "stop", message: { content: answer } });
    expect(usage).toMatchObject({ credits_used: 1 });
  });

  test("comes with the headers of the rate limit", async () => {
    const api = await startApi();
    const { response } = await clientOf(api).responses.create(ask).withResponse();
    expect(response.headers.get("X-RateLimit-Remaining")).toBe("59");
  });
});

test("members of Mavera's own are passed through", async () => {
  const api = await startApi();
  const { id } = api.upstream.addPersona(starterId, { name: "Ann" });
  const extra = { persona_id: id, workspace_id: ownWorkspaceId };
  const client = clientOf(api);
  const { output_text } = await client.responses.create({ ...ask, ...extra });
  expect(output_text).toContain("speaking as Ann");
  const { choices } = await client.chat.completions.create({ ...conversation(), ...extra });
  expect(choices[0]?.message.content).toContain("speaking as Ann");
  expect(api.arrivals.all.map(({ caller }) => caller.workspaceId)).toEqual([
    ownWorkspaceId,
    ownWorkspaceId,
  ]);
});

describe("a stream", () => {
  test("gives every event, and the text piece by piece", async () => {
    const api = await startApi();
    const types: string[] = [];
    let text = "";
    for await (const event of await clientOf(api).responses.create({ ...ask, stream: true })) {
      types.push(event.type);
      if (event.type === "response.output_text.delta") text += event.delta;
    }
    expect(text).toBe(answer);
    expect(types.at(0)).toBe("response.created");
    expect(types.at(-1)).toBe("response.completed");
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });

  test("is put together again by the SDK's own hand", async () => {
    const api = await startApi();
    const stream = clientOf(api).responses.stream(ask);
    let text = "";
    stream.on("response.output_text.delta", ({ delta }) => {
      text += delta;
    });
    const response = await stream.finalResponse();
    expect([text, response.output_text, response.status]).toEqual([answer, answer, "completed"]);
  });

  test("of the older format gives chunks, with the usage in the last", async () => {
    const api = await startApi();
    const stream = await clientOf(api).chat.completions.create({ ...conversation(), stream: true });
    let text = "";
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(answer);
    expect(usage).toMatchObject({ credits_used: 1 });
  });

  test("of the older format is put together again, too", async () => {
    const api = await startApi();
    const stream = clientOf(api).chat.completions.stream(conversation());
    expect(await stream.finalContent()).toBe(answer);
  });

  test("can be left in the middle, and what was not heard is not charged", async () => {
    const api = await startApi();
    const slow = { ...ask, stream: true, delay: 10_000 } as const;
    const { data, response } = await clientOf(api).responses.create(slow).withResponse();
    for await (const _ of data) break;
    const row = await api.row(response.headers.get("X-Request-Id") ?? "");
    expect(row).toMatchObject({ ending: "abandoned", charged: 0 });
    // The plain API hears of it over a socket, where there is one.
    await until(() => api.clock.pendingTimers === 0);
  });
});

describe("an error in the middle of a stream", () => {
  const slow = { ...ask, stream: true, delay: 60_000 } as const;

  const unavailable = {
    code: "service_unavailable",
    type: "server_error",
    param: null,
    message: "The service is temporarily unavailable. Please retry after 1 seconds.",
  };

  test("is thrown with our code where events are read one by one", async () => {
    const api = await startApi();
    const stream = await clientOf(api).responses.create(slow);
    let heard = 0;
    const error = await thrownBy(async () => {
      for await (const _ of stream) {
        heard += 1;
        if (heard === 1) await api.clock.advance(30_000);
      }
    });
    expect(heard).toBeGreaterThan(1);
    expect(error.constructor).toBe(APIError);
    expect(error).toMatchObject(unavailable);
    expect(error.requestID).toBe(api.stores.log.find({ limit: 1 })[0]?.requestId);
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
  });

  test("is thrown where the SDK puts the answer together", async () => {
    const api = await startApi();
    const stream = clientOf(api).responses.stream({ ...ask, ...{ delay: 60_000 } });
    stream.once("response.created", () => void api.clock.advance(30_000));
    expect(await thrownBy(() => stream.finalResponse())).toMatchObject(unavailable);
  });

  test("is thrown in the older format, too", async () => {
    const api = await startApi();
    const body = { ...conversation(), ...{ delay: 60_000 }, stream: true as const };
    const stream = await clientOf(api).chat.completions.create(body);
    const error = await thrownBy(async () => {
      let heard = 0;
      for await (const _ of stream) if (heard++ === 0) await api.clock.advance(30_000);
    });
    expect(error).toMatchObject(unavailable);
  });
});

describe("a job that failed", () => {
  test("is an answer, though it has an error: that is a text, and no refusal", async () => {
    const api = await startApi();
    const client = clientOf(api, { key: api.keys.enterprise });
    const body = { ...video, video_url: "https://example.com/unreadable.mp4", delay: 4_000 };
    const { id } = await client.post<{ id: string }>("/video-analyses", { body });
    await api.clock.advance(4_000);
    const job = await client.get<object>(`/video-analyses/${id}`);
    expect(job).toMatchObject({ id, status: "failed", error: "The video cannot be read." });
  });
});
