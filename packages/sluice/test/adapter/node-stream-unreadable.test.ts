// What no server could read, on a connection that carries a stream: it waits for the stream's end, or ends the
// connection; no byte of it gets into the stream.

import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { gateOf, gateWith, HandMadeStream } from "./fixtures/hand-made-stream.ts";
import { serve } from "./fixtures/live-server.ts";
import type { RawClient } from "./fixtures/raw-client.ts";
import { chunked, request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

const GARBAGE = "GARBAGE\r\n\r\n";
const has = (client: RawClient, text: string) => until(() => client.unread.includes(text));

/** A caller in the middle of a stream. */
async function inStream(bytes = request()) {
  const stream = new HandMadeStream();
  const served = await serve(await gateWith(stream));
  const responses: ServerResponse[] = [];
  served.server.on("request", (_, response) => responses.push(response));
  let faults = 0;
  served.server.on("clientError", () => faults++);
  const accepted = new Promise<Socket>((resolve) => served.server.once("connection", resolve));
  const client = (await served.connect()).write(bytes);
  stream.send("data: 1\n\n");
  await has(client, "data: 1\n\n");
  const hasFaults = (count: number) => until(() => faults >= count);
  return { ...served, client, stream, responses, hasFaults, socket: await accepted };
}

/** What a client reads when it speaks up in the middle: the whole stream, and then the refusal. */
async function expectWhole(client: RawClient, stream: HandMadeStream, status = 400) {
  stream.send("data: 2\n\n");
  await has(client, "data: 2\n\n");
  stream.end();
  expect((await client.next()).body.toString()).toBe("data: 1\n\ndata: 2\n\n");
  const refused = await client.next();
  expect([refused.status, refused.header("connection")]).toEqual([status, "close"]);
  await client.closed;
  expect(client.unread).toHaveLength(0);
  expect(stream.cancels).toBe(0);
}

describe("what is no request, in the middle of a stream,", () => {
  it("waits for its end", async () => {
    const { client, stream, hasFaults } = await inStream();
    client.write(GARBAGE);
    await hasFaults(1);
    await expectWhole(client, stream);
  });

  it("is refused once, however much of it comes, and costs no listener a time", async () => {
    const { client, stream, responses, hasFaults, socket, server } = await inStream();
    client.write(GARBAGE);
    await hasFaults(1);
    const error = Object.assign(new Error("more"), { code: "HPE_INVALID_METHOD" });
    for (let times = 0; times < 20; times++) server.emit("clientError", error, socket);
    expect(responses[0]?.listenerCount("close")).toBe(1);
    await expectWhole(client, stream);
  });

  it("waits for the answer to its own request, too, where that did not need the body", async () => {
    const { client, stream, hasFaults, responses } = await inStream();
    client.write(request({ method: "POST", headers: ["Transfer-Encoding: chunked"] }));
    await until(() => responses[1]?.headersSent === true);
    client.write("zz\r\n");
    await hasFaults(1);
    stream.end();
    expect((await client.next()).body.toString()).toBe("data: 1\n\n");
    expect((await client.next()).body.toString()).toBe("whole");
    await client.closed;
  });

  it("may be the broken body of its own request", async () => {
    const head = request({ method: "POST", headers: ["Transfer-Encoding: chunked"] });
    const { client, stream, hasFaults } = await inStream(head);
    client.write("zz\r\n");
    await hasFaults(1);
    stream.send("data: 2\n\n");
    await has(client, "data: 2\n\n");
    stream.end();
    expect((await client.next()).body.toString()).toBe("data: 1\n\ndata: 2\n\n");
    await client.closed;
    expect(client.unread).toHaveLength(0);
  });

  it("may be a body that takes too long", async () => {
    const head = request({ method: "POST", headers: ["Content-Length: 10"] });
    const { client, stream, server, socket } = await inStream(head);
    // What Node does when its own clock, which no test can turn, says so.
    const error = Object.assign(new Error("late"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    server.emit("clientError", error, socket);
    await expectWhole(client, stream, 408);
  });
});

describe("a body that breaks before the gate has answered", () => {
  it("does not get into a stream before it", async () => {
    const stream = new HandMadeStream();
    let calls = 0;
    const gate = await gateOf(async (call) => {
      const isFirst = ++calls === 1;
      const read = isFirst ? undefined : await call.readBody(1_000);
      const body = isFirst ? stream : String(read?.kind);
      return { status: 200, headers: [], body };
    });
    const { connect, server } = await serve(gate);
    const fault = new Promise((resolve) => server.once("clientError", resolve));
    const client = await connect();
    const broken = chunked("abc", 2).replace("1\r\n", "zz\r\n");
    const headers = ["Transfer-Encoding: chunked"];
    client.write(request() + request({ method: "POST", headers, body: broken }));
    await fault;
    stream.send("data: 1\n\n");
    await has(client, "data: 1\n\n");
    stream.end();
    expect((await client.next()).body.toString()).toBe("data: 1\n\n");
    expect((await client.next()).status).toBe(400);
    await client.closed;
    expect(client.unread).toHaveLength(0);
  });
});

describe("a tunnel that is asked for", () => {
  it.each([
    ["without a body", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["with one", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"],
  ])("in the middle of a stream ends the connection: %s", async (_, bytes) => {
    const { client, stream } = await inStream();
    const before = client.unread.length;
    client.write(bytes);
    await client.closed;
    await until(() => stream.cancels === 1);
    expect(client.unread).toHaveLength(before);
  });

  it.each([
    ["without a body", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["with one", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"],
  ])("by a caller who resets the connection brings nothing down: %s", async (_, bytes) => {
    const { connect, server } = await serve(await gateWith());
    for (let times = 0; times < 10; times++) {
      const asked = new Promise((resolve) => server.once("connect", resolve));
      const client = (await connect()).write(bytes);
      await asked;
      client.socket.resetAndDestroy();
    }
    expect((await (await connect()).ask(request())).body.toString()).toBe("whole");
  });
});
