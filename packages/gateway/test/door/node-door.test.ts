// What Node's door lets one caller take: connections, time, headers; and how it closes.

import { VirtualClock } from "sluice/base";
import { type Answer, type AnswerStream, STATUS_ABANDONED } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { RawConnection } from "./fixtures/raw-connection.ts";
import { codeOf, json, openTestDoor } from "./fixtures/test-door.ts";
import { turns } from "./fixtures/turns.ts";

const get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const post = (length: number) => `POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
const grace = { answersMs: 30_000, streamsMs: 300_000 };

/** An answer that is given when the test says so. */
function pending() {
  let give = (_: Answer) => {};
  const answer = new Promise<Answer>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}

/** A body of pieces that come when the test says so. */
function pieces() {
  const waiting: ((piece: Uint8Array | undefined) => void)[] = [];
  let cancelled = false;
  const body: AnswerStream = {
    next: () => new Promise((resolve) => void waiting.push(resolve)),
    cancel: () => {
      cancelled = true;
    },
  };
  return {
    answer: async (): Promise<Answer> => ({ status: 200, headers: [], body }),
    send: (text: string) => waiting.shift()?.(Buffer.from(text)),
    end: () => waiting.shift()?.(undefined),
    isCancelled: () => cancelled,
  };
}

describe("connections", () => {
  it("beyond the bound of an address are closed, and counted, and make room when they leave", async () => {
    const { port, door } = await openTestDoor({ bounds: { connectionsPerAddressMax: 2 } });
    const first = await RawConnection.open(port);
    const second = await RawConnection.open(port);
    const third = await RawConnection.open(port);
    await third.closed;
    expect(third.received).toBe("");
    expect((await second.ask(get)).status).toBe(200);
    expect([door.connections, door.turnedAway]).toEqual([2, 1]);
    first.socket.destroy();
    await turns(() => door.connections === 1);
    expect((await (await RawConnection.open(port)).ask(get)).status).toBe(200);
  });

  it("beyond the bound of the door are closed, and counted", async () => {
    const { port, door } = await openTestDoor({ bounds: { connectionsMax: 1 } });
    const first = await RawConnection.open(port);
    expect((await first.ask(get)).status).toBe(200);
    await (await RawConnection.open(port)).closed;
    expect(door.turnedAway).toBe(1);
    expect((await first.ask(get)).status).toBe(200);
  });

  it("that were refused do not stay half open", async () => {
    const clock = new VirtualClock();
    const { port, door } = await openTestDoor({ clock });
    const client = await RawConnection.open(port, true);
    await client.write("GARBAGE\r\n\r\n").answers(1);
    await turns(() => client.socket.readableEnded);
    expect(door.connections).toBe(1);
    await clock.advance(3_000);
    await turns(() => door.connections === 0);
  });

  it("a port that is taken says what to do", async () => {
    const { port } = await openTestDoor();
    await expect(openTestDoor({ port })).rejects.toThrow(`port ${port} is in use: stop what`);
  });
});

describe("time", () => {
  it("a head that does not come whole is answered 408", async () => {
    const { port } = await openTestDoor({ bounds: { headersTimeoutMs: 50 } });
    const client = await RawConnection.open(port);
    client.write("GET /a HTTP/1.1\r\nHost: a\r\n");
    await client.closed;
    expect(client.received).toContain("HTTP/1.1 408");
    expect(codeOf(client.received.slice(client.received.indexOf("{")))).toBe("request_timeout");
  });

  it("a body that does not come is answered 408", async () => {
    const clock = new VirtualClock();
    const { port, calls } = await openTestDoor({
      clock,
      answer: async (call) => {
        await call.readBody(1_000);
        return { status: STATUS_ABANDONED, headers: [], body: "" };
      },
    });
    const client = await RawConnection.open(port);
    client.write(`${post(1_000)}x`);
    await turns(() => calls.length === 1);
    await clock.advance(59_000);
    expect(client.received).toBe("");
    await clock.advance(3_000);
    await client.closed;
    expect(client.received).toContain("HTTP/1.1 408");
  });

  it("in which nobody takes a body is not the caller's", async () => {
    const clock = new VirtualClock();
    const { answer, give } = pending();
    const { port, calls } = await openTestDoor({ clock, answer: () => answer });
    const client = await RawConnection.open(port);
    client.write(post(1_000));
    await turns(() => calls.length === 1);
    await clock.advance(600_000);
    give(json(200, {}));
    expect((await client.answers(1))[0]?.status).toBe(200);
  });

  it("in which nobody takes a body ends at the next look once its caller has reset the connection", async () => {
    const clock = new VirtualClock();
    let left = false;
    const { port, calls } = await openTestDoor({
      clock,
      answer: (call) => {
        call.openBody();
        call.onAbort(() => {
          left = true;
        });
        return new Promise(() => undefined);
      },
    });
    const connection = await RawConnection.open(port);
    connection.write(post(10_000_000)).write("x".repeat(9_000_000));
    await turns(() => calls.length === 1);
    for (let look = 0; look < 3; look++) await clock.advance(1_000);
    expect(left).toBe(false);
    connection.socket.resetAndDestroy();
    await connection.closed;
    await clock.advance(1_000);
    await turns(() => left);
    expect(connection.received).toBe("");
  });

  it("in which a caller takes nothing of an answer ends it; a stream may be quiet", async () => {
    const quiet = pieces();
    const { port, door } = await openTestDoor({
      bounds: { stalledMs: 50 },
      answer: async ({ target }) =>
        target === "/quiet"
          ? quiet.answer()
          : { status: 200, headers: [], body: Buffer.alloc(50_000_000) },
    });
    const listener = await RawConnection.open(port);
    listener.write("GET /quiet HTTP/1.1\r\nHost: a\r\n\r\n");
    await listener.until((received) => received.includes("\r\n\r\n"));
    const stalled = await RawConnection.open(port);
    stalled.socket.pause();
    stalled.write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    await turns(() => door.connections === 2);
    await turns(() => door.connections === 1);
    quiet.send("still here");
    await listener.until((received) => received.includes("still here"));
  });
});

describe("a door that closes", () => {
  it("takes no more connections, and closes those that are idle", async () => {
    const { port, door } = await openTestDoor();
    const idle = await RawConnection.open(port);
    await idle.ask(get);
    await door.close(grace);
    await idle.closed;
    await expect(RawConnection.open(port)).rejects.toThrow("ECONNREFUSED");
  });

  it("gives the answers that are under way, and says that they are the last", async () => {
    const { answer, give } = pending();
    const { port, door, calls } = await openTestDoor({ answer: () => answer });
    const client = await RawConnection.open(port);
    client.write(get);
    await turns(() => calls.length === 1);
    const closed = door.close(grace);
    give(json(200, { late: true }));
    await client.closed;
    const [last] = await client.answers(1);
    expect([last?.body, last?.head.includes("Connection: close")]).toEqual(['{"late":true}', true]);
    await closed;
  });

  it("answers a request that was behind another, and that alone says it is the last", async () => {
    const { answer, give } = pending();
    const { port, door, calls } = await openTestDoor({ answer: () => answer });
    const client = await RawConnection.open(port);
    client.write(get);
    await turns(() => calls.length === 1);
    const closed = door.close(grace);
    client.write(get);
    await turns(() => calls.length === 2);
    give(json(200, {}));
    await closed;
    const answers = await client.answers(2);
    const areLast = answers.map(({ head }) => head.includes("Connection: close"));
    expect(areLast).toEqual([false, true]);
  });

  it("takes nothing behind an answer that has said it is the last", async () => {
    const stream = pieces();
    const { answer, give } = pending();
    const { port, door, calls } = await openTestDoor({ answer: () => answer });
    const client = await RawConnection.open(port);
    client.write(get);
    await turns(() => calls.length === 1);
    const closed = door.close(grace);
    give(await stream.answer());
    await client.until((received) => received.includes("Connection: close"));
    client.write(get);
    stream.send("a piece");
    await client.until((received) => received.includes("a piece"));
    stream.end();
    await closed;
    expect(calls.length).toBe(1);
  });

  it("waits for streams, whose connection then ends", async () => {
    const stream = pieces();
    const { port, door } = await openTestDoor({ answer: stream.answer });
    const client = await RawConnection.open(port);
    client.write(get);
    await client.until((received) => received.includes("\r\n\r\n"));
    const closed = door.close(grace);
    stream.send("last words");
    await client.until((received) => received.includes("last words"));
    stream.end();
    await closed;
    await client.closed;
    expect(client.received).toMatch(/0\r\n\r\n$/);
  });

  it("cuts off at the grace what has not begun to answer, and streams at theirs", async () => {
    const clock = new VirtualClock();
    const stream = pieces();
    const never = pending();
    const { port, door, calls } = await openTestDoor({
      clock,
      answer: ({ target }) => (target === "/a" ? never.answer : stream.answer()),
    });
    const unanswered = await RawConnection.open(port);
    unanswered.write(get);
    const listener = await RawConnection.open(port);
    listener.write("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    await listener.until((received) => received.includes("\r\n\r\n"));
    await turns(() => calls.length === 2);
    let isClosed = false;
    const closed = door.close(grace).then(() => {
      isClosed = true;
    });
    await clock.advance(29_999);
    expect(door.connections).toBe(2);
    await clock.advance(1);
    await unanswered.closed;
    expect(unanswered.received).toBe("");
    await clock.advance(269_999);
    expect([stream.isCancelled(), isClosed]).toEqual([false, false]);
    await clock.advance(1);
    await listener.closed;
    await closed;
    expect(stream.isCancelled()).toBe(true);
  });
});
