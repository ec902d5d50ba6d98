// The `Idempotency-Key` of a stream: what can be done again with it, by how the stream ended.

import { describe, expect, test } from "vitest";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { refusal, requestIdOf } from "./reply.ts";
import { EventReader } from "./sse.ts";
import { type Streaming, streamings } from "./streaming.ts";
import { Turnstile } from "./turnstile.ts";

const headers = { "Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324" };

const unrepeatable = {
  status: 422,
  type: "idempotency_error",
  code: "idempotency_key_reused",
  message: "This Idempotency-Key was used before, and its answer cannot be repeated.",
  param: "Idempotency-Key",
};
const inProgress = { status: 409, type: "idempotency_error", code: "request_in_progress" };

const ask = (api: LiveApi, { what, json }: Streaming) => api.send(what, { json, headers });

async function begin(api: LiveApi, { what, json }: Streaming) {
  const response = await api.open(what, { json, headers });
  return { reader: new EventReader(response), response, row: api.row(requestIdOf(response)) };
}

describe.each(Object.entries(streamings))("the key of %s", (_, streaming) => {
  const { credits, costAfter, isDelta } = streaming;

  test("cannot have its answer repeated once the stream was whole", async () => {
    const api = await startApi();
    const { reader } = await begin(api, streaming);
    await reader.rest();
    expect(refusal(await ask(api, streaming))).toEqual(unrepeatable);
    expect(api.arrivals.all).toHaveLength(1);
    expect(api.funds()).toMatchObject({ used: credits, held: 0 });
  });

  test("is in progress while the stream is", async () => {
    const turnstile = new Turnstile();
    const api = await startApi({ wrap: turnstile.wrap });
    const { reader } = await begin(api, streaming);
    turnstile.letPass(1);
    await reader.next();
    expect(refusal(await ask(api, streaming))).toMatchObject(inProgress);
    turnstile.letPass(100);
    await reader.rest();
    expect(refusal(await ask(api, streaming))).toEqual(unrepeatable);
  });

  test("cannot be used again for a stream that was left when it had cost something", async () => {
    const turnstile = new Turnstile();
    const api = await startApi({ wrap: turnstile.wrap });
    const { what, json } = streaming;
    const leaving = new AbortController();
    const response = await api.open(what, { json, headers, signal: leaving.signal });
    const reader = new EventReader(response);
    turnstile.letPass(6);
    let deltas = 0;
    for (let n = 0; n < 6; n++) {
      const event = await reader.next();
      if (event !== undefined && isDelta(event)) deltas += 1;
    }
    leaving.abort();
    const { charged } = await api.row(requestIdOf(response));
    expect(charged).toBe(costAfter(deltas));
    expect(refusal(await ask(api, streaming))).toEqual(unrepeatable);
    expect(api.funds()).toMatchObject({ used: charged, held: 0 });
  });

  test("can be used again after a stream that ended with an error", async () => {
    const api = await startApi();
    const slow = { ...streaming, json: { ...streaming.json, delay: 600_000 } };
    const { reader, row } = await begin(api, slow);
    await reader.next();
    await api.clock.advance(120_000);
    expect((await reader.rest()).at(-1)?.name).toBe("error");
    await row;
    const again = await begin(api, slow);
    expect(again.response.status).toBe(200);
    await again.response.body?.cancel().catch(() => undefined);
    expect(api.arrivals.all).toHaveLength(2);
  });
});

test("a key of an answer in one piece is not that of a stream", async () => {
  const api = await startApi();
  await api.send("POST /responses", { json: hello, headers });
  const stream = { json: { ...hello, stream: true }, headers };
  expect(refusal(await api.send("POST /responses", stream))).toMatchObject({
    status: 422,
    message: "This Idempotency-Key was used before with a different request.",
  });
});
