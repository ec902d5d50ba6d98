// Bytes that are no request, and requests that Node would answer by itself: all get the contract's envelope, in
// their turn, and a row in the log.

import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { reply } from "../../src/gate/index.ts";
import { secrets } from "../gate/fixtures/people.ts";
import type { RawResponse } from "./fixtures/http-responses.ts";
import { type LiveServer, startServer } from "./fixtures/live-server.ts";
import { CAT, request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

function codeOf({ body }: RawResponse): string {
  return JSON.parse(body.toString()).error.code;
}

function expectEnvelope(response: RawResponse, status: number, code: string): void {
  expect([response.status, codeOf(response)]).toEqual([status, code]);
  expect(response.header("content-type")).toBe("application/json");
  expect(response.header("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
}

describe("bytes that are no request", () => {
  it.each([
    ["no words", "\x00\x01\x02\r\n\r\n"],
    ["a method that is none", "HELLO /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a method in lower case", "get /v1/hello HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["another version", "GET /v1/hello HTTP/3.7\r\nHost: a\r\n\r\n"],
    ["the greeting of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["the greeting of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["a header without a colon", "GET /v1/hello HTTP/1.1\r\nHost a\r\n\r\n"],
    ["a blank before the colon", "GET /v1/hello HTTP/1.1\r\nHost : a\r\n\r\n"],
    ["a NUL in a header", "GET /v1/hello HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n"],
    ["a length that is none", "POST /v1/chat HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"],
    ["a length below 0", "POST /v1/chat HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"],
    [
      "two lengths",
      request({
        path: "/v1/chat",
        method: "POST",
        headers: ["Content-Length: 1", "Content-Length: 2"],
      }),
    ],
    [
      "a length and chunks",
      request({
        path: "/v1/chat",
        method: "POST",
        headers: ["Content-Length: 1", "Transfer-Encoding: chunked"],
      }),
    ],
  ])("%s: 400 in the envelope, and the connection ends", async (_, bytes) => {
    const { connect, rig } = await startServer();
    const client = await connect();
    const response = await client.ask(bytes);
    expectEnvelope(response, 400, "malformed_request");
    expect(response.header("connection")).toBe("close");
    await client.closed;
    const row = rig.stores.log.explain(response.header("x-request-id") ?? "");
    expect(row).toMatchObject({ method: "-", status: 400, endedAt: "match", ending: "refused" });
  });

  it("headers beyond what the server reads: 431", async () => {
    const client = await (await startServer()).connect();
    const headers = [`X-Large: ${"x".repeat(20_000)}`];
    expectEnvelope(await client.ask(request({ headers })), 431, "headers_too_large");
    await client.closed;
  });

  it("a path beyond what the server reads: 431", async () => {
    const client = await (await startServer()).connect();
    const path = `/v1/${"x".repeat(20_000)}`;
    expectEnvelope(await client.ask(request({ path })), 431, "headers_too_large");
  });

  it("a request that does not arrive in time: 408", async () => {
    const { connect, server } = await startServer();
    const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const client = await connect();
    client.write("GET /v1/hello HTTP/1.1\r\n");
    // What Node does when its own clock, which no test can turn, says so.
    const error = Object.assign(new Error("late"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    server.emit("clientError", error, await accepted);
    expectEnvelope(await client.next(), 408, "request_timeout");
    await client.closed;
  });

  it("a connection that is reset is only closed", async () => {
    const { connect, server, rig } = await startServer();
    const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const client = await connect();
    const socket = await accepted;
    const error = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    server.emit("clientError", error, socket);
    await client.closed;
    expect(socket.destroyed).toBe(true);
    expect(rig.rows()).toEqual([]);
  });
});

describe("a request that must not pass although it can be read", () => {
  const options = {
    refuses: ({ url }: { readonly url?: string | undefined }) =>
      url === "/v1/strange" ? ("malformed_request" as const) : undefined,
  };

  it("is refused in the envelope, and ends its connection", async () => {
    const { connect, rig } = await startServer({}, options);
    const client = await connect();
    const response = await client.ask(request({ path: "/v1/strange" }));
    expectEnvelope(response, 400, "malformed_request");
    expect(response.header("connection")).toBe("close");
    await client.closed;
    expect(rig.rows()).toMatchObject([{ method: "-", status: 400, ending: "refused" }]);
  });

  it("waits for its turn, and takes with it what was sent behind it", async () => {
    const { connect, rig } = await startServer({}, options);
    const client = await connect();
    client.write(request() + request({ path: "/v1/strange" }) + request({ path: "/v1/notes" }));
    expect((await client.next()).status).toBe(200);
    expectEnvelope(await client.next(), 400, "malformed_request");
    await client.closed;
    expect(
      rig
        .rows()
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(["/", "/hello"]);
  });
});

describe("what comes after a good request on its connection", () => {
  const garbage = "GARBAGE\r\n\r\n";

  it("does not overtake its answer when it is no request", async () => {
    let finish: (() => void) | undefined;
    const { connect, rig } = await startServer({
      handlers: {
        render: () =>
          new Promise((resolve) => {
            finish = () => resolve(reply({ done: true }, 201));
          }),
      },
    });
    const client = await connect();
    client.write(request({ path: "/v1/renders", body: CAT }) + garbage);
    await until(() => finish !== undefined && rig.funds().held === 10);
    finish?.();
    expect((await client.next()).status).toBe(201);
    expectEnvelope(await client.next(), 400, "malformed_request");
    await client.closed;
    expect(rig.funds().used).toBe(10);
  });

  it("does not cost the caller an answer that was ready at once", async () => {
    const client = await (await startServer()).connect();
    client.write(request() + request() + garbage);
    expect((await client.next()).status).toBe(200);
    expect((await client.next()).status).toBe(200);
    expectEnvelope(await client.next(), 400, "malformed_request");
  });

  it("is an answer of its own when the body itself is broken", async () => {
    const { connect, rig } = await startServer();
    const client = await connect();
    const headers = ["Transfer-Encoding: chunked"];
    const head = request({ path: "/v1/renders", method: "POST", headers });
    expectEnvelope(await client.ask(`${head}zz\r\n`), 400, "malformed_request");
    await client.closed;
    client.leave();
    await until(() => rig.rows().length === 2);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });
});

describe("what Node would answer by itself", () => {
  async function ask(bytes: string): Promise<RawResponse> {
    const server: LiveServer = await startServer();
    return (await server.connect()).ask(bytes);
  }

  it("a request without a host is malformed (RFC 9112, 3.2)", async () => {
    const bytes = `GET /v1/hello HTTP/1.1\r\nX-API-Key: ${secrets.pro}\r\n\r\n`;
    expectEnvelope(await ask(bytes), 400, "malformed_request");
    expect((await ask(bytes.replace("HTTP/1.1", "HTTP/1.0"))).status).toBe(200);
  });

  it("an expectation that nobody knows is passed over", async () => {
    expect((await ask(request({ headers: ["Expect: a miracle"] }))).status).toBe(200);
  });

  it("a tunnel is refused", async () => {
    expectEnvelope(
      await ask("CONNECT acme.test:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
      400,
      "malformed_request",
    );
  });

  it("another protocol is not switched to", async () => {
    const headers = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
    expect((await ask(request({ headers }))).status).toBe(200);
  });

  it("the whole address in place of the path is read as its path (RFC 9112, 3.2.2)", async () => {
    expect((await ask(request({ path: "http://acme.test/v1/hello?a=1" }))).status).toBe(200);
    expect((await ask(request({ path: "HTTP://acme.test/v1/hello" }))).status).toBe(200);
    expectEnvelope(await ask(request({ path: "http://acme.test" })), 404, "not_found");
    expectEnvelope(await ask(request({ path: "http://acme.test?/v1/hello" })), 404, "not_found");
  });

  it.each(["OPTIONS", "TRACE", "PROPFIND", "QUERY", "PURGE"])(
    "%s is a method like others",
    async (method) => {
      expectEnvelope(await ask(request({ method })), 405, "method_not_allowed");
    },
  );

  it("the server as a whole is no resource", async () => {
    expectEnvelope(await ask(request({ method: "OPTIONS", path: "*" })), 404, "not_found");
  });
});
