// Streams from the fetch handler: a piece for each read, none before it is asked for, and a cancel that arrives.

import { describe, expect, it } from "vitest";
import { createFetchHandler } from "../../src/adapter/fetch.ts";
import { events, gateOf, gateWith, HandMadeStream } from "./fixtures/hand-made-stream.ts";

const ask = (method = "GET") => new Request("http://acme.test/v1/hello", { method });

/** The response to one request, and what reads its body. */
async function start(stream = new HandMadeStream()) {
  const response = await createFetchHandler(await gateWith(stream))(ask());
  const reader = response.body?.getReader() ?? expect.fail("no body");
  const read = async () => {
    const { value } = await reader.read();
    return value && Buffer.from(value).toString();
  };
  return { response, stream, reader, read };
}

/** Not every runtime passes a read on within the turn in which it is asked for. */
function aTurnLater(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a stream in a Response", () => {
  it("is there with its head, and nothing is read before it is asked for", async () => {
    const { response, stream } = await start(HandMadeStream.of("data: 1\n\n"));
    expect(response.status).toBe(200);
    expect([...response.headers]).toEqual([["content-type", "text/event-stream"]]);
    await aTurnLater();
    expect(stream.nexts).toBe(0);
  });

  it("gives a piece for each read, at once", async () => {
    const { stream, read } = await start();
    for (let turn = 1; turn <= 3; turn++) {
      const piece = read();
      await aTurnLater();
      expect(stream.nexts).toBe(turn);
      stream.send(`data: ${turn}\n\n`);
      expect(await piece).toBe(`data: ${turn}\n\n`);
      expect(stream.nexts).toBe(turn);
    }
    stream.end();
    expect(await read()).toBeUndefined();
    expect([stream.nexts, stream.cancels]).toEqual([4, 0]);
  });

  it("may end before it began", async () => {
    const { read } = await start(HandMadeStream.of());
    expect(await read()).toBeUndefined();
  });

  it("is cancelled once when its reader goes: before, between and during reads", async () => {
    for (const readsBefore of [0, 1]) {
      for (const isReading of [false, true]) {
        const { stream, reader, read } = await start();
        stream.send("data: 1\n\n");
        if (readsBefore === 1) await read();
        const pending = isReading ? read() : undefined;
        await aTurnLater();
        await reader.cancel();
        // What comes too late goes nowhere.
        stream.send("data: late\n\n");
        stream.end();
        await pending;
        expect(await read()).toBeUndefined();
        expect([stream.nexts, stream.cancels]).toEqual([readsBefore + (isReading ? 1 : 0), 1]);
      }
    }
  });

  it.each([
    ["GET", 204],
    ["GET", 304],
    ["HEAD", 200],
  ])("ends unread where there can be no body: %s, %i", async (method, status) => {
    const stream = HandMadeStream.of("data: 1\n\n");
    const handle = createFetchHandler(await gateOf(() => events(stream, status)));
    const response = await handle(ask(method));
    expect([response.status, response.body]).toEqual([status, null]);
    expect([stream.nexts, stream.cancels]).toEqual([0, 1]);
  });
});
