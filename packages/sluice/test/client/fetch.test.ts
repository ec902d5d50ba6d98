/** The client as a `fetch`: what passes through it, what comes back refused, and how it sits under another client. */
import { describe, expect, it } from "vitest";
import { ApiError } from "../../src/client/index.ts";
import { drive } from "../gate/fixtures/drive.ts";
import { BASE, createRig, KEY, OK, refusal } from "./fixtures/scripted.ts";

const hello = `${BASE}/hello`;

describe("the client's fetch", () => {
  it("gives back what the server said, as a response", async () => {
    const { client, clock, arrivals } = createRig(() => ({ ...OK, headers: { "x-more": "1" } }));
    const response = await drive(clock, client.fetch(hello));
    expect(response.status).toBe(200);
    expect(response.headers.get("x-more")).toBe("1");
    expect(await response.json()).toEqual({ hello: "you" });
    expect(Object.values(arrivals[0]?.headers ?? {})).toContain(KEY);
  });

  it("takes an address, a URL and a Request, and sends a body as often as it must", async () => {
    const { client, clock, arrivals } = createRig((_, n) =>
      n % 2 === 1 ? refusal(500, "internal") : OK,
    );
    const init = { method: "POST", body: '{"title":"milk"}' };
    await drive(clock, client.fetch(`${BASE}/notes`, init));
    await drive(clock, client.fetch(new URL(`${BASE}/notes`), init));
    await drive(clock, client.fetch(new Request(`${BASE}/notes`, init)));
    const bodies = arrivals.map(({ body }) =>
      typeof body === "string" ? body : new TextDecoder().decode(body as Uint8Array),
    );
    expect(bodies).toEqual(Array(6).fill('{"title":"milk"}'));
  });

  it("sends the key to nobody but its own API, and leaves a key that is there", async () => {
    const { client, clock, arrivals } = createRig(() => OK);
    await drive(clock, client.fetch("https://elsewhere.test/v1/hello"));
    await drive(clock, client.fetch(hello, { headers: { "X-API-Key": "mine" } }));
    expect(JSON.stringify(arrivals[0])).not.toContain(KEY);
    expect(arrivals[1]?.headers["x-api-key"]).toBe("mine");
  });

  it("lets another server have neither its window nor its queue", async () => {
    const { client, clock, arrivals } = createRig(() => ({ ...OK, afterMs: 1_000 }), {
      queue: { concurrencyStart: 1, concurrencyMax: 1 },
    });
    const elsewhere = Array.from({ length: 5 }, () => client.fetch("https://elsewhere.test/"));
    await drive(clock, Promise.all(elsewhere));
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([0, 0, 0, 0, 0]);
  });

  it("does not take an address that only begins like its own for its own", async () => {
    const { client, clock, arrivals } = createRig(() => OK);
    await drive(clock, client.fetch(`${BASE}.evil.test/hello`));
    await drive(clock, client.fetch("https://api.acme.test/v10/hello"));
    expect(JSON.stringify(arrivals)).not.toContain(KEY);
  });

  it("repeats no POST that may have been done, where the server would not know it again", async () => {
    const proxy = { status: 502, body: "<html>Bad Gateway</html>" };
    const { client, clock, arrivals } = createRig(() => proxy);
    const response = await drive(clock, client.fetch(`${BASE}/nowhere`, { method: "POST" }));
    expect(response.status).toBe(502);
    expect(arrivals).toHaveLength(1);
  });

  it("repeats one that failed with a code of which the contract says that it charges nothing", async () => {
    const { client, clock, arrivals } = createRig(() => refusal(500, "internal"));
    await drive(clock, client.fetch(`${BASE}/nowhere`, { method: "POST" }));
    expect(arrivals).toHaveLength(3);
  });

  it("hands a refusal on as it came, with the note that it was tried often enough", async () => {
    const { client, clock, arrivals } = createRig(() =>
      refusal(503, "unavailable", { "Retry-After": "1", "x-request-id": "req_1" }),
    );
    const response = await drive(clock, client.fetch(hello));
    expect(arrivals).toHaveLength(3);
    expect(response.status).toBe(503);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(response.headers.get("x-request-id")).toBe("req_1");
    expect(await response.json()).toMatchObject({ error: { code: "unavailable" } });
  });

  it("throws where nobody answered", async () => {
    const down = new TypeError("fetch failed");
    const { client, clock } = createRig(() => ({ status: 0, throws: down }));
    const call = client.fetch(hello).catch((error: unknown) => error);
    expect(await drive(clock, call)).toBeInstanceOf(ApiError);
  });

  it("tries once for a client above that tries again by itself", async () => {
    const { client, clock, arrivals } = createRig(() => refusal(503, "unavailable"));
    const headers = { "X-Stainless-Retry-Count": "1" };
    await drive(clock, client.fetch(hello, { headers }));
    expect(arrivals).toHaveLength(1);
  });
});

describe("an operation's slots and the server's window", () => {
  it("let no more calls out than the window has room for, and none is refused", async () => {
    const taken: number[] = [];
    const { client, clock, arrivals } = createRig(
      (arrival) => {
        while (taken.length > 0 && (taken[0] ?? 0) <= arrival.atMs - 60_000) taken.shift();
        if (taken.length >= 20) return refusal(429, "rate_limited", { "Retry-After": "60" });
        taken.push(arrival.atMs);
        const reset = Math.ceil(((taken[0] ?? 0) + 60_000) / 1_000);
        return {
          ...OK,
          headers: {
            "X-RateLimit-Limit": "20",
            "X-RateLimit-Remaining": String(20 - taken.length),
            "X-RateLimit-Reset": String(Math.ceil(clock.wallMs() / 1_000) + reset),
          },
        };
      },
      { plan: "pro", deadline: { totalMs: 600_000 } },
    );
    const calls = Array.from({ length: 45 }, () => client.call("hello", {}));
    await drive(clock, Promise.all(calls));
    expect(arrivals).toHaveLength(45);
  });
});
