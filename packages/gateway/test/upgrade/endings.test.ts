// How a WebSocket through the gateway ends: whoever ends it, whenever, both sides are over, nothing stays taken, and its price is
// charged once or not at all.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import type { RawConnection as CallerEnd } from "../door/fixtures/raw-connection.ts";
import { turns } from "../door/fixtures/turns.ts";
import { type RawConnection, RawUpstream } from "../upstream/fixtures/raw-upstream.ts";
import { closed, messagesOf, openChat, settled } from "./fixtures/chat.ts";
import { startEcho } from "./fixtures/echo.ts";

const SWITCHED =
  "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

type Around = NonNullable<Parameters<typeof openChat>[1]>;

/** An open connection, and both of its ends. */
async function talking(around: Around = {}) {
  const upstream = await RawUpstream.start();
  const chat = await openChat(upstream.url, around);
  const caller = await chat.raw();
  const behind = await upstream.connection();
  await behind.request();
  behind.say(SWITCHED);
  await caller.until((received) => received.endsWith("\r\n\r\n"));
  return { ...chat, upstream, caller, behind };
}

type Talk = Awaited<ReturnType<typeof talking>>;

async function settlement({ spent, rows, gateway }: Talk) {
  const money = await spent();
  const [row, ...others] = await rows();
  expect(others).toEqual([]);
  expect(gateway.underWay).toBe(0);
  return { ...money, status: row?.status, ending: row?.ending, charged: row?.charged };
}

const PAID = { used: 5, held: 0, charged: 5 };
const FREE = { used: 0, held: 0, charged: 0 };

const isOver = (connection: RawConnection) => connection.until((end) => end.closed);

describe("a WebSocket through the gateway", () => {
  it("that is closed by its own handshake is paid once, and nothing of it stays", async () => {
    const echo = await startEcho();
    const { call, spent, rows, gateway } = await openChat(echo.url);
    const socket = call();
    await settled(socket);
    const next = messagesOf(socket);
    socket.send("hello");
    await next();
    expect(gateway.underWay).toBe(1);
    const left = closed(socket);
    socket.close(1_000);
    expect(await left).toBe(1_000);
    expect(await spent()).toEqual({ used: 5, held: 0 });
    expect(await rows()).toMatchObject([
      { operation: "talk", status: 101, ending: "done", held: 5, charged: 5 },
    ]);
    await turns(() => echo.sockets.size === 0);
  });

  it("whose upstream says its last has that passed on before the end, and is paid", async () => {
    const talk = await talking();
    talk.behind.say("goodbye").socket.end();
    await talk.caller.until((received) => received.endsWith("goodbye"));
    talk.caller.socket.end();
    await talk.caller.closed;
    expect(await settlement(talk)).toEqual({ ...PAID, status: 101, ending: "done" });
  });

  it("whose caller says its last still hears what the upstream says to that, and is paid", async () => {
    const talk = await talking();
    const { caller, behind } = talk;
    const ended = new Promise((resolve) => behind.socket.once("end", resolve));
    behind.socket.allowHalfOpen = true;
    caller.write("goodbye").socket.end();
    await ended;
    expect(behind.heard).toBe("goodbye");
    behind.say("farewell").socket.end();
    await caller.until((received) => received.endsWith("farewell"));
    await caller.closed;
    expect(await settlement(talk)).toEqual({ ...PAID, status: 101, ending: "done" });
  });

  it("whose upstream breaks off after the caller has said its last is paid all the same", async () => {
    const talk = await talking();
    talk.behind.socket.allowHalfOpen = true;
    const ended = new Promise((resolve) => talk.behind.socket.once("end", resolve));
    talk.caller.socket.end();
    await ended;
    talk.behind.socket.resetAndDestroy();
    await talk.caller.closed;
    expect(await settlement(talk)).toEqual({ ...PAID, status: 101, ending: "done" });
  });

  it("whose caller leaves ends behind the gate at once, and is paid", async () => {
    const talk = await talking();
    talk.caller.socket.resetAndDestroy();
    await isOver(talk.behind);
    expect(await settlement(talk)).toEqual({ ...PAID, status: 499, ending: "abandoned" });
  });

  it("whose caller leaves while an upstream's words wait for it ends at once, and is paid", async () => {
    const talk = await talking();
    talk.caller.socket.pause();
    talk.behind.socket.write(Buffer.alloc(32 * 1_048_576));
    talk.caller.socket.resetAndDestroy();
    await isOver(talk.behind);
    expect(await settlement(talk)).toEqual({ ...PAID, status: 499, ending: "abandoned" });
  });

  it("whose upstream breaks off breaks off for the caller, and costs nothing", async () => {
    const talk = await talking();
    talk.behind.say("half a mess");
    await talk.caller.until((received) => received.endsWith("mess"));
    talk.behind.socket.resetAndDestroy();
    await talk.caller.closed;
    expect(await settlement(talk)).toEqual({ ...FREE, status: 500, ending: "fault" });
  });

  it("lasts until its deadline, which is an end like any other, and is paid", async () => {
    const talk = await talking({ deadlineMs: 1_000 });
    await new Promise((resolve) => talk.caller.socket.once("end", resolve));
    await isOver(talk.behind);
    expect(await settlement(talk)).toEqual({ ...PAID, status: 101, ending: "done" });
  });

  it("takes a connection of the upstream's, gives it back, and leaves none to be used again", async () => {
    const talk = await talking({ upstream: { connectionsMax: 1 } });
    const waiting = await talk.raw();
    expect(talk.upstream.connections).toHaveLength(1);
    talk.caller.socket.resetAndDestroy();
    const second = await talk.upstream.connection();
    await second.request();
    second.say(SWITCHED);
    await waiting.until((received) => received.endsWith("\r\n\r\n"));
    expect(talk.upstream.connections).toHaveLength(2);
  });

  it("takes a connection of the door's", async () => {
    const talk = await talking({ settings: { bounds: { connectionsPerAddressMax: 1 } } });
    await expect(fetch(`${talk.url}/v1/read`)).rejects.toThrow();
    talk.caller.socket.destroy();
    await isOver(talk.behind);
  });

  it("may go on while the gateway closes, until the grace of streams is over, and is paid", async () => {
    const drain = { noticeMs: 0, answersMs: 50, streamsMs: 1_000 };
    const talk = await talking({ settings: { drain } });
    const over = talk.gateway.close();
    talk.caller.write("still here");
    await talk.behind.until(({ heard }) => heard === "still here");
    await talk.caller.closed;
    await isOver(talk.behind);
    expect(await over).toEqual({ failures: [] });
  });

  it("that ends by itself while the gateway closes is waited for", async () => {
    const drain = { noticeMs: 0, answersMs: 60_000, streamsMs: 60_000 };
    const talk = await talking({ settings: { drain } });
    const over = talk.gateway.close();
    talk.behind.say("goodbye").socket.end();
    await talk.caller.until((received) => received.endsWith("goodbye"));
    talk.caller.socket.end();
    expect(await over).toEqual({ failures: [] });
  });
});

