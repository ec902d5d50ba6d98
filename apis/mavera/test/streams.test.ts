// Streams, read with `fetch` alone: their events, what they cost, and how they end when something goes wrong.

import type { FetchHandler } from "sluice/gate";
import { describe, expect, test } from "vitest";
import { type LiveApi, startApi } from "./live-api.ts";
import { refusal, requestIdOf, windowOf } from "./reply.ts";
import { EventReader, type ServerSentEvent } from "./sse.ts";
import { type Streaming, streamings } from "./streaming.ts";

const unavailable = {
  message: "The service is temporarily unavailable. Please retry after 1 seconds.",
  type: "server_error",
  code: "service_unavailable",
  param: null,
};
const internalError = {
  message: "Something went wrong on our side. Please try again.",
  type: "server_error",
  code: "internal_error",
  param: null,
};

async function listen(api: LiveApi, { what, json }: Streaming, more: object = {}) {
  const response = await api.open(what, { json: { ...json, ...more } });
  return { response, reader: new EventReader(response), id: requestIdOf(response) };
}

/** Lets so many events pass, and then breaks off, as `broken` says. */
function breakAfter(events: number, broken: (controller: Controller) => void) {
  return (fetch: FetchHandler): FetchHandler =>
    async (request, caller) => {
      const { body, headers } = await fetch(request, caller);
      const reader = body?.getReader();
      let left = events;
      const cut = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const next = left-- > 0 ? await reader?.read() : undefined;
          if (next?.value === undefined) broken(controller);
          else controller.enqueue(next.value);
        },
      });
      return new Response(cut, { headers });
    };
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

describe.each(Object.entries(streamings))("%s", (_, streaming) => {
  const { credits, events, isDelta, isCompletion, textOf } = streaming;

  test("streams its events, and the last of them once it is paid for", async () => {
    const api = await startApi();
    const { response, reader } = await listen(api, streaming);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/event-stream");
    expect(windowOf(response)).toMatchObject({ limit: "60", remaining: "59" });
    const heard: ServerSentEvent[] = [];
    for (let event = await reader.next(); event !== undefined; event = await reader.next()) {
      heard.push(event);
      if (isCompletion(event)) expect(api.funds()).toMatchObject({ used: credits, held: 0 });
    }
    expect(heard).toHaveLength(events);
    expect(heard.at(-1)?.text).toBe("[DONE]");
    expect(heard.filter(isCompletion)).toHaveLength(1);
    const said = heard.filter(isDelta).map(textOf).join("");
    expect(said).toMatch(/^This is a stand-in: no model was asked. You said: "lorem .*"$/);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("says nothing of what it costs beside its events", async () => {
    const api = await startApi();
    const { text } = await api.send(streaming.what, { json: streaming.json });
    expect(text).not.toContain("sluice");
  });

  test("has one row in the log, with what was charged", async () => {
    const api = await startApi();
    const { reader, id } = await listen(api, streaming);
    await reader.rest();
    expect(await api.row(id)).toMatchObject({ status: 200, ending: "done", charged: credits });
    expect(api.stores.log.find({ limit: 10 })).toHaveLength(1);
  });

  test("that takes too long ends with an error, and is not charged", async () => {
    const api = await startApi();
    const { reader, id } = await listen(api, streaming, { delay: 600_000 });
    expect((await reader.next())?.name).not.toBe("error");
    await api.clock.advance(120_000);
    const last = (await reader.rest()).at(-1);
    expect([last?.name, last?.data]).toEqual(["error", { error: unavailable }]);
    expect(await api.row(id)).toMatchObject({ code: "service_unavailable", charged: 0 });
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
  });

  test.each<[string, (controller: Controller) => void]>([
    ["breaks", (controller) => controller.error(new Error("hunter2"))],
    ["ends without its completion", (controller) => controller.close()],
    [
      "tells of an error of its own",
      (controller) => {
        controller.enqueue(new TextEncoder().encode('event: error\ndata: "hunter2"\n\n'));
        controller.close();
      },
    ],
  ])("that %s ends with an error, and is not charged", async (_, broken) => {
    const api = await startApi({ wrap: breakAfter(5, broken) });
    const { reader, id } = await listen(api, streaming);
    const heard = await reader.rest();
    const last = heard.at(-1);
    expect(heard).toHaveLength(6);
    expect([last?.name, last?.data]).toEqual(["error", { error: internalError }]);
    expect(JSON.stringify(heard)).not.toContain("hunter2");
    expect(await api.row(id)).toMatchObject({ code: "internal_error", charged: 0 });
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("is not completed for whom the ledger could not charge", async () => {
    const api = await startApi({
      wrap: (fetch) => (request, caller) => {
        api.outages.begin("ledger");
        return fetch(request, caller);
      },
    });
    const { reader } = await listen(api, streaming);
    const heard = await reader.rest();
    expect(heard.filter(isCompletion)).toEqual([]);
    expect(heard.at(-1)?.data).toEqual({ error: unavailable });
  });

  test("that is refused is no stream, and its refusal is like any other", async () => {
    const api = await startApi();
    const { what, json } = streaming;
    const reply = await api.send(what, { json, key: api.keys.exhausted });
    expect(reply.headers.get("Content-Type")).toBe("application/json");
    expect(refusal(reply)).toMatchObject({ status: 402, code: "credits_exhausted" });
  });
});
