// An upstream that says nothing for long: a fault in the middle of an answer, none among events, none where we hold it back.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { turns } from "../door/fixtures/turns.ts";
import { type RawConnection, RawUpstream } from "./fixtures/raw-upstream.ts";
import { bodyOf, readAll, sourceIn, upstreamAt, workOf } from "./fixtures/work.ts";

const SWITCHED =
  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain";

describe("silence", () => {
  it("in the middle of an answer breaks it off, once it has lasted too long and not before", async () => {
    const clock = new VirtualClock();
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { clock, idleTimeoutMs: 10_000 });
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nContent-Length: 100000\r\n\r\na`);
    const source = sourceIn(await done);
    await source.next();
    await clock.advance(9_000);
    const second = source.next();
    connection.say("b");
    expect(Buffer.from((await second) ?? "").toString()).toBe("b");
    await clock.advance(9_000);
    const third = source.next();
    connection.say("c");
    expect(Buffer.from((await third) ?? "").toString()).toBe("c");
    await clock.advance(11_000);
    await expect(source.next()).rejects.toThrow("nothing came for too long");
    await connection.until(({ closed }) => closed);
  });

  it("of our own making breaks nothing off: a slow reader may take its time", async () => {
    const clock = new VirtualClock();
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { clock, idleTimeoutMs: 10_000 });
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nContent-Length: 20000000\r\n\r\n${"x".repeat(20_000_000)}`);
    const source = sourceIn(await done);
    await standstill(connection);
    await clock.advance(100_000);
    expect(await readAll(source)).toHaveLength(20_000_000);
  });

  it("of both ends of an upgraded connection is its end, and no fault; a word of either is none", async () => {
    const clock = new VirtualClock();
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { clock, idleTimeoutMs: 10_000 });
    const words: ((word: Uint8Array | undefined) => void)[] = [];
    const next = () => new Promise<Uint8Array | undefined>((resolve) => words.push(resolve));
    const bytes = { next, cancel: () => words.shift()?.(undefined) };
    const done = upstream.done(workOf({ upgrade: { protocol: "websocket", bytes } }));
    const connection = await raw.connection();
    await connection.request();
    connection.say(SWITCHED);
    const source = sourceIn(await done);
    await clock.advance(9_000);
    words.shift()?.(Buffer.from("a"));
    await connection.until(({ heard }) => heard === "a");
    await clock.advance(9_000);
    connection.say("b");
    expect(Buffer.from((await source.next()) ?? "").toString()).toBe("b");
    await clock.advance(9_000);
    expect(connection.closed).toBe(false);
    await clock.advance(2_000);
    expect(await source.next()).toBeUndefined();
    await connection.until(({ closed }) => closed);
    expect(upstream.load.busy).toBe(0);
    expect(words).toEqual([]);
  });

  it("of an upstream that takes nothing of a body is a failure; of a caller who sends nothing it is none", async () => {
    const clock = new VirtualClock();
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { clock, idleTimeoutMs: 10_000 });
    const words: ((word: Uint8Array) => void)[] = [];
    const next = () => new Promise<Uint8Array>((resolve) => words.push(resolve));
    const cancel = () => words.shift()?.(new Uint8Array());
    const passedBody = { length: undefined, next, cancel };
    const result = upstream.run(workOf({ method: "POST", passedBody }));
    const connection = await raw.connection();
    await turns(() => words.length > 0);
    words.shift()?.(Buffer.from("a"));
    await connection.until(({ heard }) => heard.includes("1\r\na"));
    await clock.advance(100_000);
    expect(connection.closed).toBe(false);
    connection.socket.pause();
    // More than lies between the two, until nobody asks for more.
    for (let waited = 0; waited < 200; waited++) {
      if (words.length > 0) waited = 0;
      words.shift()?.(Buffer.alloc(1_048_576));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await clock.advance(9_000);
    expect(upstream.failures).toEqual([]);
    await clock.advance(3_000);
    expect(await result).toMatchObject({ kind: "refusal", condition: "unavailable" });
    expect(upstream.failures).toMatchObject([{ phase: "head" }]);
    expect(upstream.load.busy).toBe(0);
  });

  it("of an upstream that has taken all of a body is the deadline's business", async () => {
    const clock = new VirtualClock();
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { clock, idleTimeoutMs: 10_000 });
    const passedBody = bodyOf([Buffer.from("abc")], 3);
    const done = upstream.done(workOf({ method: "POST", passedBody }));
    const connection = await raw.connection();
    await connection.request(3);
    await clock.advance(100_000);
    connection.say(`${OK}\r\nContent-Length: 1\r\n\r\na`);
    expect((await done).body).toBe("a");
  });

  it("in a stream of events is no fault", async () => {
    const clock = new VirtualClock();
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { clock, idleTimeoutMs: 10_000 });
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    const source = sourceIn(await done);
    await clock.advance(3_600_000);
    const next = source.next();
    connection.say("data: 1\n\n");
    expect(Buffer.from((await next) ?? "").toString()).toBe("data: 1\n\n");
    source.cancel();
  });
});

/** Until the connection takes no more, turn after turn. */
async function standstill({ socket }: RawConnection): Promise<void> {
  let still = 0;
  let left = -1;
  while (still < 200) {
    await new Promise((resolve) => setImmediate(resolve));
    still = socket.writableLength === left && left > 0 ? still + 1 : 0;
    left = socket.writableLength;
  }
}
