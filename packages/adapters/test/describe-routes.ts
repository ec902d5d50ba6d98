// What a framework's routes are given, and what becomes of everything that they can answer.

import { request as send } from "node:http";
import { buffer } from "node:stream/consumers";
import type { OpenStores } from "@sluice-internal/both-ways/stores";
import { expect, it } from "vitest";
import type { Adapter } from "./adapters.ts";
import { UPLOAD_BYTES_MAX } from "./contract.ts";
import { json, MEBIBYTE, type Told } from "./doing.ts";
import { get, post, start } from "./suite.ts";

export function describeRoutes(adapter: Adapter, open: OpenStores): void {
  it("gives the route its caller and no key", async () => {
    const { ask } = await start(adapter, open);
    const answered = await ask(get("/v1/hello"));
    const id = answered.header("x-request-id");
    expect(JSON.parse(answered.body)).toEqual({
      hello: "pro",
      id,
      isKeyShown: false,
      method: "GET",
    });
    const { body } = await ask({ method: "HEAD", path: "/v1/hello" });
    expect(body).toBe("");
  });

  it("gives the route what the schemas made of its input", async () => {
    let told: Told | undefined;
    const { ask } = await start(adapter, open, {
      doing(one) {
        told = one;
        return undefined;
      },
    });
    await ask(post("/v1/prints", { text: "a", more: "is cut off" }));
    expect(told?.input).toEqual({ params: {}, query: {}, body: { text: "a", copies: 1 } });
    expect(told?.body).toMatchObject({ text: "a" });
    await ask(get("/v1/notes/note_%31?lines=3"));
    expect(told?.input).toMatchObject({ params: { noteId: "note_1" }, query: { lines: 3 } });
  });

  it("hands a body on unread where the operation passes it, up to its bound", async () => {
    const { ask, credits } = await start(adapter, open, {
      async doing({ body }) {
        const bytes = await buffer(body as AsyncIterable<Uint8Array>);
        return json({ bytes: bytes.length, last: bytes.at(-1) });
      },
    });
    const upload = (length: number, headers = {}) =>
      ask({ method: "PUT", path: "/v1/uploads", body: Buffer.alloc(length, 7), headers });
    expect(JSON.parse((await upload(UPLOAD_BYTES_MAX)).body)).toEqual({ bytes: 100_000, last: 7 });
    expect((await upload(UPLOAD_BYTES_MAX + 1)).status).toBe(413);
    expect(await credits()).toMatchObject({ remaining: 95, held: 0 });
  });
}

export function describeAnswers(adapter: Adapter, open: OpenStores): void {
  it("sends a long answer whole, and several headers of one name each", async () => {
    const { ask } = await start(adapter, open);
    const long = await ask(get("/v1/notes/note_long"));
    expect(Buffer.from(long.body, "latin1").equals(MEBIBYTE)).toBe(true);
    const { headers } = await ask(get("/v1/notes/note_two"));
    expect(headers).toEqual(expect.arrayContaining(["set-cookie: a=1", "set-cookie: b=2; Path=/"]));
    expect(headers).toContain("x-two: 1");
  });

  it("lets no route write a header that is the gate's", async () => {
    const { ask } = await start(adapter, open);
    const { headers, header } = await ask(get("/v1/notes/note_own"));
    expect(header("x-request-id")).toMatch(/^[0-9a-f]{8}-/);
    expect(headers.filter((line) => /^sluice-|^x-credits|mine/.test(line))).toEqual([]);
  });

  it("tells the operator of an operation that nobody does, and of an error that is thrown", async () => {
    const { ask, events } = await start(adapter, open);
    expect((await ask(get("/v1/nobody"))).status).toBe(500);
    const [event] = events;
    expect(event).toMatchObject({ kind: "fault", step: "run" });
    expect(String(event?.kind === "fault" && event.error)).toMatch(/no route answers .*nobody/);
    expect((await ask(get("/v1/notes/note_err"))).status).toBe(500);
    expect(events).toHaveLength(2);
  });

  it("passes over an offer to upgrade the connection", async () => {
    const { port, keys } = await start(adapter, open);
    const headers = { "x-api-key": keys.pro, connection: "Upgrade", upgrade: "websocket" };
    const status = await new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, path: "/v1/hello", headers };
      const request = send(options, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on("error", reject).end();
    });
    expect(status).toBe(200);
  });

  if (!adapter.hasPages) return;
  it("leaves the pages of the app alone where the API has a prefix", async () => {
    const { ask } = await start(adapter, open);
    expect(await ask(get("/about"), "none")).toMatchObject({ status: 200, body: "about us" });
    expect((await ask(get("/v1/about"), "none")).status).toBe(401);
    expect((await ask(get("/elsewhere"), "none")).body).not.toContain("missing_key");
  });
}