describe("a WebSocket on an open path", () => {
  async function chatting(more: { readonly upgradedMsMax?: number } = {}) {
    const plain = await RawUpstream.start();
    const clock = new VirtualClock();
    const upstream = { clock, idleTimeoutMs: 7_200_000 };
    const open = [{ path: "/live", upgrades: "websocket" as const, ...more }];
    const { raw } = await openChat(plain.url, { served: { open }, upstream });
    const caller = await raw("", "/live");
    const behind = await plain.connection();
    await behind.request();
    behind.say(SWITCHED);
    await caller.until((received) => received.endsWith("\r\n\r\n"));
    return { clock, caller, behind };
  }

  it.each([
    [{ upgradedMsMax: 5_000 }, 5_000],
    [{}, 3_600_000],
  ])("of %j lasts so long and no longer, however much is said", async (more, lastsMs) => {
    const { clock, caller, behind } = await chatting(more);
    const half = lastsMs / 2 - 1;
    for (const word of ["one", "two"]) {
      await clock.advance(half);
      behind.say(word);
      await caller.until((received) => received.endsWith(word));
    }
    await clock.advance(2);
    await caller.closed;
    await isOver(behind);
  });

  it("that has ended leaves no clock running", async () => {
    const { clock, caller, behind } = await chatting();
    behind.socket.end();
    await caller.until(() => caller.socket.readableEnded);
    caller.socket.end();
    await caller.closed;
    await isOver(behind);
    await clock.advance(1_000);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("a handshake under way", () => {
  async function greeting(around: Around = {}) {
    const upstream = await RawUpstream.start();
    const chat = await openChat(upstream.url, around);
    const caller = await chat.raw();
    const behind = await upstream.connection();
    await behind.request();
    return { ...chat, upstream, caller, behind };
  }

  it.each<[string, (caller: CallerEnd) => void]>([
    ["resets", ({ socket }) => void socket.resetAndDestroy()],
    ["leaves", ({ socket }) => void socket.destroy()],
    ["says its last", ({ socket }) => void socket.end()],
  ])("whose caller %s ends behind the gate at once, and costs nothing", async (_, leave) => {
    const talk = await greeting();
    leave(talk.caller);
    await isOver(talk.behind);
    expect(await settlement(talk)).toEqual({ ...FREE, status: 499, ending: "abandoned" });
  });

  it.each(["", "HTTP/1.1 101 Switch", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: webs"])(
    "whose upstream dies after %j is unavailable, and costs nothing",
    async (said) => {
      const talk = await greeting();
      talk.behind.say(said).socket.end();
      await talk.caller.until((received) => received.includes("\r\n\r\n"));
      expect(talk.caller.received).toMatch(/^HTTP\/1\.1 503 /);
      expect(await settlement(talk)).toEqual({ ...FREE, status: 503, ending: "refused" });
    },
  );

  it("that the upstream never answers is refused at the deadline, and costs nothing", async () => {
    const talk = await greeting({ deadlineMs: 50 });
    await talk.caller.until((received) => received.includes("\r\n\r\n"));
    expect(talk.caller.received).toMatch(/^HTTP\/1\.1 504 /);
    await isOver(talk.behind);
    expect(await settlement(talk)).toEqual({ ...FREE, status: 504, ending: "refused" });
  });

  it("that nobody takes is unavailable, and costs nothing", async () => {
    const { raw, spent } = await openChat("http://127.0.0.1:1");
    const caller = await raw();
    await caller.until((received) => received.includes("\r\n\r\n"));
    expect(caller.received).toMatch(/^HTTP\/1\.1 503 /);
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });
});
