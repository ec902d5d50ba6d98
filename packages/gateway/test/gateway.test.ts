// A gateway as its callers and its upstreams see it: what passes, as whom, where to, and what a reload changes.

import { connect } from "node:net";
import { createVerifier, reportJobEnd } from "@sluice/gateway/verify";
import { describe, expect, it, onTestFinished } from "vitest";
import { apiAt, bureau, running, secret, settingsFor, startPlain } from "./fixtures/bureau.ts";

interface Came {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

describe("a gateway", () => {
  it("passes a call on to a server that knows nothing of keys, and tells it who calls", async () => {
    const { url } = await startPlain();
    const { ask, key } = await running(settingsFor([apiAt(`${url}/inside`)]));
    const response = await ask("/a/b?c=%20d");
    expect(response.status).toBe(200);
    expect(response.headers.get("x-ratelimit-limit")).toBe("1000000");
    const came = (await response.json()) as Came;
    expect([came.method, came.url]).toEqual(["GET", "/inside/a/b?c=%20d"]);
    expect(JSON.stringify(came)).not.toContain(key);
    const verifier = createVerifier({ secrets: { [secret.id]: secret.secret } });
    const { caller, requestId, reason } = verifier.verify(came);
    expect(reason).toBeUndefined();
    expect(caller).toMatchObject({ accountId: "acct_1", plan: "free", operation: "read" });
    expect(requestId).toBe(response.headers.get("x-request-id"));
  });

  it("passes on neither what the caller says is of its own hop, nor where it says that it comes from", async () => {
    const { url } = await startPlain();
    const { url: gate, key } = await running(settingsFor([apiAt(url)]));
    const { port } = new URL(gate);
    const socket = connect(Number(port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(
      `GET /a HTTP/1.1\r\nHost: api.example\r\nX-API-Key: ${key}\r\nConnection: close, X-Hop\r\n` +
        "X-Hop: 1\r\nX-End: 2\r\nX-Forwarded-For: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\n\r\n",
    );
    const text = (await socket.setEncoding("utf8").toArray()).join("");
    const { headers } = JSON.parse(text.slice(text.indexOf("\r\n\r\n"))) as Came;
    expect(headers).toMatchObject({
      "x-end": "2",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "api.example",
      "x-forwarded-proto": "http",
      via: "1.1 sluice",
    });
    expect(Object.keys(headers)).not.toContain("x-hop");
    expect(JSON.stringify(headers)).not.toContain("1.2.3.4");
  });

  it("without a secret tells the upstream of no caller: nobody could believe it", async () => {
    const { url } = await startPlain();
    const { ask } = await running(settingsFor([apiAt(url)], { secrets: [] }));
    const { headers } = (await (await ask("/a")).json()) as Came;
    expect(Object.keys(headers).filter((name) => /sluice|signature/.test(name))).toEqual([]);
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("refuses by itself, in the contract's envelope", async () => {
    let asked = 0;
    const { url } = await startPlain((_, response) => {
      asked++;
      response.end();
    });
    const { url: gate } = await running(settingsFor([apiAt(url)]));
    const response = await fetch(`${gate}/a`);
    expect([response.status, asked]).toEqual([401, 0]);
    expect(await response.json()).toMatchObject({ error: { code: "missing_key" } });
  });

  it("says that the service is unavailable where nobody listens, charges nothing, and tells nothing else", async () => {
    const { ask, gateway } = await running(settingsFor([apiAt("http://127.0.0.1:1")]));
    const response = await ask("/buy", { method: "POST", body: "x" });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await response.text()).not.toMatch(/ECONN|127\.0\.0\.1/);
    const funds = { accountId: "acct_1", allowance: bureau().server.plans.free.allowance };
    expect(await gateway.stores.ledger.balance(funds, Date.now())).toMatchObject({
      used: 0,
      held: 0,
    });
  });

  it("sends each operation to its own upstream", async () => {
    const main = await startPlain((_, response) => response.end("main"));
    const other = await startPlain((_, response) => response.end("other"));
    const upstreams = { main: { url: main.url }, other: { url: other.url } };
    const api = apiAt("", { upstreams, routes: { search: "other" } });
    const { ask } = await running(settingsFor([api]));
    expect(await (await ask("/search")).text()).toBe("other");
    expect(await (await ask("/anything")).text()).toBe("main");
  });

  it("serves several APIs, each below its own path, the longest first", async () => {
    const one = await startPlain(({ url }, response) => response.end(`one ${url}`));
    const two = await startPlain(({ url }, response) => response.end(`two ${url}`));
    const first = apiAt(one.url, { mount: "/v1" });
    const apis = [first, apiAt(two.url, { api: first.api, mount: "/v1/two" })];
    const { ask, url } = await running(settingsFor(apis));
    expect(await (await ask("/v1/x?y")).text()).toBe("one /x?y");
    expect(await (await ask("/v1/two/x")).text()).toBe("two /x");
    expect(await (await ask("/v1/twofold")).text()).toBe("one /twofold");
    expect(await (await ask("/v1?y")).text()).toBe("one /?y");
    expect((await fetch(`${url}/v2`)).status).toBe(404);
  });
});

describe("an open path", () => {
  const open = [{ path: "/docs/{page*}" }, { method: "GET", path: "/v1/health" }];

  it("needs no key, tells the upstream of nobody, and carries no key on", async () => {
    const { url } = await startPlain();
    const { url: gate, key } = await running(settingsFor([apiAt(url, { open })]));
    const headers = { "X-API-Key": key, "Sluice-Caller": "{}", Signature: "forged" };
    const response = await fetch(`${gate}/docs/a/b?c`, { method: "POST", headers, body: "x" });
    const came = (await response.json()) as Came;
    expect([response.status, came.method, came.url]).toEqual([200, "POST", "/docs/a/b?c"]);
    const names = Object.keys(came.headers);
    expect(names.filter((name) => /sluice|signature|api-key/.test(name))).toEqual([]);
  });

  it("is open for its own method only", async () => {
    const { url } = await startPlain();
    const { url: gate } = await running(settingsFor([apiAt(url, { open })]));
    expect((await fetch(`${gate}/v1/health`)).status).toBe(200);
    expect((await fetch(`${gate}/v1/health`, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(`${gate}/v1/health`, { method: "PUT" })).status).toBe(401);
  });

  it("below the base path reaches the upstream without it, as operations do", async () => {
    const { url } = await startPlain();
    const api = apiAt(url, { open, api: bureau({ basePath: "/v1" }) });
    const { url: gate } = await running(settingsFor([api]));
    const health = (await (await fetch(`${gate}/v1/health`)).json()) as Came;
    const docs = (await (await fetch(`${gate}/docs`)).json()) as Came;
    expect([health.url, docs.url]).toEqual(["/health", "/docs"]);
  });

  it("with nobody behind it is refused in the contract's envelope, with a request id", async () => {
    const { url: gate } = await running(settingsFor([apiAt("http://127.0.0.1:1", { open })]));
    const response = await fetch(`${gate}/docs/x`);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toMatchObject({ error: { code: "unavailable" } });
  });
});

describe("a reload", () => {
  it("under load drops nothing, and holds from the next request on", async () => {
    const before = await startPlain((_, response) => response.end("before"));
    const after = await startPlain((_, response) => response.end("after"));
    const { ask, gateway } = await running(settingsFor([apiAt(before.url)]));
    const answers: string[] = [];
    let asked = 0;
    const caller = async () => {
      while (asked < 400) {
        if (++asked === 200) gateway.reload(settingsFor([apiAt(after.url)]));
        const isAfter = asked > 200;
        const response = await ask("/x");
        const text = await response.text();
        answers.push(`${response.status} ${text}`);
        if (isAfter) expect(text).toBe("after");
      }
    };
    await Promise.all(Array.from({ length: 16 }, caller));
    expect(answers.filter((answer) => !/^200 (before|after)$/.test(answer))).toEqual([]);
    expect(new Set(answers).size).toBe(2);
  });

  it("lets what is under way end as it began, and then lets go of the upstream before", async () => {
    let finish = () => {};
    const before = await startPlain((_, response) => {
      response.write("begun, ");
      finish = () => response.end("and ended");
    });
    const closed = new Promise<void>((resolve) => {
      before.server.on("connection", (socket) => socket.once("close", () => resolve()));
    });
    const { url: after } = await startPlain((_, response) => response.end("after"));
    const { ask, gateway } = await running(settingsFor([apiAt(before.url)]));
    const answer = ask("/x");
    await new Promise<void>((resolve) => before.server.once("request", () => resolve()));
    gateway.reload(settingsFor([apiAt(after)]));
    expect(await (await ask("/x")).text()).toBe("after");
    finish();
    expect(await (await answer).text()).toBe("begun, and ended");
    await closed;
  });

  it("keeps what was counted: a window goes on over it", async () => {
    const { url } = await startPlain();
    const api = bureau({ limit: 2 });
    const { ask, gateway } = await running(settingsFor([apiAt(url, { api })]));
    expect((await ask("/x")).status).toBe(200);
    gateway.reload(settingsFor([apiAt(url, { api: bureau({ limit: 2 }) })]));
    expect((await ask("/x")).status).toBe(200);
    expect((await ask("/x")).status).toBe(429);
  });
});

describe("beside the API", () => {
  it("says at the public door that it is alive and ready, where no operation has those paths by name", async () => {
    const { url } = await startPlain();
    const { url: gate } = await running(settingsFor([apiAt(url)]));
    for (const path of ["/healthz", "/readyz"]) {
      const response = await fetch(`${gate}${path}`);
      expect([path, response.status]).toEqual([path, 200]);
    }
    expect(await (await fetch(`${gate}/readyz`)).json()).toEqual({ status: "ready" });
  });

  it("says at the internal listener what it cannot reach, and is ready all the same", async () => {
    const { internalUrl } = await running(settingsFor([apiAt("http://127.0.0.1:1")]));
    const report = (await (await fetch(`${internalUrl}/readyz`)).json()) as object;
    expect(report).toMatchObject({
      status: "ready",
      checks: [
        { name: "stores", status: "ok" },
        { name: "upstream plain", status: "failing" },
      ],
    });
  });

  it("counts what it answers, for Prometheus", async () => {
    const { url } = await startPlain();
    const watch = { log: "none", metrics: true, tracesUrl: undefined } as const;
    const { ask, internalUrl, key } = await running(settingsFor([apiAt(url)], { watch }));
    await ask("/a/secret/path");
    const text = await (await fetch(`${internalUrl}/metrics`)).text();
    expect(text).toContain('sluice_requests_total{api="main",operation="read",status="2xx"} 1');
    expect(text).not.toMatch(new RegExp(`${key}|secret/path|acct_1`));
  });

  it("takes the end of a job from an upstream that shares its secret, and from nobody else", async () => {
    const { url } = await startPlain();
    const { internalUrl } = await running(settingsFor([apiAt(url)]));
    const end = {
      gatewayUrl: internalUrl,
      secretId: secret.id,
      requestId: "0199f5a2-0000-7000-8000-000000000000",
      outcome: { outcome: "failed" },
    } as const;
    expect(await reportJobEnd({ ...end, secret: secret.secret })).toEqual({ ended: "unknown" });
    const forged = reportJobEnd({ ...end, secret: secret.secret.replace("0", "1") });
    await expect(forged).rejects.toMatchObject({ status: 401 });
  });
});

describe("closing", () => {
  it("finishes what is under way, takes nothing more, and can be asked for twice", async () => {
    let finish = () => {};
    const { server, url } = await startPlain((_, response) => {
      finish = () => response.end("finished");
    });
    const { ask, gateway } = await running(settingsFor([apiAt(url)]));
    const answer = ask("/x");
    await new Promise<void>((resolve) => server.once("request", () => resolve()));
    expect(gateway.underWay).toBe(1);
    const closed = gateway.close();
    await expect(ask("/y")).rejects.toThrow();
    finish();
    expect(await (await answer).text()).toBe("finished");
    expect(await closed).toEqual({ failures: [] });
    expect(await gateway.close()).toEqual({ failures: [] });
  });
});
