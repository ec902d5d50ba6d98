// Past the gate: a server in front, an upstream behind, and between them every byte as it is, both ways.

import { createHash, type Hash } from "node:crypto";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { VirtualClock } from "sluice/base";
import { describe, expect, it, onTestFinished } from "vitest";
import { openFront } from "./fixtures/front.ts";
import { parseRequest, valuesOf } from "./fixtures/parsed-request.ts";
import { RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { UNAVAILABLE } from "./fixtures/unavailable.ts";
import { upstreamAt } from "./fixtures/work.ts";

const unavailable = () => ({ ...UNAVAILABLE, headers: [...UNAVAILABLE.headers] });

async function through(url: string, options = {}, upstreamOptions = {}) {
  const upstream = upstreamAt(url, upstreamOptions);
  const front = await openFront(upstream.openPath({ unavailable, ...options }));
  return { upstream, front };
}

describe("an open path", () => {
  it("is asked without a caller, by our word on whence, and without what is between two hops", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(`${raw.url}/base`, { droppedHeaders: new Set(["x-api-key"]) });
    const socket = await front.connect();
    const sent = [
      "GET /docs/a%2Fb?x=%20 HTTP/1.1",
      "Host: api.example",
      "Connection: keep-alive, X-Hop",
      "X-Hop: 1",
      "X-Api-Key: secret",
      "Sluice-Caller: {}",
      "Signature: a=:b:",
      "Signature-Input: a=()",
      "X-Forwarded-For: 6.6.6.6",
      "TE: trailers",
      "Accept-Encoding: gzip",
      "X-Kept: 1",
    ];
    socket.write(`${sent.join("\r\n")}\r\n\r\n`);
    const connection = await raw.connection();
    const request = parseRequest(await connection.request());
    connection.say(response("ok"));
    expect(request.target).toBe("/base/docs/a%2Fb?x=%20");
    expect(request.headers.filter(([name]) => name !== "host")).toEqual([
      ["connection", "keep-alive"],
      ["accept-encoding", "gzip"],
      ["x-kept", "1"],
      ["via", "1.1 sluice"],
      ["x-forwarded-for", "127.0.0.1"],
      ["x-forwarded-proto", "http"],
      ["x-forwarded-host", "api.example"],
    ]);
    expect(valuesOf(request, "host")[0]).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it("behind proxies that we trust names them and the last of them", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(raw.url, {}, { trustedHops: 1 });
    const socket = await front.connect();
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n\r\n");
    const connection = await raw.connection();
    const request = parseRequest(await connection.request());
    expect(valuesOf(request, "x-forwarded-for")).toEqual(["192.0.2.7, 127.0.0.1"]);
    connection.say(response("ok"));
  });

  it("answers as the upstream did, whatever its status, but for what is said to the gate", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(raw.url);
    const statuses = [200, 301, 404, 500];
    const head = "Content-Type: text/html\r\nSluice-Cost: 3\r\nX-A: b";
    raw.answers(...statuses.map((status) => response("<p>", `HTTP/1.1 ${status} X\r\n${head}`)));
    for (const status of statuses) {
      const answer = await fetch(front.url, { redirect: "manual" });
      expect(answer.status).toBe(status);
      expect(await answer.text()).toBe("<p>");
      expect(answer.headers.get("x-a")).toBe("b");
      expect(answer.headers.get("sluice-cost")).toBeNull();
    }
  });

  it("tells a HEAD how long the answer to a GET would be", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(raw.url);
    raw.answers("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n");
    for (const length of ["70000", null]) {
      const answer = await fetch(front.url, { method: "HEAD" });
      expect(answer.headers.get("content-length")).toBe(length);
    }
  });

  it("whose upstream is away, or says nothing, is answered in the contract's words", async () => {
    const raw = await RawUpstream.start();
    const clock = new VirtualClock();
    const { front, upstream } = await through(raw.url, { headTimeoutMs: 5_000 }, { clock });
    const silent = fetch(front.url);
    await (await raw.connection()).request();
    await clock.advance(7_000);
    expect((await silent).status).toBe(503);
    await raw.stop();
    const answer = await fetch(front.url);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(await answer.text()).toBe(UNAVAILABLE.body);
    expect(upstream.failures.map(({ phase }) => phase)).toEqual(["head", "connect"]);
  });

  it("whose answer breaks off breaks off the caller's connection", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(raw.url);
    for (const framing of ["Content-Length: 100000", "Transfer-Encoding: chunked"]) {
      const answered = fetch(front.url);
      const connection = await raw.connection();
      await connection.request();
      connection.say(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n5\r\nabcde`);
      const answer = await answered;
      connection.socket.destroy();
      await expect(answer.text()).rejects.toThrow();
    }
  });

  it("whose caller leaves closes the upstream's connection: before the head, and in the middle", async () => {
    const raw = await RawUpstream.start();
    const { front, upstream } = await through(raw.url);
    for (const said of ["", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nabc"]) {
      const socket = await front.connect();
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      const connection = await raw.connection();
      await connection.request();
      connection.say(said);
      if (said !== "") await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await connection.until(({ closed }) => closed);
    }
    expect(upstream.failures).toEqual([]);
  });

  it("whose caller leaves in the middle of an upload closes the upstream's connection", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(raw.url);
    const socket = await front.connect();
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    const connection = await raw.connection();
    await connection.until(({ heard }) => heard.endsWith("abc"));
    socket.destroy();
    await connection.until(({ closed }) => closed);
    expect(connection.heard.endsWith("abc")).toBe(true);
  });

  it("gives each event of a stream when it is emitted, through two servers", async () => {
    const raw = await RawUpstream.start();
    const { front } = await through(raw.url);
    const answered = fetch(front.url);
    const connection = await raw.connection();
    await connection.request();
    connection.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    const reader = (await answered).body?.getReader();
    for (let i = 0; i < 20; i++) {
      const next = reader?.read();
      connection.say(`data: ${i}\n\n`);
      expect(new TextDecoder().decode((await next)?.value)).toBe(`data: ${i}\n\n`);
    }
    connection.socket.end();
    expect((await reader?.read())?.done).toBe(true);
  });
});

describe("bodies through an open path", () => {
  it("arrive byte for byte both ways, however they are cut up", async () => {
    const echo = createServer((request, response) => {
      const { "content-length": length } = request.headers;
      if (length !== undefined) response.setHeader("content-length", length);
      request.pipe(response);
    });
    await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void echo.close().closeAllConnections());
    const { front } = await through(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`);
    const sizes = fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.boolean(),
        fc.constantFrom("POST", "PUT", "DELETE"),
        async (pieces, hasLength, method) => {
          const total = pieces.reduce((sum, size) => sum + size, 0);
          const sent = createHash("sha256");
          const got = await exchange(
            front.url,
            method,
            pieces,
            hasLength ? total : undefined,
            sent,
          );
          expect(got.bytes).toBe(total);
          expect(got.hash).toBe(sent.digest("hex"));
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** Sends pieces one by one, a turn between any two, and hashes what comes back. */
function exchange(
  url: string,
  method: string,
  pieces: readonly number[],
  length: number | undefined,
  sent: Hash,
): Promise<{ bytes: number; hash: string }> {
  return new Promise((resolve, reject) => {
    const headers =
      length === undefined ? { "transfer-encoding": "chunked" } : { "content-length": length };
    const request = httpRequest(url, { method, headers }, (answer) => {
      const hash = createHash("sha256");
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        hash.update(chunk);
        bytes += chunk.length;
      });
      answer.on("end", () => resolve({ bytes, hash: hash.digest("hex") }));
      answer.on("error", reject);
    });
    request.on("error", reject);
    void (async () => {
      for (const [i, size] of pieces.entries()) {
        const piece = Buffer.alloc(size, i + 1);
        sent.update(piece);
        if (!request.write(piece)) await new Promise((drained) => request.once("drain", drained));
        else await new Promise((turned) => setImmediate(turned));
      }
      request.end();
    })();
  });
}
