// Streams and delays: who leaves ends the work, and the cost so far is told all along.

import { describe, expect, test } from "vitest";
import { type Frame, FrameReader, memberOf } from "./frames.ts";
import { newSession, type Session } from "./session.ts";

const asks = [
  ["/responses", { model: "mavera-1", input: "Tell me all about oat milk, at length." }],
  [
    "/chat/completions",
    {
      model: "mavera-1",
      messages: [{ role: "user", content: "Tell me all about oat milk, at length." }],
    },
  ],
  ["/mave/chat", { message: "Tell me all about oat milk, at length." }],
] as const;

const creditPaths = {
  "/responses": "response.usage.credits_used",
  "/chat/completions": "usage.credits_used",
  "/mave/chat": "message.usage.credits_used",
};

type Path = (typeof asks)[number][0];

async function openStream(
  session: Session,
  path: Path,
  init: { body: object; signal?: AbortSignal },
) {
  const body = JSON.stringify({ ...init.body, stream: true });
  const response = await session.open("POST", path, { ...init, body });
  return new FrameReader(response);
}

/** Reads on, and lets the time pass that the next frame takes. */
async function nextInTime(session: Session, reader: FrameReader) {
  const frame = reader.next();
  await session.clock.runNext();
  return frame;
}

describe.each(asks)("a stream of %s", (path, ask) => {
  test("says that it is one", async () => {
    const body = JSON.stringify({ ...ask, stream: true });
    const response = await newSession().open("POST", path, { body });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    await response.body?.cancel();
  });

  test("tells before each piece what it has cost, up to the price", async () => {
    const frames = await newSession().stream(path, ask);
    const costs = frames.flatMap(({ cost }) => cost ?? []);
    const textOf = (frame: Frame) =>
      path === "/chat/completions"
        ? memberOf(frame, "choices.0.delta.content")
        : memberOf(frame, "delta");
    const pieces = frames.filter((frame) => textOf(frame));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.map(({ cost }) => cost)).toEqual(costs);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    const price = memberOf(frames.at(-2), creditPaths[path]);
    expect(costs.at(-1)).toBe(price);
  });

  test("lasts as long as it is told, its events evenly apart", async () => {
    const session = newSession();
    const reader = await openStream(session, path, { body: { ...ask, delay: 9000 } });
    const times: number[] = [];
    for (;;) {
      const frame = await nextInTime(session, reader);
      if (frame === undefined) break;
      times.push(session.clock.monotonicMs());
    }
    expect(times[0]).toBe(0);
    expect(times.at(-2)).toBeCloseTo(9000);
    // The mark of the end comes with the last event.
    expect(times.at(-1)).toBe(times.at(-2));
    const gaps = times.slice(1, -1).map((time, index) => time - (times[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(9000 / gaps.length);
  });

  test("makes nothing that nobody reads", async () => {
    const session = newSession();
    const reader = await openStream(session, path, { body: { ...ask, delay: 9000 } });
    expect(session.clock.pendingTimers).toBe(0);
    await reader.next();
    expect(session.clock.pendingTimers).toBe(0);
    await session.clock.advance(60_000);
    const second = reader.next();
    expect(session.clock.pendingTimers).toBe(1);
    await session.clock.runNext();
    expect(await second).toBeDefined();
    await reader.cancel();
    expect(session.clock.pendingTimers).toBe(0);
  });

  test("can be left at every event, and leaves no timer", async () => {
    const length = (await newSession().stream(path, ask)).length;
    for (let read = 1; read < length - 1; read += 1) {
      const session = newSession();
      const reader = await openStream(session, path, { body: { ...ask, delay: 1000 } });
      for (let n = 0; n < read; n += 1) await nextInTime(session, reader);
      const unread = reader.next();
      expect(session.clock.pendingTimers).toBe(1);
      await reader.cancel();
      expect(await unread).toBeUndefined();
      expect(session.clock.pendingTimers).toBe(0);
    }
  });

  test("breaks with the request, at every event, and leaves no timer", async () => {
    const length = (await newSession().stream(path, ask)).length;
    for (let read = 1; read < length - 1; read += 1) {
      const session = newSession();
      const leaving = new AbortController();
      const { signal } = leaving;
      const reader = await openStream(session, path, { body: { ...ask, delay: 1000 }, signal });
      for (let n = 0; n < read; n += 1) await nextInTime(session, reader);
      const unread = reader.next();
      expect(session.clock.pendingTimers).toBe(1);
      leaving.abort(new Error("the caller left"));
      await expect(unread).rejects.toThrow("the caller left");
      expect(session.clock.pendingTimers).toBe(0);
      await expect(reader.next()).rejects.toThrow("the caller left");
    }
  });

  test("breaks with the request also while nobody reads", async () => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const reader = await openStream(newSession(), path, { body: ask, signal });
    await reader.next();
    leaving.abort(new Error("the caller left"));
    await expect(reader.next()).rejects.toThrow("the caller left");
  });

  test("that has ended is not broken by a caller who leaves later", async () => {
    const session = newSession();
    const leaving = new AbortController();
    const { signal } = leaving;
    const reader = await openStream(session, path, { body: ask, signal });
    while ((await reader.next()) !== undefined);
    leaving.abort();
    expect(await reader.next()).toBeUndefined();
  });
});

describe.each(asks)("an answer of %s", (path, ask) => {
  const body = JSON.stringify({ ...ask, delay: 60_000 });

  test("comes when its delay is over, not before", async () => {
    const session = newSession();
    let isThere = false;
    const reply = session.send("POST", path, body).then((answer) => {
      isThere = true;
      return answer;
    });
    await session.clock.advance(59_999);
    expect(isThere).toBe(false);
    await session.clock.advance(1);
    expect((await reply).status).toBe(200);
  });

  test("stops with the request, and leaves no timer", async () => {
    const session = newSession();
    const leaving = new AbortController();
    const { signal } = leaving;
    const answer = session.open("POST", path, { body, signal });
    await session.clock.advance(100);
    expect(session.clock.pendingTimers).toBe(1);
    leaving.abort(new Error("the caller left"));
    await expect(answer).rejects.toThrow("the caller left");
    expect(session.clock.pendingTimers).toBe(0);
  });

  test("to a caller who has left already is not begun", async () => {
    const session = newSession();
    const signal = AbortSignal.abort(new Error("the caller left"));
    await expect(session.open("POST", path, { body, signal })).rejects.toThrow("the caller left");
    expect(session.clock.pendingTimers).toBe(0);
  });
});

describe("Mave", () => {
  test("keeps nothing of an answer that was broken off, and all of one that was not", async () => {
    const [path, ask] = asks[2];
    const length = (await newSession().stream(path, ask)).length;
    const session = newSession();
    for (let read = 0; read < length - 1; read += 1) {
      const reader = await openStream(session, path, { body: ask });
      for (let n = 0; n < read; n += 1) await reader.next();
      await reader.cancel();
      expect((await session.list("/mave/threads")).body.data).toEqual([]);
    }
    const reader = await openStream(session, path, { body: ask });
    for (let n = 0; n < length - 1; n += 1) await reader.next();
    await reader.cancel();
    expect((await session.list("/mave/threads")).body.data).toHaveLength(1);
  });

  test("keeps nothing of an answer whose caller left while it was made", async () => {
    const session = newSession();
    const leaving = new AbortController();
    const { signal } = leaving;
    const body = JSON.stringify({ message: "Hi", delay: 1000 });
    const answer = session.open("POST", "/mave/chat", { body, signal });
    await session.clock.advance(999);
    leaving.abort(new Error("the caller left"));
    await expect(answer).rejects.toThrow("the caller left");
    expect((await session.list("/mave/threads")).body.data).toEqual([]);
  });
});
