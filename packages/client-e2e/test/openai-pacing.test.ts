// Two hundred calls at once by the unmodified OpenAI SDK against a server that allows sixty a minute, and counts them one
// by one: nobody is ever refused, and hardly any time is lost.

import { wire } from "@sluice-apis/mavera/contract";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { type Scripted, startServer } from "./scripted-server.ts";
import { createVirtualClient } from "./virtual-client.ts";

const apiKey = `mvra_live_${"a1B2".repeat(8)}`;
const LIMIT = 60;
const WINDOW_MS = 60_000;
const CALLS = 200;

/** An exact sliding log by the given clocks, with the headers that Mavera answers. */
function createLog(clock: { monotonicMs(): number; wallMs(): number }) {
  const taken: number[] = [];
  const refused: number[] = [];
  const take = (): Scripted => {
    const nowMs = clock.monotonicMs();
    while (taken.length > 0 && (taken[0] ?? 0) <= nowMs - WINDOW_MS) taken.shift();
    const hasRoom = taken.length < LIMIT;
    (hasRoom ? taken : refused).push(nowMs);
    const leftMs = (taken[0] ?? nowMs) + WINDOW_MS - nowMs;
    const headers = {
      "X-RateLimit-Limit": String(LIMIT),
      "X-RateLimit-Remaining": String(LIMIT - taken.length),
      "X-RateLimit-Reset": String(Math.ceil((clock.wallMs() + leftMs) / 1_000)),
      // The server's own clock: the socket's would be the machine's.
      Date: new Date(clock.wallMs()).toUTCString(),
    };
    if (hasRoom) return { status: 200, headers, body: { id: `resp_${nowMs}`, output: [] } };
    const error = { message: "Slow down.", type: "rate_limit_error", code: "rate_limit_exceeded" };
    const retryAfter = String(Math.ceil(leftMs / 1_000));
    return { status: 429, headers: { ...headers, "Retry-After": retryAfter }, body: { error } };
  };
  return { take, refused };
}

describe("two hundred calls of the OpenAI SDK at sixty a minute", () => {
  it.each([
    ["the plan is known", { plan: "starter" }],
    ["the server's headers alone tell", {}],
  ])("are answered without one refusal, where %s", async (_, known) => {
    let take: (() => Scripted) | undefined;
    const { origin, arrivals } = await startServer(() => take?.() ?? { status: 500 });
    const baseURL = `${origin}/api/v1`;
    const deadline = { totalMs: 600_000 };
    const options = { apiKey, baseUrl: baseURL, deadline, ...known };
    const { client, clock, drive } = createVirtualClient(wire, options);
    const log = createLog(clock);
    take = log.take;
    const openai = new OpenAI({ apiKey, baseURL, fetch: client.fetch });
    const question = { model: "mavera-1", input: "Hello" };
    const calls = Array.from({ length: CALLS }, () => openai.responses.create(question));
    await drive(Promise.all(calls));
    expect(log.refused).toEqual([]);
    expect(arrivals).toHaveLength(CALLS);
    // The window lets the last twenty in after three minutes, and no client can be faster.
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(3 * WINDOW_MS);
    expect(clock.monotonicMs()).toBeLessThan(3.25 * WINDOW_MS);
  });
});
