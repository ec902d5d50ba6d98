// How many connections there are, who waits for one, what is tried twice, and what silence comes to.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { findCommand } from "@sluice-internal/test-servers/command";
import { scratchFolder } from "@sluice-internal/test-servers/server-process";
import { VirtualClock } from "sluice/base";
import { describe, expect, it, onTestFinished } from "vitest";
import { type RawConnection, RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { bodyOf, bytesOf, readAll, sourceIn, upstreamAt, workOf } from "./fixtures/work.ts";

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

describe("an upstream where nobody listens", () => {
  it("is tried once more for what can be done twice, and once only for the rest", async () => {
    const raw = await RawUpstream.start();
    const { url } = raw;
    await raw.stop();
    for (const [method, phase] of [
      ["GET", "connect"],
      ["PUT", "connect"],
      ["POST", "connect"],
    ] as const) {
      const upstream = upstreamAt(url);
      expect(await upstream.run(workOf({ method }))).toMatchObject({ condition: "unavailable" });
      expect(upstream.failures.map((failure) => failure.phase)).toEqual([phase]);
      expect(upstream.load).toEqual({ busy: 0, waiting: 0 });
    }
  });

  it("at the first try, but at the second, answers what can be done twice, and nothing is sent twice", async () => {
    const tls = await startTls((request, response) => {
      request.resume().on("end", () => response.end("ok"));
    });
    for (const method of ["GET", "PUT", "POST"]) {
      const shy = await startShyProxy(Number(new URL(tls.url).port));
      const upstream = upstreamAt(shy.url, { ca: tls.ca });
      const before = tls.requests();
      const passedBody = bodyOf([Buffer.from("abc")], 3);
      const result = await upstream.run(workOf(method === "GET" ? {} : { method, passedBody }));
      if (method === "POST") expect(result).toMatchObject({ condition: "unavailable" });
      else expect(result).toMatchObject({ status: 200 });
      expect(tls.requests() - before).toBe(method === "POST" ? 0 : 1);
      expect(shy.connections()).toBe(method === "POST" ? 1 : 2);
    }
  });

  it("over TLS is tried no other way: a certificate that nobody vouches for is refused", async () => {
    const tls = await startTls((_request, response) => response.end("secret"));
    const upstream = upstreamAt(tls.url);
    expect(await upstream.run(workOf())).toMatchObject({ condition: "unavailable" });
    expect(upstream.failures[0]?.message).toMatch(/self-signed|certificate/);
    expect(tls.requests()).toBe(0);
    const known = upstreamAt(tls.url, { ca: tls.ca });
    expect((await bytesOf(await known.done(workOf()))).toString()).toBe("secret");
    const careless = upstreamAt(tls.url, { insecureAnyCertificate: true });
    expect((await bytesOf(await careless.done(workOf()))).toString()).toBe("secret");
    const elsewhere = upstreamAt(tls.url.replace("localhost", "127.0.0.1"), { ca: tls.ca });
    expect(await elsewhere.run(workOf())).toMatchObject({ condition: "unavailable" });
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
    expect(connection.closed).toBe(false);
    await clock.advance(3_000);
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

/** Closes the first connection before anything can be said on it, and passes the others on. */
async function startShyProxy(port: number) {
  let connections = 0;
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    if (connections++ === 0) socket.destroy();
    else
      socket
        .pipe(connect(port, "localhost"))
        .on("error", () => undefined)
        .pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => void server.close());
  const own = (server.address() as AddressInfo).port;
  return { url: `https://localhost:${own}`, connections: () => connections };
}

/** An HTTPS server with a certificate for `localhost` that only its own authority vouches for. */
async function startTls(listener: RequestListener) {
  const folder = scratchFolder("tls");
  onTestFinished(folder.remove);
  const key = join(folder.path, "key.pem");
  const cert = join(folder.path, "cert.pem");
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
  ];
  const openssl = findCommand({ names: ["openssl"], debianPackage: "openssl" });
  execFileSync(openssl, [...made, "-keyout", key, "-out", cert, "-days", "2", ...subject], {
    stdio: "ignore",
  });
  const ca = readFileSync(cert, "utf8");
  let requests = 0;
  const server = createServer({ key: readFileSync(key), cert: ca }, (request, response) => {
    requests++;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => server.close() && server.closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}`, ca, requests: () => requests };
}
