// What comes back from an upstream, as the gate gets it: whole where it is short or must be, piece by piece elsewhere.

import fc from "fast-check";
import type { WorkDone } from "sluice/gate";
import { describe, expect, it } from "vitest";
import { RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { bytesOf, readAll, sourceIn, upstreamAt, workOf } from "./fixtures/work.ts";

const JSON_OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
const chunk = (text: string) => `${Buffer.byteLength(text, "latin1").toString(16)}\r\n${text}\r\n`;

async function answered(text: string, work = workOf()) {
  const raw = await RawUpstream.start();
  raw.answers(text);
  return upstreamAt(raw.url).run(work);
}

describe("an answer", () => {
  it("of JSON or text comes as text, and anything else as bytes", async () => {
    expect(await answered(response('{"a":"\xc3\xbc"}', JSON_OK))).toMatchObject({
      body: '{"a":"ü"}',
    });
    const image = response("\x89PNG", "HTTP/1.1 200 OK\r\nContent-Type: image/png");
    const { body } = (await answered(image)) as { body: Uint8Array };
    expect(body).toBeInstanceOf(Uint8Array);
  });

  it("keeps every byte, also where it calls itself text and is none, or begins with a mark", async () => {
    const texts = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 });
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    let connection: Awaited<ReturnType<typeof raw.connection>> | undefined;
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (codes, isMarked) => {
        const bytes = Buffer.from(isMarked ? [0xef, 0xbb, 0xbf, ...codes] : codes);
        const done = upstream.done(workOf());
        connection ??= await raw.connection();
        await connection.request();
        connection.say(`${JSON_OK}\r\nContent-Length: ${bytes.length}\r\n\r\n`);
        connection.socket.write(bytes);
        expect(await bytesOf(await done)).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it("that begins with a byte order mark stays bytes, so that whoever reads JSON from it can", async () => {
    const { body } = (await answered(response("\xef\xbb\xbf{}", JSON_OK))) as WorkDone;
    expect(body).toEqual(Buffer.from("\xef\xbb\xbf{}", "latin1"));
  });

  it("has lower-case headers, those of one name joined, but for cookies", async () => {
    const head = `${JSON_OK}\r\nX-A: 1\r\nSet-Cookie: a=1\r\nX-A:  2 \r\nSet-Cookie: b=2\r\nX-Empty:`;
    const { headers } = (await answered(response("{}", head))) as WorkDone;
    expect(headers).toEqual([
      ...["content-type", "application/json", "x-a", "1, 2"],
      ...["set-cookie", "a=1", "set-cookie", "b=2", "x-empty", ""],
    ]);
  });

  it("leaves behind what belongs to its connection, and what `Connection` names", async () => {
    const hop = [
      "Connection: keep-alive, X-Secret",
      "X-Secret: 1",
      "Keep-Alive: timeout=5",
      "Proxy-Connection: x",
      "Proxy-Authenticate: Basic",
      "Upgrade: h2c",
      "Trailer: X-T",
      "TE: trailers",
      "X-Kept: 1",
    ];
    const head = `HTTP/1.1 200 OK\r\n${hop.join("\r\n")}`;
    const { headers } = (await answered(response("{}", head))) as WorkDone;
    expect(headers).toEqual(["x-kept", "1"]);
  });

  it("with a status of 4xx or 5xx comes whole, so that it can be folded", async () => {
    for (const status of [400, 404, 429, 500, 502]) {
      const text = `HTTP/1.1 ${status} X\r\nContent-Type: text/html\r\nContent-Length: 70000\r\n\r\n${"x".repeat(70_000)}`;
      const { body } = (await answered(text)) as { body: string };
      expect(body).toHaveLength(70_000);
    }
    const events = response("data: 1\n\n", "HTTP/1.1 500 X\r\nContent-Type: text/event-stream");
    expect(await answered(events)).toMatchObject({ status: 500, body: "data: 1\n\n" });
  });

  it("that is a refusal in the gate's words is one, whatever its status and body", async () => {
    for (const status of [200, 404, 500]) {
      const head = `HTTP/1.1 ${status} X\r\nSluice-Refuse: conflict; param="name"`;
      expect(await answered(response("secret", head))).toEqual({
        kind: "refusal",
        condition: "conflict",
        param: "name",
      });
    }
    const fault = response("", "HTTP/1.1 200 X\r\nSluice-Refuse: (((");
    await expect(answered(fault)).rejects.toThrow();
  });

  it("that is a refusal is not waited for, however long its body is", async () => {
    const raw = await RawUpstream.start();
    const result = upstreamAt(raw.url).run(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${JSON_OK}\r\nSluice-Refuse: conflict\r\nContent-Length: 1000000\r\n\r\nabc`);
    expect(await result).toMatchObject({ condition: "conflict" });
    await connection.until(({ closed }) => closed);
  });

  it("says what it cost in a header, or behind a body in chunks", async () => {
    const trailing = `${JSON_OK}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("{}")}0\r\nSluice-Cost: 7\r\n\r\n`;
    expect(await answered(trailing, workOf({ needsWhole: true }))).toMatchObject({
      body: "{}",
      headers: ["content-type", "application/json", "sluice-cost", "7"],
    });
  });

  it("to a quote comes from a request like any other", async () => {
    const raw = await RawUpstream.start();
    raw.answers(response('{"credits":3}', JSON_OK));
    const work = workOf({ method: "POST", path: "/quote", bodyBytes: Buffer.from("{}") });
    expect(await upstreamAt(raw.url).quote(work)).toMatchObject({ body: '{"credits":3}' });
  });
});

describe("an answer that need not be whole", () => {
  it("is collected up to 64 KiB, and handed on as it comes from there", async () => {
    for (const bytes of [65_536, 65_537]) {
      const done = await answered(response("x".repeat(bytes)));
      if ("kind" in done) throw new Error("refused");
      expect(typeof done.body === "string" ? "whole" : "pieces").toBe(
        bytes === 65_536 ? "whole" : "pieces",
      );
      expect(await bytesOf(done)).toHaveLength(bytes);
      if (typeof done.body !== "string") expect(done.length).toBe(bytes);
    }
  });

  it("comes whole in spite of an unknown length where it is all there at once", async () => {
    const text = `${JSON_OK}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("{}")}0\r\n\r\n`;
    expect(await answered(text)).toMatchObject({ body: "{}" });
  });

  it("is handed on piece by piece where nobody knows how long it will be, with what follows it", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf());
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${JSON_OK}\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("[1,")}`);
    const result = await done;
    expect(result.length).toBeUndefined();
    const source = sourceIn(result);
    expect(Buffer.from((await source.next()) ?? "").toString()).toBe("[1,");
    const rest = readAll(source);
    connection.say(`${chunk("2]")}0\r\nSluice-Cost: 7\r\nKeep-Alive: x\r\n\r\n`);
    expect((await rest).toString()).toBe("2]");
    expect(source.trailers).toEqual(["sluice-cost", "7"]);
    expect(await source.next()).toBeUndefined();
  });

  it("is always whole where it must be, however long it takes", async () => {
    const raw = await RawUpstream.start();
    const done = upstreamAt(raw.url).done(workOf({ needsWhole: true }));
    const connection = await raw.connection();
    await connection.request();
    connection.say(`${JSON_OK}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (let i = 0; i < 5; i++) {
      connection.say(chunk("x".repeat(50_000)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    connection.say("0\r\n\r\n");
    expect((await done).body).toHaveLength(250_000);
  });
});

describe("a stream of events", () => {
  const EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8";

  it("is there before its first event, and gives each event when it is emitted and not before", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    for (const needsWhole of [false, true]) {
      const done = upstream.done(workOf({ needsWhole }));
      const connection = await raw.connection();
      await connection.request();
      connection.say(`${EVENTS}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`);
      const source = sourceIn(await done);
      for (let i = 0; i < 20; i++) {
        // The next event is emitted only after this one has come: none waits for another.
        const next = source.next();
        connection.say(chunk(`data: ${i}\n\n`));
        expect(Buffer.from((await next) ?? "").toString()).toBe(`data: ${i}\n\n`);
      }
      connection.say("0\r\n\r\n");
      expect(await source.next()).toBeUndefined();
    }
  });
});
