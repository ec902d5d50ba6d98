// How many connections there are, who waits for one, and how they end.

import { join } from "node:path";
import { scratchFolder } from "@sluice-internal/test-servers/server-process";
import { describe, expect, it, onTestFinished } from "vitest";
import { RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { bytesOf, upstreamAt, workOf } from "./fixtures/work.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain";

describe("connections", () => {
  it("are at most as many as may be; who finds none waits in order, and one too many is told to come back", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { connectionsMax: 2, queueMax: 3 });
    const order: string[] = [];
    const works = ["/1", "/2", "/3", "/4", "/5"].map((path) =>
      upstream.done(workOf({ path })).then(() => order.push(path)),
    );
    expect(upstream.load).toEqual({ busy: 2, waiting: 3 });
    expect(await upstream.run(workOf({ path: "/6" }))).toEqual({
      kind: "refusal",
      condition: "unavailable",
      retryAfterMs: 1_000,
      by: "upstream",
    });
    expect(upstream.failures.map(({ phase }) => phase)).toEqual(["queue"]);
    raw.answers(response("ok"));
    await Promise.all(works);
    expect(order).toHaveLength(5);
    expect(order.slice(2)).toEqual(["/3", "/4", "/5"]);
    expect(raw.connections).toHaveLength(2);
    expect(upstream.load).toEqual({ busy: 0, waiting: 0 });
  });

  it("serve a thousand requests through a queue without forgetting one", async () => {
    const raw = await RawUpstream.start();
    raw.answers(response("ok"));
    const upstream = upstreamAt(raw.url, { connectionsMax: 3, queueMax: 100 });
    for (let round = 0; round < 10; round++) {
      const works = Array.from({ length: 103 }, () => workOf());
      const results = works.map((work) => upstream.run(work));
      const leaving = new Set(works.filter((_, i) => i >= 3 && i % 7 === 0));
      for (const work of leaving) work.abort(new Error("left"));
      const settled = await Promise.allSettled(results);
      expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(leaving.size);
      expect(upstream.load).toEqual({ busy: 0, waiting: 0 });
    }
    expect(raw.connections).toHaveLength(3);
  });

  it("hand on in order for as long as somebody waits, however long that is", async () => {
    const raw = await RawUpstream.start();
    raw.answers(response("ok"));
    const upstream = upstreamAt(raw.url, { connectionsMax: 1, queueMax: 3 });
    const order: number[] = [];
    let begun = 0;
    const one = async (): Promise<void> => {
      const number = begun++;
      await upstream.done(workOf());
      order.push(number);
      // There is always somebody behind it.
      if (begun < 100) await one();
    };
    await Promise.all([one(), one(), one(), one()]);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).toHaveLength(100);
    expect(raw.connections).toHaveLength(1);
  });

  it("carry one request at a time", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { connectionsMax: 1 });
    const both = [upstream.done(workOf({ path: "/a" })), upstream.done(workOf({ path: "/b" }))];
    const connection = await raw.connection();
    expect((await connection.request()).match(/GET/g)).toHaveLength(1);
    connection.say(`${OK}\r\nContent-Length: 2\r\n\r\na`);
    await new Promise((resolve) => setImmediate(resolve));
    expect(connection.heard).toBe("");
    connection.say("b");
    expect(await connection.request()).toContain("GET /b ");
    connection.say(response("ok"));
    await Promise.all(both);
  });

  it("that the upstream closes are opened anew", async () => {
    const raw = await RawUpstream.start();
    raw.answers(response("ok", `${OK}\r\nConnection: close`));
    const upstream = upstreamAt(raw.url);
    for (let i = 0; i < 3; i++) await upstream.done(workOf());
    const first = raw.connections[0];
    for (let i = 0; i < 3; i++) {
      await upstream.done(workOf());
      for (const { socket } of raw.connections) socket.end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(first?.closed).toBe(true);
  });

  it("all close once what is under way has ended, and nothing more begins", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    let isClosed = false;
    const closing = upstream.close().then(() => {
      isClosed = true;
    });
    expect(await upstream.run(workOf())).toMatchObject({ condition: "unavailable" });
    expect(isClosed).toBe(false);
    connection.say(response("ok"));
    await done;
    await closing;
    await connection.until(({ closed }) => closed);
    await upstream.close();
  });
});

describe("an upstream at a Unix domain socket", () => {
  it("is asked like any other", async () => {
    const folder = scratchFolder("upstream");
    onTestFinished(folder.remove);
    const socketPath = join(folder.path, "socket");
    const raw = await RawUpstream.start(socketPath);
    raw.answers(response("ok"));
    const upstream = upstreamAt("http://localhost/base", { socketPath });
    expect((await bytesOf(await upstream.done(workOf()))).toString()).toBe("ok");
  });
});

describe("the options of an upstream", () => {
  it("are checked at the start, with what would be right", () => {
    const at =
      (url: string, options = {}) =>
      () =>
        upstreamAt(url, options);
    expect(at("127.0.0.1:9000")).toThrow('url must be like "http://127.0.0.1:9000"');
    expect(at("ftp://a")).toThrow("url must be like");
    expect(at("http://user:x@a")).toThrow("host and path only");
    expect(at("http://a/?b")).toThrow("host and path only");
    expect(at("http://a", { connectionsMax: 0 })).toThrow(
      "connectionsMax must be a whole number from 1",
    );
    expect(at("http://a", { idleTimeoutMs: 0.5 })).toThrow("idleTimeoutMs");
    expect(at("http://a", { ca: "x" })).toThrow("of use with https only");
    expect(at("http://a", { secret: { id: "main", secret: "short" } })).toThrow(
      "at least 32 bytes",
    );
  });
});
