// The user's own undici as the transport, over real sockets.

import { wire } from "@sluice-apis/mavera/contract";
import { createClient, isApiError, undiciTransport } from "sluice/client";
import * as undici from "undici";
import { describe, expect, it } from "vitest";
import { refusingOrigin, type Script, startServer } from "./scripted-server.ts";
import { thrownBy } from "./virtual-client.ts";

const apiKey = `mvra_live_${"k".repeat(32)}`;
const question = { body: { model: "mavera-1", input: "Hello" } } as const;

async function start(script: Script) {
  const { origin, arrivals } = await startServer(script);
  const onEvent = () => undefined;
  const transport = undiciTransport(undici);
  return { client: createClient(wire, { apiKey, baseUrl: origin, transport, onEvent }), arrivals };
}

describe("undici as the transport", () => {
  it("brings an answer of a told length, and one that comes in chunks", async () => {
    const long = { text: "ä".repeat(100_000) };
    const headers = { "content-length": String(Buffer.byteLength(JSON.stringify(long))) };
    const { client, arrivals } = await start((_, number) => ({
      status: 200,
      body: long,
      ...(number === 1 && { headers }),
    }));
    expect(await client.call("createResponse", question)).toEqual(long);
    expect(await client.call("createResponse", question)).toEqual(long);
    expect(arrivals[0]?.headers["authorization"]).toBe(`Bearer ${apiKey}`);
    expect(JSON.parse(arrivals[0]?.body ?? "")).toEqual(question.body);
  });

  it("hands a stream on event by event", async () => {
    const { client } = await start(() => ({
      status: 200,
      events: ['event: a\ndata: {"n":1}\n\n', "event: response.completed\ndata: {}\n\n"],
    }));
    const events = [];
    for await (const event of client.stream("createResponse", question)) events.push(event);
    expect(events).toEqual([
      { name: "a", data: { n: 1 } },
      { name: "response.completed", data: {} },
    ]);
  });

  it("is as good a fetch as the platform's, for answers and for connections that fail", async () => {
    const { origin } = await startServer(() => ({ status: 201, body: { is: "it" } }));
    const transport = undiciTransport(undici);
    const { fetch } = createClient(wire, { apiKey, baseUrl: origin, transport });
    const answer = await fetch(`${origin}/anything`, { method: "PUT", body: "{}" });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toEqual({ is: "it" });
    const failed = await thrownBy(fetch(await refusingOrigin(), { method: "POST" }));
    expect(isApiError(failed, "connection_failed")).toBe(true);
  });

  it("tries a 503 again and a refusal never, and reads both", async () => {
    const error = { message: "No.", type: "x", code: "credits_exhausted", param: null };
    const { client, arrivals } = await start((_, number) =>
      number === 1
        ? { status: 503, headers: { "retry-after-ms": "1" }, body: {} }
        : { status: 402, body: { error } },
    );
    const thrown = await thrownBy(client.call("createResponse", question));
    expect(isApiError(thrown, "credits_exhausted")).toBe(true);
    expect(arrivals).toHaveLength(2);
  });
});
