// Streams on node:http, over real sockets: each piece leaves when it comes, none is asked for too early, and the
// connection is what it was before.

import { request as httpRequest, type IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import type { AnswerStream } from "../../src/gate/index.ts";
import { events, gateOf, gateWith, HandMadeStream } from "./fixtures/hand-made-stream.ts";
import { serve } from "./fixtures/live-server.ts";
import type { RawClient } from "./fixtures/raw-client.ts";
import { request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

const has = (client: RawClient, text: string) => until(() => client.unread.includes(text));

/** A client that has asked, and what it is answered with. */
async function ask(bytes = request(), stream = new HandMadeStream()) {
  const { connect } = await serve(await gateWith(stream));
  const client = (await connect()).write(bytes);
  return { client, stream, connect };
}

describe("a stream", () => {
  it("begins with its head, before there is a first piece", async () => {
    const { client, stream } = await ask();
    await has(client, "\r\n\r\n");
    expect(stream.nexts).toBe(1);
    stream.end();
    const response = await client.next();
    expect(response.status).toBe(200);
    expect(response.header("content-type")).toBe("text/event-stream");
    expect(response.header("content-length")).toBeUndefined();
    expect(response.header("transfer-encoding")).toBe("chunked");
  });

  it("sends each piece at once and by itself, and asks for the next one then", async () => {
    const { client, stream } = await ask();
    for (let turn = 1; turn <= 5; turn++) {
      await until(() => stream.nexts === turn);
      stream.send(`data: ${turn}\n\n`);
      await has(client, `\r\n9\r\ndata: ${turn}\n\n\r\n`);
    }
    stream.end();
    const { body } = await client.next();
    expect(body.toString()).toBe("data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n");
    expect([stream.nexts, stream.cancels]).toEqual([6, 0]);
  });

  it("may end before it began, and may have empty pieces", async () => {
    const { connect } = await serve(
      await gateWith(HandMadeStream.of(), HandMadeStream.of("", "a", "", "b", "")),
    );
    const client = await connect();
    expect((await client.ask(request())).body).toHaveLength(0);
    expect((await client.ask(request())).body.toString()).toBe("ab");
  });

  it("may have pieces of any size", async () => {
    const sizes = [1, 65_535, 65_536, 65_537, 3_000_000, 2];
    const pieces = sizes.map((size, index) => new Uint8Array(size).fill(index));
    const { client } = await ask(request(), HandMadeStream.of(...pieces));
    expect((await client.next()).body.equals(Buffer.concat(pieces))).toBe(true);
  });

  it("leaves a connection that can be used again", async () => {
    const { client, stream } = await ask();
    stream.send("data: 1\n\n");
    stream.end();
    expect((await client.next()).header("connection")).not.toBe("close");
    expect((await client.ask(request())).body.toString()).toBe("whole");
  });

  it("to a caller of HTTP/1.0 has no framing: the connection ends with it", async () => {
    for (const headers of [[], ["Connection: keep-alive"]]) {
      const bytes = request({ headers }).replace("HTTP/1.1", "HTTP/1.0");
      const { client, stream } = await ask(bytes);
      stream.send("data: 1\n\n");
      await has(client, "\r\n\r\ndata: 1\n\n");
      stream.send("data: 2\n\n");
      stream.end();
      const response = await client.next();
      await client.closed;
      expect(response.body.toString()).toBe("data: 1\n\ndata: 2\n\n");
      expect(response.header("transfer-encoding")).toBeUndefined();
      expect(response.header("connection")).toBe("close");
    }
  });

  it("whose request's body nobody reads ends the connection, too", async () => {
    const head = request({ method: "POST", headers: ["Content-Length: 70000"] });
    const { client, stream } = await ask(head);
    stream.send("data: 1\n\n");
    await has(client, "data: 1");
    stream.end();
    const response = await client.next();
    expect(response.header("connection")).toBe("close");
    expect(response.body.toString()).toBe("data: 1\n\n");
    await client.closed;
  });

  it("is sent in its turn when requests are pipelined, as is what comes behind it", async () => {
    const [first, second] = [new HandMadeStream(), new HandMadeStream()];
    const { connect } = await serve(await gateWith(first, second));
    const client = (await connect()).write(request().repeat(3));
    await until(() => second.nexts === 1);
    second.send("second");
    second.end();
    first.send("first");
    await has(client, "first");
    expect(client.unread.includes("second")).toBe(false);
    first.end();
    for (const text of ["first", "second", "whole"]) {
      expect((await client.next()).body.toString()).toBe(text);
    }
    expect([first.cancels, second.cancels]).toEqual([0, 0]);
  });
});

describe("an answer that cannot have a body", () => {
  it.each([
    ["GET", 204],
    ["GET", 304],
    ["HEAD", 200],
  ])("ends its stream unread: %s, %i", async (method, status) => {
    const stream = HandMadeStream.of("data: 1\n\n");
    const { connect } = await serve(await gateOf(() => events(stream, status)));
    const client = await connect();
    client.write(request({ method }) + request({ method }));
    expect((await client.next(method)).status).toBe(status);
    expect((await client.next(method)).status).toBe(status);
    expect(client.unread).toHaveLength(0);
    expect([stream.nexts, stream.cancels]).toEqual([0, 2]);
  });
});

describe("a stream that breaks its word", () => {
  const rejecting: AnswerStream = {
    next: () => Promise.reject(new Error("broken")),
    cancel: () => undefined,
  };
  const throwing: AnswerStream = {
    ...rejecting,
    next() {
      throw new Error("broken");
    },
  };

  it.each([
    ["rejects", rejecting],
    ["throws", throwing],
  ])("and %s costs one connection, not the process", async (_, stream) => {
    const { connect } = await serve(await gateWith(stream));
    const client = (await connect()).write(request());
    await client.closed;
    expect(client.unread.toString()).not.toContain("0\r\n\r\n");
    expect((await (await connect()).ask(request())).body.toString()).toBe("whole");
  });

  it("with a head that cannot be written is cancelled", async () => {
    const stream = new HandMadeStream();
    const headers = ["X-Broken", "a\r\nb"];
    const { connect } = await serve(await gateOf(() => ({ status: 200, headers, body: stream })));
    const client = (await connect()).write(request());
    await client.closed;
    expect([stream.nexts, stream.cancels]).toEqual([0, 1]);
    expect(client.unread).toHaveLength(0);
  });
});

describe("a caller who does not read", () => {
  const PIECES = 400;
  const piece = new Uint8Array(131_072).fill(120);

  it("is sent no more than connections hold, and the rest once it reads again", async () => {
    const stream = HandMadeStream.of(...Array.from({ length: PIECES }, () => piece));
    const { port, server } = await serve(await gateWith(stream));
    let needsDrain = () => false;
    server.on("request", (_, response) => {
      needsDrain = () => response.writableNeedDrain;
    });
    const response = await new Promise<IncomingMessage>((resolve) => {
      httpRequest({ port, host: "127.0.0.1" }, resolve).end();
    });
    await hasSettled(() => (needsDrain() ? stream.nexts : undefined));
    expect(stream.nexts).toBeLessThan(PIECES / 2);

    let received = 0;
    for await (const chunk of response) received += chunk.length;
    expect(received).toBe(PIECES * piece.length);
    expect([stream.nexts, stream.cancels]).toEqual([PIECES + 1, 0]);
  });
});

/** Waits until a number is there and has not changed for many turns of the event loop. */
async function hasSettled(count: () => number | undefined): Promise<void> {
  let before: number | undefined;
  let turns = 0;
  await until(() => {
    const now = count();
    turns = now !== undefined && now === before ? turns + 1 : 0;
    before = now;
    return turns === 200;
  });
}
