// A caller who leaves, or a deadline that passes, at every moment of an exchange: the upstream's socket closes at once, and the
// place goes to whoever waits.

import { describe, expect, it } from "vitest";
import { RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { bodyOf, bytesOf, sourceIn, upstreamAt, workOf } from "./fixtures/work.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain";
const LEFT = new Error("the caller left");

describe("work that is ended from outside", () => {
  it("before the answer's head closes the upstream's connection", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const work = workOf();
    const result = upstream.run(work);
    const connection = await raw.connection();
    await connection.request();
    work.abort(LEFT);
    await expect(result).rejects.toBe(LEFT);
    await connection.until(({ closed }) => closed);
    // It is nobody's failure.
    expect(upstream.failures).toEqual([]);
    expect(upstream.load).toEqual({ busy: 0, waiting: 0 });
  });

  it("in the middle of an answer that is collected closes the upstream's connection", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const work = workOf({ needsWhole: true });
    const result = upstream.run(work);
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nContent-Length: 10\r\n\r\nabc`);
    await new Promise((resolve) => setImmediate(resolve));
    work.abort(LEFT);
    await expect(result).rejects.toBe(LEFT);
    await connection.until(({ closed }) => closed);
    expect(upstream.failures).toEqual([]);
  });

  it("in the middle of the request's body closes the connection, and never ends the body as if it were whole", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const body = bodyOf([Buffer.from("abc")]);
    const first = body.next.bind(body);
    let asked = 0;
    // The second piece never comes.
    body.next = () => (asked++ === 0 ? first() : new Promise(() => undefined));
    const work = workOf({ method: "POST", passedBody: body });
    const result = upstream.run(work);
    const connection = await raw.connection();
    await connection.until(({ heard }) => heard.includes("abc"));
    work.abort(LEFT);
    await expect(result).rejects.toBe(LEFT);
    await connection.until(({ closed }) => closed);
    expect(connection.heard.endsWith("3\r\nabc")).toBe(true);
    expect(body.cancelled).toBe(true);
  });

  it("in the middle of a stream breaks it off and closes the upstream's connection", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nContent-Length: 100000\r\n\r\nabc`);
    const source = sourceIn(await done);
    source.cancel(LEFT);
    source.cancel(LEFT);
    expect(await source.next()).toBeUndefined();
    await connection.until(({ closed }) => closed);
    expect(upstream.load.busy).toBe(0);
  });

  it("while somebody waits for the next piece ends the wait", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    const source = sourceIn(await done);
    const next = source.next();
    source.cancel();
    expect(await next).toBeUndefined();
    await connection.until(({ closed }) => closed);
  });

  it("while it is held back by a reader who takes nothing closes the upstream's connection", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nContent-Length: 50000000\r\n\r\n`);
    for (let i = 0; i < 20; i++) connection.say("x".repeat(1_000_000));
    const source = sourceIn(await done);
    await source.next();
    source.cancel();
    await connection.until(({ closed }) => closed);
  });

  it("while it waits for a connection takes its place in the queue away, and sends nothing", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { connectionsMax: 1, queueMax: 2 });
    const first = upstream.done(workOf({ path: "/first" }));
    const connection = await raw.connection();
    await connection.request();
    const leaving = workOf({ path: "/leaving" });
    const gone = upstream.run(leaving);
    const last = upstream.done(workOf({ path: "/last" }));
    expect(upstream.load).toEqual({ busy: 1, waiting: 2 });
    leaving.abort(LEFT);
    await expect(gone).rejects.toBe(LEFT);
    expect(upstream.load).toEqual({ busy: 1, waiting: 1 });
    connection.say(response("1"));
    expect(await bytesOf(await first)).toHaveLength(1);
    expect(await connection.request()).toContain("GET /last ");
    connection.say(response("2"));
    await last;
    expect(raw.connections).toHaveLength(1);
  });

  it("while it connects is over for whoever waits, and nothing is sent afterwards", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { connectionsMax: 1 });
    const leaving = workOf({ path: "/leaving" });
    const gone = upstream.run(leaving);
    leaving.abort(LEFT);
    await expect(gone).rejects.toBe(LEFT);
    const next = upstream.done(workOf({ path: "/next" }));
    const connection = await raw.connection();
    // The connection that it caused is of use to the next one.
    expect(await connection.request()).toContain("GET /next ");
    connection.say(response("1"));
    await next;
    expect(raw.connections).toHaveLength(1);
  });

  it("after its end changes nothing, and the connection is used again", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    for (let i = 0; i < 3; i++) {
      const work = workOf();
      const done = upstream.done(work);
      const connection = raw.connections[0] ?? (await raw.connection());
      await connection.request();
      connection.say(response("1"));
      await done;
      expect(work.listening).toBe(0);
      work.abort(LEFT);
    }
    expect(raw.connections).toHaveLength(1);
    expect(raw.connections[0]?.closed).toBe(false);
  });
});

describe("an upstream that answers before it has heard all", () => {
  it("is believed, and the rest of the body is not waited for", async () => {
    const raw = await RawUpstream.start();
    const body = bodyOf([Buffer.from("abc")]);
    const first = body.next.bind(body);
    let asked = 0;
    body.next = () => (asked++ === 0 ? first() : new Promise(() => undefined));
    const work = workOf({ method: "POST", passedBody: body });
    const done = upstreamAt(raw.url).done(work);
    const connection = await raw.connection();
    await connection.until(({ heard }) => heard.includes("abc"));
    connection.say(response("early", "HTTP/1.1 200 OK"));
    expect((await bytesOf(await done)).toString()).toBe("early");
    expect(body.cancelled).toBe(true);
    await connection.until(({ closed }) => closed);
  });
});
