// The end of a job, from the upstream's helper to the gateway's check, over a real socket.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { contentDigest } from "../../src/caller/report-job-end.ts";
import { reportJobEnd } from "../../src/caller/verify.ts";
import { createJobEndVerifier } from "../../src/caller/verify-job-end.ts";
import { listenForJobEnds } from "./fixtures/job-ends.ts";
import { NOW_MS, SECRET } from "./fixtures/signed.ts";

const report = {
  secretId: SECRET.id,
  secret: SECRET.secret,
  requestId: "req 1",
  nowMs: () => NOW_MS,
};

describe("the end of a job", () => {
  it("arrives signed, with its outcome, at the path of its request", async () => {
    const gateway = await listenForJobEnds(() => NOW_MS);
    const outcome = { outcome: "completed", credits: 12 } as const;
    const answer = await reportJobEnd({ ...report, gatewayUrl: `${gateway.url}/`, outcome });
    expect(answer).toEqual({ ended: "charged", credits: 12 });
    expect(gateway.ends).toEqual([{ path: "/jobs/req%201", fault: undefined, outcome }]);
  });

  it("is refused with the digest of another body, another path or another secret than what was signed", async () => {
    const seen: Parameters<ReturnType<typeof createJobEndVerifier>>[0][] = [];
    const fetch = async (url: unknown, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      seen.push({ method: "POST", path: new URL(String(url)).pathname, headers });
      return new Response('{"ended":"released"}');
    };
    const outcome = { outcome: "failed" } as const;
    await reportJobEnd({ ...report, gatewayUrl: "http://gate", outcome, fetch });
    const [sent] = seen;
    if (sent === undefined) throw new Error("nothing was sent");
    const verify = createJobEndVerifier({ main: SECRET.secret }, () => NOW_MS);
    expect(verify(sent)).toBeUndefined();
    const headers = new Headers(sent.headers as Headers);
    headers.set("content-digest", contentDigest('{"outcome":"completed"}'));
    expect(verify({ ...sent, headers })).toBe("mismatch");
    expect(verify({ ...sent, path: "/jobs/2" })).toBe("mismatch");
    expect(verify({ ...sent, method: "PUT" })).toBe("mismatch");
    const other = createJobEndVerifier({ main: `${SECRET.secret}!` }, () => NOW_MS);
    expect(other(sent)).toBe("mismatch");
    headers.delete("content-digest");
    expect(verify({ ...sent, headers })).toBe("malformed");
  });

  it("that the gateway does not take says whether to report it again", async () => {
    const statuses = [503, 401];
    const server = createServer((_request, response) => {
      response.writeHead(statuses.shift() ?? 500).end("no");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => server.close() && server.closeAllConnections());
    const gatewayUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const send = () => reportJobEnd({ ...report, gatewayUrl, outcome: { outcome: "failed" } });
    await expect(send()).rejects.toMatchObject({ status: 503, retryable: true });
    await expect(send()).rejects.toMatchObject({ status: 401, retryable: false });
  });

  it("has the digest of RFC 9530", () => {
    expect(contentDigest('{"hello": "world"}')).toBe(
      "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
    );
  });
});
