// The OpenAI SDK's own retries against Mavera: it waits as long as Retry-After says, and that is long enough.

import { InternalServerError, RateLimitError } from "openai";
import { afterEach, describe, expect, test, vi } from "vitest";
import { video } from "./behind-the-gate.ts";
import { type LiveApi, startApi } from "./live-api.ts";
import { clientOf, thrownBy, waitInVirtualTime } from "./openai-client.ts";
import { starterId } from "./people.ts";

const ask = { model: "mavera-1", input: "Hello" };

afterEach(() => vi.unstubAllGlobals());

function statusesOf(api: LiveApi): number[] {
  const rows = api.stores.log.find({ limit: 10, operation: "createResponse" });
  return rows.map(({ status }) => status).toReversed();
}

describe("after a full window", () => {
  test.each([
    [0, 60_000],
    [250, 60_000],
    [42_000, 18_000],
  ])("begun %i ms ago, the SDK waits %i ms, and its second try passes", async (ago, wait) => {
    const api = await startApi();
    for (let n = 0; n < 60; n++) await api.send("GET /usage");
    await api.clock.advance(ago);
    const waits = waitInVirtualTime(api);
    const { output_text } = await clientOf(api, { maxRetries: 1 }).responses.create(ask);
    expect(output_text).toContain("Hello");
    expect(waits).toEqual([wait]);
    expect(statusesOf(api)).toEqual([429, 200]);
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });
});

test("after a cap that is full, the SDK comes back until a job has ended", async () => {
  const api = await startApi();
  const key = api.keys.enterprise;
  const json = { ...video, delay: 20_000 };
  for (let n = 0; n < 3; n++) await api.send("POST /video-analyses", { key, json });
  const waits = waitInVirtualTime(api);
  const client = clientOf(api, { key, maxRetries: 2 });
  const started = await client.post<{ status: string }>("/video-analyses", { body: json });
  expect(started.status).toBe("pending");
  expect(waits).toEqual([15_000, 15_000]);
});

describe("a simulated refusal", () => {
  const clientWith = (api: LiveApi, wish: string, maxRetries: number) =>
    clientOf(api, { key: api.keys.test, maxRetries, headers: { "Sluice-Simulate": wish } });

  test("that comes once is survived by one retry, after the wait that it names", async () => {
    const api = await startApi();
    const waits = waitInVirtualTime(api);
    for (const [wish, wait] of [
      ["rate_limit_exceeded; times=1", 60_000],
      ["service_unavailable; times=1", 1_000],
      ["request_in_progress; times=1", 1_000],
    ] as const) {
      const { status } = await clientWith(api, wish, 1).responses.create(ask);
      expect([status, waits.at(-1)]).toEqual(["completed", wait]);
    }
    expect(api.funds()).toMatchObject({ used: 3, held: 0 });
  });

  test("of ours that comes twice is survived by two retries", async () => {
    const api = await startApi();
    const waits = waitInVirtualTime(api);
    const { status } = await clientWith(api, "internal_error; times=2", 2).responses.create(ask);
    expect([status, waits.length]).toEqual(["completed", 2]);
    expect(statusesOf(api)).toEqual([500, 500, 200]);
  });

  test.each([
    ["internal_error", InternalServerError, 500],
    ["service_unavailable", InternalServerError, 503],
    ["rate_limit_exceeded", RateLimitError, 429],
  ])("that stays is thrown once the retries are used up: %s", async (code, type, status) => {
    const api = await startApi();
    waitInVirtualTime(api);
    const error = await thrownBy(() => clientWith(api, code, 2).responses.create(ask));
    expect(error).toBeInstanceOf(type);
    expect(error.code).toBe(code);
    expect(statusesOf(api)).toEqual([status, status, status]);
  });

  test.each([
    "credits_exhausted",
    "budget_exceeded",
    "forbidden",
    "invalid_model",
    "invalid_api_key",
  ])("that no wait would change is not retried: %s", async (code) => {
    const api = await startApi();
    const waits = waitInVirtualTime(api);
    await thrownBy(() => clientWith(api, code, 5).responses.create(ask));
    expect(waits).toEqual([]);
    expect(statusesOf(api)).toHaveLength(1);
  });

  test("is gone before a stream begins, so that the stream is retried whole", async () => {
    const api = await startApi();
    waitInVirtualTime(api);
    const client = clientWith(api, "service_unavailable; times=1", 1);
    const types: string[] = [];
    for await (const { type } of await client.responses.create({ ...ask, stream: true })) {
      types.push(type);
    }
    expect(types.at(0)).toBe("response.created");
    expect(types.at(-1)).toBe("response.completed");
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });
});

test("a retry with an Idempotency-Key is charged once, also where the first answer was lost", async () => {
  const api = await startApi();
  waitInVirtualTime(api);
  let lost = 0;
  const client = clientOf(api, { maxRetries: 1 }).withOptions({
    fetch: async (...request: Parameters<typeof fetch>) => {
      const response = await fetch(...request);
      if (lost++ > 0) return response;
      await response.text();
      throw new TypeError("the connection was lost");
    },
  });
  const headers = { "Idempotency-Key": "once" };
  const { output_text } = await client.responses.create(ask, { headers });
  expect(output_text).toContain("Hello");
  expect(api.arrivals.all).toHaveLength(1);
  expect(api.funds(starterId)).toMatchObject({ used: 1, held: 0 });
});
