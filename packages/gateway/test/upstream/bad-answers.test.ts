// What upstreams should never say: it ends as `unavailable` or as a stream that breaks off, never as a wrong answer, and never
// on a connection that is used again.

import { describe, expect, it } from "vitest";
import { RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { bytesOf, readAll, sourceIn, upstreamAt, workOf } from "./fixtures/work.ts";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain";
const UNAVAILABLE = {
  kind: "refusal",
  condition: "unavailable",
  retryAfterMs: 1_000,
  by: "upstream",
};

const NO_ANSWERS: Readonly<Record<string, string>> = {
  "two lengths that differ": `${OK}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc`,
  "the same length twice": `${OK}\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab`,
  "a list of lengths": `${OK}\r\nContent-Length: 2, 2\r\n\r\nab`,
  "a signed length": `${OK}\r\nContent-Length: +2\r\n\r\nab`,
  "a negative length": `${OK}\r\nContent-Length: -2\r\n\r\nab`,
  "a length that is no number": `${OK}\r\nContent-Length: two\r\n\r\nab`,
  "a length beyond all bounds": `${OK}\r\nContent-Length: 99999999999999999999999\r\n\r\nab`,
  "a length and chunks": `${OK}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n`,
  "chunks and a length": `${OK}\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\nab\r\n0\r\n\r\n`,
  "a chunk of no size": `${OK}\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nab\r\n0\r\n\r\n`,
  "no HTTP at all": "SSH-2.0-OpenSSH_9.6\r\n",
  "a header without a name": `${OK}\r\n: x\r\nContent-Length: 2\r\n\r\nab`,
  "a header with a space in its name": `${OK}\r\nContent Length: 2\r\n\r\nab`,
  "a null byte in a header": `${OK}\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nab`,
  "headers without an end": `${OK}\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
  "many headers without an end": `${OK}\r\n${"X: y\r\n".repeat(10_000)}\r\n`,
  "a switch of protocols":
    "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
  "a status that is none": "HTTP/1.1 99 Low\r\nContent-Length: 2\r\n\r\nab",
};

describe("an upstream that answers wrongly", () => {
  for (const [name, text] of Object.entries(NO_ANSWERS)) {
    it(`by ${name} is unavailable, and its connection is closed`, async () => {
      const raw = await RawUpstream.start();
      const upstream = upstreamAt(raw.url);
      const result = upstream.run(workOf({ needsWhole: true }));
      const connection = await raw.connection();
      await connection.request();
      connection.say(text);
      expect(await result).toEqual(UNAVAILABLE);
      await connection.until(({ closed }) => closed);
      expect(upstream.failures).toHaveLength(1);
      // Its cause is for the operator only.
      expect(JSON.stringify(await result)).not.toContain(String(upstream.failures[0]?.message));
    });
  }

  it("and leaves before it has answered is unavailable", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    for (const beginning of ["", "HTTP/1.1 2", `${OK}\r\nContent-Le`]) {
      const result = upstream.run(workOf({ method: "POST" }));
      const connection = await raw.connection();
      await connection.request();
      connection.say(beginning).socket.end();
      expect(await result).toEqual(UNAVAILABLE);
    }
    expect(upstream.failures.map(({ phase }) => phase)).toEqual(["head", "head", "head"]);
  });

  it("and leaves in the middle of an answer that must be whole is unavailable", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const halves = [
      `${OK}\r\nContent-Length: 10\r\n\r\nabc`,
      `${OK}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc`,
      `${OK}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`,
    ];
    for (const half of halves) {
      const result = upstream.run(workOf({ needsWhole: true }));
      const connection = await raw.connection();
      await connection.request();
      connection.say(half).socket.end();
      expect(await result).toEqual(UNAVAILABLE);
    }
    expect(upstream.failures.map(({ phase }) => phase)).toEqual(["body", "body", "body"]);
  });

  it("and leaves in the middle of a long answer breaks it off there", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nContent-Length: 100000\r\n\r\nabc`).socket.end();
    const source = sourceIn(await done);
    expect(Buffer.from((await source.next()) ?? "").toString()).toBe("abc");
    await expect(source.next()).rejects.toThrow("the upstream failed (body)");
  });

  it("by a broken chunk in a long answer breaks it off there", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const done = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`);
    const source = sourceIn(await done);
    expect(Buffer.from((await source.next()) ?? "").toString()).toBe("abc");
    connection.say("-1\r\n");
    await expect(source.next()).rejects.toThrow("the upstream failed (body)");
    await connection.until(({ closed }) => closed);
  });

  it("by more bytes than it has said is cut there, and a second answer in them reaches nobody", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url, { connectionsMax: 1 });
    const smuggled = response("evil");
    for (const more of ["garbage", smuggled, `${smuggled}${smuggled}`]) {
      const first = upstream.done(workOf());
      const second = upstream.done(workOf());
      const connection = await raw.connection();
      await connection.request();
      connection.say(response("good") + more);
      expect((await bytesOf(await first)).toString()).toBe("good");
      // The next one goes over another connection.
      const fresh = await raw.connection();
      await fresh.request();
      fresh.say(`${response("next", `${OK}\r\nConnection: close`)}`);
      expect((await bytesOf(await second)).toString()).toBe("next");
      await connection.until(({ closed }) => closed);
    }
  });

  it("before it was asked has its connection closed, and what it said reaches nobody", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const first = upstream.done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(response("good"));
    expect((await bytesOf(await first)).toString()).toBe("good");
    connection.say(response("evil"));
    await connection.until(({ closed }) => closed);
    const second = upstream.done(workOf());
    const fresh = await raw.connection();
    await fresh.request();
    fresh.say(response("next"));
    expect((await bytesOf(await second)).toString()).toBe("next");
  });

  it("with more than must be kept whole is a fault, and is stopped at once", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const result = upstream.done(workOf({ needsWhole: true }));
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${OK}\r\n\r\n`);
    const megabyte = "x".repeat(1_048_576);
    for (let i = 0; i < 17; i++) connection.say(megabyte);
    await expect(result).rejects.toThrow("more than 16777216 bytes");
    await connection.until(({ closed }) => closed);
  });
});

describe("an upstream that answers oddly, but rightly", () => {
  it("may say first that it is working on it", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
    connection.say(response("good"));
    const { headers, status, body } = await done;
    expect([status, body]).toEqual([200, "good"]);
    expect(headers).not.toContain("link");
  });

  it("has no body where there is none to be: HEAD, 204, 304", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const cases = [
      ["HEAD", `${OK}\r\nContent-Length: 100000\r\n\r\n`],
      ["GET", "HTTP/1.1 204 No Content\r\n\r\n"],
      ["GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 100000\r\n\r\n"],
    ];
    raw.answers(...cases.map(([, text = ""]) => text));
    for (const [method = "GET"] of cases) {
      const { body } = await upstream.done(workOf({ method }));
      expect(body).toBe("");
    }
  });

  it("may end an answer of HTTP/1.0 by leaving", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nab");
    const result = await done;
    connection.say("cd").socket.end();
    expect((await readAll(sourceIn(result))).toString()).toBe("abcd");
  });

  it("may dribble its answer a byte at a time", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf());
    const connection = await raw.connection();
    await connection.request();
    for (const byte of `${OK}\r\nX-A: b\r\nContent-Length: 3\r\n\r\nabc`) {
      connection.say(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await done).toMatchObject({ status: 200, body: "abc" });
  });
});
