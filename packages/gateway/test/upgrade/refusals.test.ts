// Offers that are not taken up: by the gate, by the upstream, or by the door, which knows one protocol and one way to ask for it.

import { describe, expect, it } from "vitest";
import { answersIn, RawConnection } from "../door/fixtures/raw-connection.ts";
import { RawUpstream, response } from "../upstream/fixtures/raw-upstream.ts";
import { closed, handshake, openChat, type Refused, refusalOn, settled } from "./fixtures/chat.ts";
import { startEcho } from "./fixtures/echo.ts";

const code = (body: string | undefined) => JSON.parse(body ?? "").error.code;

/** A gateway in front of an upstream that says what it is told. */
async function chatBefore(terms: Parameters<typeof openChat>[1] = {}) {
  const upstream = await RawUpstream.start();
  return { upstream, ...(await openChat(upstream.url, terms)) };
}

describe("a handshake that the gate refuses", () => {
  it("without a key is told so in the envelope, and nobody behind the gate hears of it", async () => {
    const { upstream, call, spent } = await chatBefore();
    const refused = (await settled(call("/v1/talk", { headers: {} }))) as Refused;
    expect([refused.status, code(refused.body)]).toEqual([401, "missing_key"]);
    expect(refused.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(refused.headers["connection"]).toBe("close");
    expect(upstream.connections).toHaveLength(0);
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("loses what it sent behind it: that is never read as a request", async () => {
    const { upstream, port, key, rows } = await chatBefore();
    const connection = await RawConnection.open(port);
    const next = `GET /v1/read HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\n\r\n`;
    connection.write(handshake("/v1/talk") + next + "x".repeat(200_000));
    await connection.closed;
    expect(answersIn(connection.received).map(({ status }) => status)).toEqual([401]);
    expect(upstream.connections).toHaveLength(0);
    expect(await rows()).toHaveLength(1);
  });

  it("while the last slot is taken is refused, until the connection that has it closes", async () => {
    const echo = await startEcho();
    const { call, rows } = await openChat(echo.url, { slots: 1 });
    const first = call();
    expect(await settled(first)).toBe("open");
    const second = (await settled(call())) as Refused;
    expect([second.status, second.headers["retry-after"]]).toEqual([429, "2"]);
    expect(code(second.body)).toBe("concurrency_limited");
    const left = closed(first);
    first.close();
    await left;
    await rows();
    expect(await settled(call())).toBe("open");
  });

  it("beyond the window is refused with the time to wait", async () => {
    const echo = await startEcho();
    const { call, spent } = await openChat(echo.url, { limit: 1 });
    const first = call();
    expect(await settled(first)).toBe("open");
    const second = (await settled(call())) as Refused;
    expect([second.status, code(second.body)]).toEqual([429, "rate_limited"]);
    expect(Number(second.headers["retry-after"])).toBeGreaterThan(50);
    first.close();
    expect(await spent()).toEqual({ used: 5, held: 0 });
  });

  it("without the credits is refused", async () => {
    const echo = await startEcho();
    const { call, spent } = await openChat(echo.url, { credits: 9 });
    const first = call();
    expect(await settled(first)).toBe("open");
    const refused = (await settled(call())) as Refused;
    expect([refused.status, code(refused.body)]).toEqual([402, "credits_exhausted"]);
    first.close();
    expect(await spent()).toEqual({ used: 5, held: 0 });
  });
});

describe("a handshake that the upstream refuses", () => {
  it.each([
    [403, "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html", 500, "internal"],
    [503, "HTTP/1.1 503 Unavailable\r\nConnection: close", 503, "unavailable"],
    [
      426,
      "HTTP/1.1 426 Upgrade Required\r\nConnection: Upgrade\r\nUpgrade: other",
      500,
      "internal",
    ],
    [409, 'HTTP/1.1 409 Conflict\r\nSluice-Refuse: conflict; param="room"', 409, "conflict"],
  ])(
    "with %i is folded, costs nothing, and its connection is not used again",
    async (_, head, status, word) => {
      const { upstream, call, spent } = await chatBefore({ upstream: { connectionsMax: 1 } });
      for (const round of [1, 2]) {
        const answered = settled(call());
        const connection = await upstream.connection();
        await connection.request();
        connection.say(response("<html>at 10.0.0.7</html>", head));
        const refused = (await answered) as Refused;
        expect([refused.status, code(refused.body)]).toEqual([status, word]);
        expect(JSON.stringify(refused)).not.toMatch(/html|10\.0|sluice-refuse/);
        await connection.until((upstreamEnd) => upstreamEnd.closed);
        expect(upstream.connections).toHaveLength(round);
      }
      expect(await spent()).toEqual({ used: 0, held: 0 });
    },
  );

  it("with another answer is handed it, whole or long, and pays as for any other", async () => {
    const { upstream, raw, spent } = await chatBefore();
    for (const body of ["no socket today", "x".repeat(3_000_000)]) {
      const caller = await raw("GET /behind HTTP/1.1\r\nHost: a\r\n\r\n");
      const connection = await upstream.connection();
      expect(await connection.request()).not.toContain("/behind");
      connection.say(response(body));
      expect(await refusalOn(caller)).toMatchObject({ status: 200, body });
      expect(answersIn(caller.received)).toHaveLength(1);
      await connection.until((upstreamEnd) => upstreamEnd.closed);
      expect(connection.heard).toBe("");
    }
    expect(await spent()).toEqual({ used: 10, held: 0 });
  });

  it.each([
    ["to a protocol that nobody asked for", "Connection: Upgrade\r\nUpgrade: other\r\n\r\n"],
    ["to nothing that it names", "\r\n"],
  ])("or that it switches %s, is unavailable and costs nothing", async (_, head) => {
    const { upstream, call, spent } = await chatBefore();
    const answered = settled(call());
    const connection = await upstream.connection();
    await connection.request();
    connection.say(`HTTP/1.1 101 Switching Protocols\r\n${head}`);
    expect(await answered).toMatchObject({ status: 503 });
    await connection.until((upstreamEnd) => upstreamEnd.closed);
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });
});

describe("an offer that the door refuses", () => {
  const other = (line: string, by: string) => handshake("/v1/talk").replace(line, by);
  const more = (...headers: string[]) => handshake("/v1/talk", headers);
  it.each([
    ["for an operation that does not allow it", handshake("/v1/read")],
    ["for a path that is no operation", handshake("/v1/nothing")],
    ["for a path outside the API", handshake("/talk")],
    ["in a POST", other("GET", "POST")],
    ["in HTTP/1.0", other("HTTP/1.1", "HTTP/1.0")],
    ["with a body", `${more("Content-Length: 5")}hello`],
    ["with a body in chunks", `${more("Transfer-Encoding: chunked")}0\r\n\r\n`],
    ["without saying that the connection is meant", other("Connection: Upgrade\r\n", "")],
    ["to another protocol", other("Upgrade: websocket", "Upgrade: other")],
    ["to a WebSocket or another protocol", other("Upgrade: websocket", "Upgrade: websocket, h2c")],
    ["twice", more("Upgrade: websocket")],
    ["next to h2c", more("Upgrade: h2c")],
    ["with a handshake that is of this hop only", more("Connection: Sec-WebSocket-Key")],
    ["for the whole address", other("/v1/talk", "http://api.example/v1/talk")],
    ["with a Host that could be read twice", more("Host: b")],
  ])("%s is no request, as before", async (_, bytes) => {
    const { upstream, port, spent } = await chatBefore();
    const connection = await RawConnection.open(port);
    connection.write(`${bytes}GET /v1/read HTTP/1.1\r\nHost: a\r\n\r\n`);
    await connection.closed;
    const answers = answersIn(connection.received);
    expect(answers.map(({ status, body }) => [status, code(body)])).toEqual([
      [400, "malformed_request"],
    ]);
    expect(upstream.connections).toHaveLength(0);
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("behind a request that is not answered yet is refused in its turn", async () => {
    const { upstream, port, key } = await chatBefore();
    const connection = await RawConnection.open(port);
    const first = `GET /v1/read HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\n\r\n`;
    connection.write(first + handshake("/v1/talk", [`X-API-Key: ${key}`]));
    const behind = await upstream.connection();
    await behind.request();
    behind.say(response("first"));
    await connection.closed;
    expect(answersIn(connection.received).map(({ status }) => status)).toEqual([200, 400]);
    expect(upstream.connections).toHaveLength(1);
  });

  it("of HTTP/2 is passed over, also where a WebSocket may be offered", async () => {
    const { upstream, port, key } = await chatBefore();
    upstream.answers(response("plain"));
    const connection = await RawConnection.open(port);
    const settings = ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: x"];
    const head = ["GET /v1/talk HTTP/1.1", "Host: a", `X-API-Key: ${key}`, ...settings];
    connection.write(`${head.join("\r\n")}\r\n\r\n`);
    expect(await refusalOn(connection)).toMatchObject({ status: 200, body: "plain" });
  });

  it("on an open path that does not allow it never reaches the upstream", async () => {
    const upstream = await RawUpstream.start();
    const { port } = await openChat(upstream.url, { served: { open: [{ path: "/live" }] } });
    const connection = await RawConnection.open(port);
    connection.write(handshake("/live"));
    expect(await refusalOn(connection)).toMatchObject({ status: 400 });
    expect(upstream.connections).toHaveLength(0);
  });
});
