// Callers who leave in the midst of a stream, at each of its events: what they had until then is charged, once,
// and never more than the whole would have cost.

import { connect, type Socket } from "node:net";
import { HeldBack } from "@sluice-internal/both-ways/held-back";
import { until } from "@sluice-internal/both-ways/until";
import type { LogRow } from "sluice/gate";
import { describe, expect, test } from "vitest";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { starterId } from "./people.ts";
import { requestIdOf } from "./reply.ts";
import { EventReader, type ServerSentEvent } from "./sse.ts";
import { type Streaming, streamings } from "./streaming.ts";
import { Turnstile } from "./turnstile.ts";

interface Left {
  readonly heard: readonly ServerSentEvent[];
  readonly row: LogRow;
}

type Leave = (api: LiveApi, turnstile: Turnstile, asked: Streaming, after: number) => Promise<Left>;

/** Aborts the request, as browsers and SDKs do. */
const abort: Leave = async (api, turnstile, { what, json }, after) => {
  const leaving = new AbortController();
  const response = await api.open(what, { json, signal: leaving.signal });
  const reader = new EventReader(response);
  const heard: ServerSentEvent[] = [];
  turnstile.letPass(after);
  for (let n = 0; n < after; n++) heard.push(await one(reader));
  leaving.abort();
  return { heard, row: await api.row(requestIdOf(response)) };
};

/** Tears the connection down, as a crash or a lost network does. */
const tear: Leave = async (api, turnstile, { what, json }, after) => {
  const { hostname, port, pathname } = new URL(api.url);
  const body = JSON.stringify(json);
  const socket = connect(Number(port), hostname);
  const head = [
    `POST ${pathname}${what.split(" ")[1]} HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: Bearer ${api.keys.starter}`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  const text = new SocketText(socket);
  const id = /x-request-id: (\S+)/i.exec(await text.until("\r\n\r\n", 1))?.[1] ?? "";
  turnstile.letPass(after);
  const chunks = await text.until("\n\n", after);
  socket.destroy();
  const heard = new EventReader(new Response(unchunked(chunks, after)));
  return { heard: await heard.rest(), row: await api.row(id) };
};

class SocketText {
  readonly #socket: Socket;
  #received = "";

  constructor(socket: Socket) {
    this.#socket = socket.setEncoding("utf8");
  }

  /** All that came, as soon as it has so many of these. */
  async until(mark: string, count: number): Promise<string> {
    while (this.#received.split(mark).length <= count) {
      const { promise, resolve } = Promise.withResolvers<string>();
      this.#socket.once("data", resolve);
      this.#received += await promise;
    }
    return this.#received;
  }
}

/** The events of a chunked body; a chunk is an event here. */
function unchunked(answer: string, events: number): string {
  const [, ...lines] = answer.split("\r\n\r\n").slice(1).join("\r\n\r\n").split("\r\n");
  return lines
    .filter((_, n) => n % 2 === 0)
    .slice(0, events)
    .join("");
}

async function one(reader: EventReader): Promise<ServerSentEvent> {
  const event = await reader.next();
  if (event === undefined) throw new Error("expected one more event");
  return event;
}

describe.each(Object.entries(streamings))("%s", (_, streaming) => {
  const { credits, events, costAfter, isDelta, isCompletion } = streaming;

  test.each([
    ["aborts", abort],
    ["tears the connection", tear],
  ])("is charged once, for what was heard, to a caller who %s at any event", async (_, leave) => {
    const turnstile = new Turnstile();
    const api = await startApi({ wrap: turnstile.wrap });
    const grant = { id: "many", accountId: starterId, amount: 10_000, reason: "tests" };
    api.stores.ledger.grant(grant, api.clock.wallMs());
    let total = 0;
    for (let after = 0; after < events; after++) {
      const { heard, row } = await leave(api, turnstile, streaming, after);
      const isWhole = heard.some(isCompletion);
      const cost = isWhole ? credits : costAfter(heard.filter(isDelta).length);
      total += cost;
      expect([after, heard.length, row.charged]).toEqual([after, after, cost]);
      expect(row).toMatchObject(
        isWhole ? { ending: "done", status: 200 } : { ending: "abandoned", status: 499 },
      );
      expect(cost).toBeLessThanOrEqual(credits);
      expect(chargedFor(api, row.requestId)).toBe(cost);
    }
    expect(api.funds()).toMatchObject({ used: total, held: 0 });
    expect(api.stores.limits.slotsInUse(`mave:${starterId}`)).toBe(0);
    expect(api.stores.ledger.audit()).toEqual([]);
    expect(api.stores.log.find({ limit: 100 })).toHaveLength(events);
    // The plain API hears of it over a socket, where there is one.
    await until(() => api.clock.pendingTimers === 0);
    expect(api.events).toEqual([]);
  });
});

function chargedFor(api: LiveApi, holdId: string): number {
  return api.stores.ledger
    .entries(starterId, { limit: 10_000 })
    .filter((entry) => entry.holdId === holdId && entry.to === "charged")
    .reduce((sum, { amount }) => sum + amount, 0);
}

describe("a caller who leaves before anything has come", () => {
  test.each([
    ["a stream", { ...hello, stream: true }],
    ["an answer in one piece", hello],
  ])("is not charged for %s", async (_, json) => {
    const held = new HeldBack();
    const api = await startApi({ wrap: held.wrap });
    const leaving = new AbortController();
    const asked = api.open("POST /responses", { json, signal: leaving.signal });
    await held.entered;
    const [arrival] = api.arrivals.all;
    if (arrival === undefined) throw new Error("expected a request at the plain API");
    const { request, caller } = arrival;
    const noticed = new Promise((resolve) => request.signal.addEventListener("abort", resolve));
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await noticed;
    held.release();
    expect(await api.row(caller.requestId)).toMatchObject({
      ending: "abandoned",
      status: 499,
      charged: 0,
    });
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
    expect(api.stores.ledger.audit()).toEqual([]);
  });
});

test("of a question to Mave that was broken off, nothing enters the thread", async () => {
  const turnstile = new Turnstile();
  const api = await startApi({ wrap: turnstile.wrap });
  const mave = streamings["an answer of Mave's"];
  if (mave === undefined) throw new Error("expected Mave among those that stream");
  await abort(api, turnstile, mave, mave.events - 3);
  expect((await api.send("GET /mave/threads")).body.data).toEqual([]);
  await abort(api, turnstile, mave, mave.events - 1);
  const { data } = (await api.send("GET /mave/threads")).body;
  expect(data).toMatchObject([{ message_count: 2, credits_used: 40 }]);
});
