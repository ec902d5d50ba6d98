// Callers who leave a stream, seen from the socket: it is cancelled once, nothing more is asked of it, and
// nothing is left behind.

import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/gate/index.ts";
import { events, gateOf, gateWith, HandMadeStream } from "./fixtures/hand-made-stream.ts";
import { type Served, serve } from "./fixtures/live-server.ts";
import type { RawClient } from "./fixtures/raw-client.ts";
import { request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

const has = (client: RawClient, text: string) => until(() => client.unread.includes(text));

/** Keeps the responses of a server. */
function responsesOf({ server }: Served): readonly ServerResponse[] {
  const responses: ServerResponse[] = [];
  server.on("request", (_, response) => responses.push(response));
  return responses;
}

async function hasNoConnections({ server }: Served): Promise<void> {
  const count = () => new Promise<number>((resolve) => server.getConnections((_, n) => resolve(n)));
  while ((await count()) > 0) await new Promise((resolve) => setImmediate(resolve));
}

function expectNoListeners(responses: readonly ServerResponse[]): void {
  for (const response of responses) {
    const left = ["drain", "close"].map((event) => response.listenerCount(event));
    expect(left).toEqual([0, 0]);
  }
}

/** How far a stream has come when its caller leaves. */
const MOMENTS: readonly (readonly [
  string,
  (client: RawClient, stream: HandMadeStream, response: () => ServerResponse) => Promise<void>,
])[] = [
  ["before the first piece", (client) => has(client, "\r\n\r\n")],
  [
    "between two pieces",
    async (client, stream) => {
      stream.send("data: 1\n\n");
      await has(client, "data: 1\n\n");
    },
  ],
  [
    "while a piece is on its way",
    async (_, stream) => {
      stream.send("data: 1\n\n");
      await until(() => stream.nexts === 2);
      stream.send(new Uint8Array(100_000));
    },
  ],
  [
    "while it does not read",
    async (client, stream, response) => {
      client.socket.pause();
      stream.send(new Uint8Array(30_000_000));
      await until(() => response().writableNeedDrain);
    },
  ],
];

const GOODBYES: readonly (readonly [string, (client: RawClient) => unknown])[] = [
  ["closes its connection", (client) => client.leave()],
  ["resets it", (client) => client.socket.resetAndDestroy()],
];

describe("a caller who leaves a stream", () => {
  const rows = GOODBYES.flatMap(([how, leave]) =>
    MOMENTS.map(([when, come]) => ({ how, when, come, leave })),
  );

  it.each(rows)("$when, and $how: it is cancelled once", async ({ come, leave }) => {
    const stream = new HandMadeStream();
    const served = await serve(await gateWith(stream));
    const responses = responsesOf(served);
    const client = (await served.connect()).write(request());
    await until(() => stream.nexts === 1);
    await come(client, stream, () => responses[0] ?? expect.fail("no response"));
    leave(client);
    await until(() => stream.cancels === 1);
    const { nexts } = stream;
    // What comes too late goes nowhere.
    stream.send("data: late\n\n");
    stream.end();
    await hasNoConnections(served);
    expect([stream.nexts, stream.cancels]).toEqual([nexts, 1]);
    expectNoListeners(responses);
    const other = await served.connect();
    expect((await other.ask(request())).body.toString()).toBe("whole");
  });

  it("before there is one: it is cancelled unread", async () => {
    let answer: ((answer: Answer) => void) | undefined;
    const stream = new HandMadeStream();
    const gate = await gateOf(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const served = await serve(gate);
    const responses = responsesOf(served);
    const client = (await served.connect()).write(request());
    await until(() => answer !== undefined);
    client.leave();
    await hasNoConnections(served);
    answer?.(events(stream));
    await until(() => stream.cancels === 1);
    expect(stream.nexts).toBe(0);
    expectNoListeners(responses);
  });

  it("that waits behind another: both are cancelled", async () => {
    const streams = [new HandMadeStream(), new HandMadeStream(), new HandMadeStream()];
    const served = await serve(await gateWith(...streams));
    const responses = responsesOf(served);
    const client = (await served.connect()).write(request().repeat(3));
    await until(() => streams.every(({ nexts }) => nexts === 1));
    client.leave();
    await until(() => streams.every(({ cancels }) => cancels === 1));
    await hasNoConnections(served);
    expect(streams.map(({ nexts, cancels }) => [nexts, cancels])).toEqual(Array(3).fill([1, 1]));
    expectNoListeners(responses);
  });

  it("while the body of its request is still coming: that is noticed, too", async () => {
    const stream = new HandMadeStream();
    const served = await serve(await gateWith(stream));
    const head = request({ method: "POST", headers: ["Content-Length: 3000000"] });
    const client = (await served.connect()).write(head);
    client.write("x".repeat(1_000_000));
    await until(() => client.socket.writableLength === 0);
    await has(client, "\r\n\r\n");
    client.leave();
    await until(() => stream.cancels === 1);
  });

  it("at its end: it was not cancelled, it ended", async () => {
    const stream = HandMadeStream.of("data: 1\n\n");
    const served = await serve(await gateWith(stream));
    const responses = responsesOf(served);
    const client = await served.connect();
    expect((await client.ask(request())).body.toString()).toBe("data: 1\n\n");
    expectNoListeners(responses);
    client.leave();
    await hasNoConnections(served);
    expect([stream.nexts, stream.cancels]).toEqual([2, 0]);
  });
});
