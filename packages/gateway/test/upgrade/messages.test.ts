// What goes over a WebSocket through the gateway: everything, in order, both ways, at the pace of whoever is slower.

import { createHash, randomBytes } from "node:crypto";
import { createVerifier } from "@sluice/gateway/verify";
import { describe, expect, it } from "vitest";
import { createCertificate } from "../door/fixtures/certificate.ts";
import { turns } from "../door/fixtures/turns.ts";
import { secret } from "../fixtures/bureau.ts";
import { RawUpstream } from "../upstream/fixtures/raw-upstream.ts";
import { closed, messagesOf, openChat, settled } from "./fixtures/chat.ts";
import { startEcho } from "./fixtures/echo.ts";

const SWITCH = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
const SWITCHED = `${SWITCH}Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n`;

describe("a WebSocket through the gateway", () => {
  it("carries messages of one byte up to a megabyte, both ways and in order", async () => {
    const echo = await startEcho();
    const { call } = await openChat(echo.url);
    const socket = call();
    expect(await settled(socket)).toBe("open");
    const next = messagesOf(socket);
    const sizes = [1, 2, 125, 126, 65_535, 65_536, 1_048_576, 0, 3];
    const messages = sizes.map((size) => randomBytes(size));
    for (const message of messages) socket.send(message);
    for (const message of messages) expect((await next()).equals(message)).toBe(true);
    const left = closed(socket);
    socket.close(4_001, "enough");
    expect(await left).toBe(4_001);
  });

  it("shows the upstream the caller, signed, and nothing of the key; and the caller a request id", async () => {
    const echo = await startEcho();
    const { call, key } = await openChat(echo.url);
    const socket = call("/v1/talk?room=1");
    const heads: Record<string, unknown>[] = [];
    socket.once("upgrade", ({ headers }) => heads.push(headers));
    expect(await settled(socket)).toBe("open");
    const [asked] = echo.asked;
    expect(asked?.url).toBe("/talk?room=1");
    expect(JSON.stringify(asked)).not.toContain(key);
    const verifier = createVerifier({ secrets: { [secret.id]: secret.secret } });
    const request = { method: "GET", url: asked?.url ?? "", headers: asked?.headers ?? {} };
    const { caller, requestId } = verifier.verify(request);
    expect(caller).toMatchObject({ accountId: "acct_1", operation: "talk" });
    expect(heads[0]).toMatchObject({
      connection: "Upgrade",
      upgrade: "websocket",
      "x-request-id": requestId,
      "x-ratelimit-remaining": "999",
    });
    expect(heads[0]).not.toHaveProperty("content-length");
    expect(heads[0]).not.toHaveProperty("transfer-encoding");
  });

  it("passes on which protocol of its own both ends agree on", async () => {
    const raw = await RawUpstream.start();
    const { raw: open } = await openChat(raw.url);
    const caller = await open();
    const upstream = await raw.connection();
    const request = await upstream.request();
    expect(request).toContain("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    expect(request.toLowerCase()).toContain("connection: upgrade\r\nupgrade: websocket\r\n");
    upstream.say(`${SWITCH}Sec-WebSocket-Protocol: chat\r\nX-Own: 1\r\n\r\n`);
    const head = await caller.until((received) => received.endsWith("\r\n\r\n"));
    expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(head.toLowerCase()).toContain("sec-websocket-protocol: chat\r\nx-own: 1\r\n");
  });

  it("loses no byte that came together with either handshake", async () => {
    const raw = await RawUpstream.start();
    const { raw: open } = await openChat(raw.url);
    const caller = await open("sent at once, ");
    const upstream = await raw.connection();
    await upstream.until(({ heard }) => heard.includes("\r\n\r\n"));
    caller.write("sent before the answer, ");
    upstream.say(`${SWITCHED}answered at once, `);
    await caller.until((received) => received.endsWith("at once, "));
    caller.write("sent after it.");
    upstream.say("and after it.");
    await upstream.until(({ heard }) => heard.endsWith("after it."));
    expect(upstream.heard.split("\r\n\r\n")[1]).toBe(
      "sent at once, sent before the answer, sent after it.",
    );
    await caller.until((received) => received.endsWith("and after it."));
    expect(caller.received.split("\r\n\r\n")[1]).toBe("answered at once, and after it.");
  });

  it("holds an upstream back whose caller reads slowly, and loses nothing", async () => {
    const raw = await RawUpstream.start();
    const { raw: open } = await openChat(raw.url);
    const caller = await open();
    const upstream = await raw.connection();
    await upstream.request();
    caller.socket.pause();
    upstream.say(SWITCHED);
    const sent = Buffer.alloc(32 * 1_048_576, randomBytes(997));
    upstream.socket.write(sent);
    const { socket } = upstream;
    await stalled(() => socket.writableLength);
    expect(socket.writableLength).toBeGreaterThan(sent.length / 2);
    const digest = createHash("sha256");
    let came = -SWITCHED.length;
    let isHead = true;
    caller.socket.removeAllListeners("data").on("data", (piece: Buffer) => {
      const from = isHead ? piece.indexOf("\r\n\r\n") + 4 : 0;
      if (isHead) came = -from;
      isHead = false;
      digest.update(piece.subarray(from));
      came += piece.length;
    });
    caller.socket.resume();
    await turns(() => came === sent.length);
    expect(digest.digest("hex")).toBe(createHash("sha256").update(sent).digest("hex"));
  });

  it("holds a caller back whose upstream reads slowly, and loses nothing", async () => {
    const echo = await startEcho({ echoes: false });
    const { call } = await openChat(echo.url);
    const socket = call();
    await settled(socket);
    const [talk] = echo.talks;
    talk?.pause();
    const message = randomBytes(1_048_576);
    for (let i = 0; i < 32; i++) socket.send(message);
    await stalled(() => socket.bufferedAmount);
    expect(socket.bufferedAmount).toBeGreaterThan(16 * message.length);
    if (talk === undefined) throw new Error("nobody talks");
    const next = messagesOf(talk);
    talk.resume();
    for (let i = 0; i < 32; i++) expect((await next()).equals(message)).toBe(true);
  });

  it("goes over TLS at both ends, where the upstream's certificate is believed only if it is vouched for", async () => {
    const tls = createCertificate("both");
    const echo = await startEcho({ tls });
    const listeners = { public: { host: "127.0.0.1", port: 0, tls }, internal: undefined };
    const believed = { upstream: { ca: tls.cert }, settings: { listeners } };
    const { call } = await openChat(echo.url, believed);
    const safe = call("/v1/talk", { ca: tls.cert });
    expect(await settled(safe)).toBe("open");
    const next = messagesOf(safe);
    safe.send("hello");
    expect(String(await next())).toBe("hello");
    const { call: callOther, spent } = await openChat(echo.url);
    expect(await settled(callOther())).toMatchObject({ status: 503 });
    expect(await spent()).toEqual({ used: 0, held: 0 });
  });

  it("needs no key on an open path that allows it, and carries none on", async () => {
    const echo = await startEcho();
    const open = [{ path: "/live/{room*}", upgrades: "websocket" as const }];
    const { call } = await openChat(echo.url, { served: { open } });
    const socket = call("/live/1");
    expect(await settled(socket)).toBe("open");
    const next = messagesOf(socket);
    socket.send("hello");
    expect(String(await next())).toBe("hello");
    expect(echo.asked[0]?.url).toBe("/live/1");
    expect(Object.keys(echo.asked[0]?.headers ?? {}).join()).not.toMatch(
      /api-key|sluice|signature/,
    );
  });

  it("is served below a mount, too", async () => {
    const echo = await startEcho();
    const { call } = await openChat(echo.url, { served: { mount: "/chat" } });
    expect(await settled(call("/chat/v1/talk"))).toBe("open");
    await expect(settled(call("/chat/v1/read"))).resolves.toMatchObject({ status: 400 });
  });

  it("is only offered: a request of the same operation without an offer is a call like any other", async () => {
    const echo = await startEcho();
    const { url, key } = await openChat(echo.url);
    const response = await fetch(`${url}/v1/talk`, { headers: { "X-API-Key": key } });
    expect([response.status, await response.text()]).toEqual([200, "plain"]);
  });
});

/** Once what waits has not become less for a while of turns. */
async function stalled(waiting: () => number): Promise<void> {
  let before = -1;
  let still = 0;
  await turns(() => {
    const now = waiting();
    still = now === before ? still + 1 : 0;
    before = now;
    return still > 2_000;
  });
}
