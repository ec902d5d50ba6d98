// The gate on node:http, over real sockets: framing, keep-alive, pipelining, bodies, HEAD, and mounts.

import { describe, expect, it } from "vitest";
import { createFetchHandler } from "../../src/adapter/fetch.ts";
import { createNodeListener } from "../../src/adapter/node.ts";
import { parsePattern, Router } from "../../src/contract/index.ts";
import { reply, type WorkDone } from "../../src/gate/index.ts";
import { acme } from "../gate/fixtures/acme.ts";
import { secrets } from "../gate/fixtures/people.ts";
import { createRig } from "../gate/fixtures/rig.ts";
import { startServer } from "./fixtures/live-server.ts";
import { CAT, chunked, request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

const errorOf = (body: Buffer) => JSON.parse(body.toString()).error.code;

describe("one connection", () => {
  it("carries many requests, one after another", async () => {
    const client = await (await startServer()).connect();
    for (let i = 0; i < 200; i++) {
      const response = await client.ask(request());
      expect([response.status, response.body.toString()]).toEqual([200, '{"hello":"pro"}']);
      expect(response.header("content-length")).toBe(String(response.body.length));
      expect(response.header("connection")).not.toBe("close");
    }
  });

  it("carries refusals and answers in any order", async () => {
    const client = await (await startServer()).connect();
    const bodies: readonly (readonly [string, number])[] = [
      [CAT, 201],
      ["{", 400],
      ["{}", 400],
      [CAT.repeat(30), 413],
    ];
    for (let round = 0; round < 10; round++) {
      for (const [body, status] of bodies) {
        const headers = ["Content-Type: application/json"];
        const bytes = request({ path: "/v1/renders", headers, body });
        expect((await client.ask(bytes)).status).toBe(status);
      }
    }
  });

  it("ends after the answer when the client asks for it, or speaks HTTP/1.0", async () => {
    const { connect } = await startServer();
    for (const bytes of [
      request({ headers: ["Connection: close"] }),
      request().replace("HTTP/1.1", "HTTP/1.0"),
    ]) {
      const client = await connect();
      expect((await client.ask(bytes)).header("connection")).toBe("close");
      await client.closed;
    }
  });

  it("answers pipelined requests in their order, whichever is done first", async () => {
    const ends: (() => void)[] = [];
    const { connect } = await startServer({
      handlers: {
        render: ({ body }) =>
          new Promise((resolve) => ends.push(() => resolve(reply({ done: body.prompt })))),
      },
    });
    const client = await connect();
    const names = ["first", "second", "third"];
    const bytes = names.map((name) =>
      request({ path: "/v1/renders", body: JSON.stringify({ prompt: name }) }),
    );
    client.write(bytes.join("") + request());
    await until(() => ends.length === 3);
    for (const end of ends.reverse()) end();
    for (const name of names) {
      expect(JSON.parse((await client.next()).body.toString())).toEqual({ done: name });
    }
    expect((await client.next()).body.toString()).toBe('{"hello":"pro"}');
  });

  it("may come byte by byte", async () => {
    const client = await (await startServer()).connect();
    const bytes = request({ path: "/v1/renders", body: CAT });
    for (const byte of bytes) {
      client.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.next()).status).toBe(201);
  });
});

describe("twenty connections at once", () => {
  it("each get their own answers", async () => {
    const server = await startServer({ handlers: { createNote: ({ body }) => reply(body) } });
    const clients = await Promise.all(Array.from({ length: 20 }, () => server.connect()));
    await Promise.all(
      clients.map(async (client, who) => {
        for (let turn = 0; turn < 30; turn++) {
          const title = `${who}/${turn}`;
          const body = JSON.stringify({ title });
          const { status, body: answer } = await client.ask(request({ path: "/v1/notes", body }));
          expect([status, JSON.parse(answer.toString())]).toEqual([200, { title }]);
        }
      }),
    );
    expect(server.rig.rows()).toHaveLength(600);
  });
});

describe("a HEAD request", () => {
  it("gets the headers of the GET, its length too, and no body", async () => {
    const client = await (await startServer()).connect();
    const get = await client.ask(request());
    const head = await client.ask(request({ method: "HEAD" }), "HEAD");
    expect(head.status).toBe(200);
    expect(head.header("content-length")).toBe(String(get.body.length));
    expect(head.body).toHaveLength(0);
    const lost = await client.ask(request({ method: "HEAD", path: "/v1/nowhere" }), "HEAD");
    expect(lost.status).toBe(404);
    expect(lost.header("x-request-id")).toBeDefined();
    // Nothing of a body is left in the way of the next answer.
    expect((await client.ask(request())).status).toBe(200);
  });
});

describe("an answer without a body", () => {
  it("has no length and is not waited for", async () => {
    const answers: WorkDone[] = [
      { status: 204, headers: ["ETag", '"1"'], body: "" },
      { status: 304, headers: ["ETag", '"1"'], body: "" },
    ];
    for (const answer of answers) {
      const client = await (await startServer({ handlers: { hello: () => answer } })).connect();
      const response = await client.ask(request());
      expect(response.status).toBe(answer.status);
      expect(response.header("content-length")).toBeUndefined();
      expect(response.header("etag")).toBe('"1"');
      expect((await client.ask(request())).status).toBe(answer.status);
    }
  });
});

