// An upstream that no connection comes about to: what is tried twice, and whom TLS believes.

import { describe, expect, it } from "vitest";
import { RawUpstream } from "./fixtures/raw-upstream.ts";
import { startShyProxy, startTls } from "./fixtures/tls.ts";
import { bodyOf, bytesOf, upstreamAt, workOf } from "./fixtures/work.ts";

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
