// What an upstream is asked: exactly one request, framed by us, in which only we say who calls and whence.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVerifier } from "../../src/caller/verify.ts";
import { CALLER, SECRET } from "../caller/fixtures/signed.ts";
import { parseRequest, valuesOf } from "./fixtures/parsed-request.ts";
import { type RawConnection, RawUpstream, response } from "./fixtures/raw-upstream.ts";
import { bodyOf, type HandMadeWork, upstreamAt, workOf } from "./fixtures/work.ts";

const DONE = response("ok", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close");

/** Sends work to an upstream that answers once it has all; what it got. */
async function sent(work: HandMadeWork, options = {}, prefix = "") {
  const raw = await RawUpstream.start();
  const done = upstreamAt(raw.url + prefix, options).done(work);
  const connection = await raw.connection();
  await connection.until(({ heard }) => isWhole(heard));
  const { heard } = connection;
  connection.say(DONE);
  await done;
  await connection.until(({ closed }) => closed);
  expect(connection.heard).toBe(heard);
  expect(raw.connections).toHaveLength(1);
  return parseRequest(heard);
}

function isWhole(heard: string): boolean {
  try {
    parseRequest(heard);
    return true;
  } catch {
    return false;
  }
}

describe("a request to the upstream", () => {
  it("has the caller signed, and our request id", async () => {
    const work = workOf({ method: "POST", search: "?a=%2F&a", bodyBytes: Buffer.from("{}") });
    const request = await sent(work, {}, "/api/");
    expect(request).toMatchObject({ method: "POST", target: "/api/hello?a=%2F&a", body: "{}" });
    const verifier = createVerifier({ secrets: { main: SECRET.secret } });
    const headers = Object.fromEntries(request.headers);
    const received = { method: "POST", url: request.target, headers };
    const verified = verifier.verify(received);
    expect(verified.caller).toEqual({ ...CALLER, operation: "sayHello" });
    expect(verified.requestId).toBe(work.requestId);
  });

  it("goes to the URL's host, whatever the caller called us", async () => {
    const request = await sent(workOf());
    expect(valuesOf(request, "host")).toHaveLength(1);
    expect(valuesOf(request, "host")[0]).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it("keeps the path exactly as it came", async () => {
    for (const path of ["/a%2Fb", "//x", "/a/%7e/~", "/%c3%bc", "/a;b=c", "/"]) {
      expect((await sent(workOf({ path }))).target).toBe(path);
    }
  });

  it("has the caller's own request id beside ours", async () => {
    const one = await sent(workOf({ headers: [["x-request-id", "mine"]] }));
    expect(valuesOf(one, "x-client-request-id")).toEqual(["mine"]);
    expect(valuesOf(one, "x-request-id")).toEqual(["0190a8f0-1111-7111-8111-123456789012"]);
    const odd = await sent(workOf({ headers: [["x-request-id", "a b"]] }));
    expect(valuesOf(odd, "x-client-request-id")).toEqual([]);
  });

  it("says that it came through us, and through whom before", async () => {
    expect(valuesOf(await sent(workOf()), "via")).toEqual(["1.1 sluice"]);
    const work = workOf({ headers: [["via", "1.0 fred, 1.1 p.example"]] });
    expect(valuesOf(await sent(work), "via")).toEqual(["1.0 fred, 1.1 p.example, 1.1 sluice"]);
  });

  it("asks for an answer that we can read", async () => {
    const request = await sent(workOf({ headers: [["accept-encoding", "gzip, br"]] }));
    expect(valuesOf(request, "accept-encoding")).toEqual(["identity"]);
  });

  it("passes a body on with the length that it came with, or in chunks", async () => {
    const pieces = ["ab", "", "cde"].map((text) => Buffer.from(text));
    for (const length of [5, undefined]) {
      const request = await sent(workOf({ method: "PUT", passedBody: bodyOf(pieces, length) }));
      expect(request.body).toBe("abcde");
      expect(valuesOf(request, "content-length")).toEqual(length === undefined ? [] : ["5"]);
    }
  });

  it("frames the body of a DELETE or an OPTIONS like any other (CVE-2026-29057)", async () => {
    const pieces = [Buffer.from("GET /evil HTTP/1.1\r\n\r\n")];
    for (const method of ["DELETE", "OPTIONS", "GET"]) {
      for (const length of [pieces[0]?.length, undefined]) {
        const request = await sent(workOf({ method, passedBody: bodyOf(pieces, length) }));
        expect(request).toMatchObject({ method, body: "GET /evil HTTP/1.1\r\n\r\n" });
      }
    }
  });

  it("is broken off where a body is shorter or longer than it said, and nobody takes it for whole", async () => {
    for (const length of [4, 6]) {
      const raw = await RawUpstream.start();
      const upstream = upstreamAt(raw.url);
      const body = bodyOf([Buffer.from("abc"), Buffer.from("de")], length);
      const result = upstream.run(workOf({ method: "POST", passedBody: body }));
      const connection = await raw.connection();
      await connection.until(({ closed }) => closed);
      expect(() => parseRequest(connection.heard)).toThrow();
      expect(await result).toMatchObject({ condition: "unavailable" });
    }
  });

  it("is broken off where its body breaks off, with the body's own error for the gate", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    const pieces = bodyOf([Buffer.from("abc")]);
    const next = pieces.next.bind(pieces);
    const broken = new Error("a body of more than 3 bytes");
    pieces.next = async () => {
      const piece = await next();
      if (piece === undefined) throw broken;
      return piece;
    };
    const result = upstream.run(workOf({ method: "POST", passedBody: pieces }));
    await expect(result).rejects.toBe(broken);
    const connection = await raw.connection();
    await connection.until(({ closed }) => closed);
    // No last chunk: it must not look whole.
    expect(connection.heard).not.toContain("\r\n0\r\n");
    expect(upstream.failures).toEqual([]);
  });
});

const OURS = [
  "sluice-caller",
  "sluice-anything",
  "signature",
  "signature-input",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "forwarded",
  "x-real-ip",
] as const;

describe("whatever headers a caller sends", () => {
  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9a-z-]{1,20}$/);
  const value = fc.stringMatching(
    /^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]{0,30}[\x21-\x7e\x80-\xff])?$/,
  );
  /** What the gate lets through of headers: neither framing nor what belongs to the hop before. */
  const name = fc.oneof(token, fc.constantFrom("cookie", "accept", "x-request-id", "via", ...OURS));
  const lost = new Set(["te", "expect", "connection", "keep-alive", "upgrade", "host", "trailer"]);
  lost.add("content-length").add("transfer-encoding").add("proxy-connection");
  const list = fc.array(
    fc.tuple(name, value).filter(([one]) => !lost.has(one)),
    { maxLength: 12 },
  );

  it("the upstream gets one request, ours are ours alone, and the rest goes through as it is", async () => {
    const raw = await RawUpstream.start();
    const upstream = upstreamAt(raw.url);
    let connection: RawConnection | undefined;
    await fc.assert(
      fc.asyncProperty(list, async (headers) => {
        const done = upstream.done(workOf({ headers }));
        connection ??= await raw.connection();
        const request = parseRequest(await connection.request());
        connection.say(response("ok"));
        await done;
        expect(valuesOf(request, "x-forwarded-for")).toEqual(["192.0.2.7"]);
        expect(valuesOf(request, "x-forwarded-proto")).toEqual(["http"]);
        for (const ours of [
          "sluice-caller",
          "signature",
          "signature-input",
          "via",
          "x-request-id",
        ]) {
          expect(valuesOf(request, ours)).toHaveLength(1);
        }
        const verifier = createVerifier({ secrets: { main: SECRET.secret } });
        const received = {
          method: "GET",
          url: request.target,
          headers: Object.fromEntries(request.headers),
        };
        expect(verifier.verify(received).reason).toBeUndefined();
        const special = new Set<string>([
          ...OURS,
          "x-request-id",
          "x-client-request-id",
          "via",
          "accept-encoding",
        ]);
        const through = headers.filter(([one]) => !special.has(one) && !one.startsWith("sluice-"));
        const kept = through.filter(([one]) => !one.startsWith("x-forwarded-"));
        const written = ["host", "connection", ...special, ...OURS];
        const got = request.headers.filter(([one]) => !written.includes(one));
        expect(got).toEqual(kept);
      }),
      { numRuns: 300 },
    );
    expect(raw.connections).toHaveLength(1);
  });
});

describe("behind proxies that we trust", () => {
  const headers = [
    ["x-forwarded-for", "6.6.6.6, 192.0.2.7, 192.0.2.8"],
    ["x-forwarded-proto", "https"],
    ["x-forwarded-host", "api.example"],
  ] as const;

  it("what they wrote goes on, and what strangers wrote does not", async () => {
    const request = await sent(workOf({ headers }), { trustedHops: 2 });
    expect(valuesOf(request, "x-forwarded-for")).toEqual(["192.0.2.7, 192.0.2.8, 192.0.2.9"]);
    expect(valuesOf(request, "x-forwarded-proto")).toEqual(["https"]);
    expect(valuesOf(request, "x-forwarded-host")).toEqual(["api.example"]);
  });

  it("and in front of whom there are none, nothing goes on but our own word", async () => {
    const request = await sent(workOf({ headers }), { publicScheme: "https" });
    expect(valuesOf(request, "x-forwarded-for")).toEqual(["192.0.2.7"]);
    expect(valuesOf(request, "x-forwarded-proto")).toEqual(["https"]);
    expect(valuesOf(request, "x-forwarded-host")).toEqual([]);
  });
});