describe("a body", () => {
  const path = "/v1/renders";
  const chunks = ["Transfer-Encoding: chunked"];
  const padded = (length: number) => CAT.slice(0, -1).concat(" ".repeat(length - CAT.length), "}");

  it("may come in chunks of any size", async () => {
    const client = await (await startServer()).connect();
    for (const size of [1, 2, 7, 100]) {
      const headers = [...chunks, `Idempotency-Key: chunks-of-${size}`];
      client.write(request({ path, headers, body: chunked(CAT, size) }));
      const response = await client.next();
      expect([response.status, response.body.toString()]).toEqual([201, '{"picture":"a cat"}']);
    }
  });

  it("of exactly the limit passes, with one byte more it does not, however it is framed", async () => {
    const { connect } = await startServer();
    const status = async (bytes: string) => (await (await connect()).ask(bytes)).status;
    expect(await status(request({ path, body: padded(400) }))).toBe(201);
    expect(await status(request({ path, body: padded(401) }))).toBe(413);
    expect(await status(request({ path, headers: chunks, body: chunked(padded(400), 64) }))).toBe(
      201,
    );
    expect(await status(request({ path, headers: chunks, body: chunked(padded(401), 64) }))).toBe(
      413,
    );
  });

  it("that is too long by its declared length is refused before any of it comes", async () => {
    const client = await (await startServer()).connect();
    const head = request({ path, method: "POST", headers: ["Content-Length: 70000"] });
    const refused = await client.ask(head);
    expect([refused.status, errorOf(refused.body)]).toEqual([413, "body_too_large"]);
    expect(refused.header("connection")).toBe("close");
    await client.closed;
  });

  it("that is too long by count is refused before its end", async () => {
    const client = await (await startServer()).connect();
    const endless = chunked("x".repeat(500), 100).replace("0\r\n\r\n", "");
    const head = request({ path, method: "POST", headers: chunks });
    const refused = await client.ask(head + endless);
    expect([refused.status, errorOf(refused.body)]).toEqual([413, "body_too_large"]);
    expect(refused.header("connection")).toBe("close");
  });

  it("that nobody reads is dropped when it is small, and the connection goes on", async () => {
    const client = await (await startServer()).connect();
    const unread = request({ path, headers: ["X-API-Key: no"], body: "x".repeat(60_000) });
    const refused = await client.ask(unread + request());
    expect(refused.status).toBe(401);
    expect((await client.next()).status).toBe(200);
  });

  it("that nobody reads ends the connection when it is large or has no known end", async () => {
    const { connect } = await startServer();
    for (const framing of ["Content-Length: 70000", "Transfer-Encoding: chunked"]) {
      const client = await connect();
      const head = request({ path: "/v1/nowhere", method: "POST", headers: [framing] });
      const refused = await client.ask(head);
      expect([refused.status, refused.header("connection")]).toEqual([404, "close"]);
    }
  });

  it("is asked for when the client waits for it", async () => {
    const client = await (await startServer()).connect();
    const headers = ["Expect: 100-continue", `Content-Length: ${CAT.length}`];
    client.write(request({ path, method: "POST", headers }));
    expect((await client.next()).status).toBe(100);
    expect((await client.ask(CAT)).status).toBe(201);
  });
});

describe("a mount", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["/api/v1/hello", 200],
    ["/api/v1/hello?a=1", 200],
    ["/api", 404],
    ["/api?a=1", 404],
    ["/apiv1/hello", 404],
    ["/v1/hello", 404],
    ["/other/api/v1/hello", 404],
    ["/api/api/v1/hello", 404],
    ["/API/v1/hello", 404],
    ["/", 404],
  ];

  it("is cut off before the gate looks, and nothing outside it is the API's", async () => {
    const client = await (await startServer({}, { mount: "/api" })).connect();
    const rig = await createRig();
    const handle = createFetchHandler(rig.gate, { mount: "/api" });
    for (const [path, status] of cases) {
      expect([path, (await client.ask(request({ path }))).status]).toEqual([path, status]);
      const headers = { "X-API-Key": secrets.pro };
      const response = await handle(new Request(`http://acme.test${path}`, { headers }));
      expect([path, response.status]).toEqual([path, status]);
    }
  });

  it("does not make the root of the API out of paths outside it", async () => {
    const pattern = parsePattern("/");
    if (typeof pattern === "string") throw new Error(pattern);
    const root = new Router([{ operation: "hello" as const, method: "GET", pattern }]);
    const api = { ...acme, wire: { ...acme.wire, basePath: "" }, router: root };
    const own = await createRig({ api });
    const handle = createFetchHandler(own.gate, { mount: "/api" });
    const statuses: number[] = [];
    for (const path of ["/api", "/api/", "/api?a=1", "/elsewhere", "/apis", "/"]) {
      const headers = { "X-API-Key": secrets.pro };
      statuses.push((await handle(new Request(`http://acme.test${path}`, { headers }))).status);
    }
    expect(statuses).toEqual([200, 200, 200, 404, 404, 404]);
  });

  it.each(["api", "/api/", "/", "//", "/a//b", "/a?b", "http://acme.test/api"])(
    "that can never match is refused at start: %s",
    async (mount) => {
      const { gate } = await createRig();
      expect(() => createNodeListener(gate, { mount })).toThrow("write it like /api");
      expect(() => createFetchHandler(gate, { mount })).toThrow("write it like /api");
    },
  );
});
