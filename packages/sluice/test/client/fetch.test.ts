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

  it("keeps what was asked in the record of a failure, also of a Request with JSON in it", async () => {
    const { client, clock } = createRig(() => refusal(422, "content_rejected"));
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body: '{"prompt":"ä cat"}' };
    for (const call of [
      client.fetchOrThrow(`${BASE}/renders`, init),
      client.fetchOrThrow(new Request(`${BASE}/renders`, init)),
    ]) {
      const error = await drive(
        clock,
        call.catch((thrown: unknown) => thrown),
      );
      expect((error as ApiError).toJSON().parameters).toEqual('{"prompt":"ä cat"}');
    }
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

describe("the client's fetch that throws", () => {
  const thrownBy = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  it("gives back what went well as the other does", async () => {
    const { client, clock } = createRig((_, n) => (n === 1 ? refusal(500, "internal") : OK));
    const response = await drive(clock, client.fetchOrThrow(hello));
    expect(await response.json()).toEqual({ hello: "you" });
  });

  it("throws a refusal as what a call throws, with all that is known of it", async () => {
    const said = refusal(503, "unavailable", { "Retry-After": "1", "x-request-id": "req_1" });
    const fetched = createRig(() => said);
    const called = createRig(() => said);
    const error = await drive(fetched.clock, thrownBy(fetched.client.fetchOrThrow(hello)));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "unavailable", status: 503, attempts: 3 });
    expect(error).toEqual(await drive(called.clock, thrownBy(called.client.call("hello", {}))));
    expect(fetched.arrivals.map(({ atMs }) => atMs)).toEqual(
      called.arrivals.map(({ atMs }) => atMs),
    );
  });

  it("throws what this client did not even send, and what nobody answered", async () => {
    const poor = createRig(() => OK, { pacing: { window: { limit: 1, windowMs: 60_000 } } });
    await drive(poor.clock, poor.client.fetchOrThrow(hello));
    const late = await drive(poor.clock, thrownBy(poor.client.fetchOrThrow(hello)));
    expect(late).toMatchObject({ code: "rate_limited", source: "client" });
    const down = createRig(() => ({ status: 0, throws: new TypeError("fetch failed") }));
    const cut = await drive(down.clock, thrownBy(down.client.fetchOrThrow(hello)));
    expect(cut).toMatchObject({ code: "connection_failed", attempts: 3 });
  });
});

describe("an answer that breaks off in its middle", () => {
  const cut = Object.assign(new TypeError("terminated"), { cause: { code: "UND_ERR_SOCKET" } });
  const json = (pieces: readonly string[], breaks: boolean) => ({
    status: 200,
    headers: { "content-type": "application/json" },
    pieces,
    ...(breaks && { breaks: cut }),
  });

  it.each(["fetch", "fetchOrThrow"] as const)(
    "is asked for again under its key, by %s",
    async (which) => {
      const { client, clock, arrivals } = createRig((_, n) =>
        n === 1 ? json(['{"a":'], true) : json(['{"a":', "1}"], false),
      );
      const response = await drive(clock, client[which](`${BASE}/renders`, { method: "POST" }));
      expect(await response.json()).toEqual({ a: 1 });
      const keys = arrivals.map(({ headers }) => headers["idempotency-key"]);
      expect(keys).toHaveLength(2);
      expect(keys[0]).toBe(keys[1]);
    },
  );

  it("is not, of a POST that the server would not know again", async () => {
    const { client, clock, arrivals } = createRig(() => json(['{"a":'], true));
    const response = await drive(clock, client.fetchOrThrow(`${BASE}/nowhere`, { method: "POST" }));
    const error = await drive(
      clock,
      response.json().catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({
      code: "connection_failed",
      charged: "unknown",
      repeatable: false,
    });
    expect(arrivals).toHaveLength(1);
  });

  it("is held up to a bound, and handed on from there as it comes", async () => {
    const piece = "1".repeat(400_000);
    const { client, clock } = createRig(() => json(Array(5).fill(piece), false));
    const response = await drive(clock, client.fetch(`${BASE}/renders`, { method: "POST" }));
    expect((await response.text()).length).toBe(2_000_000);
  });
});

describe("a stream that breaks off", () => {
  const delta = 'data: {"text":"a"}\n\n';
  const stops = 'event: error\ndata: {"error":{"code":"unavailable","message":"No."}}\n\n';

  async function readAll(response: Response): Promise<{ text: string; error: unknown }> {
    let text = "";
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (;;) {
        const piece = await reader?.read();
        if (piece === undefined || piece.done) return { text, error: undefined };
        text += piece.value;
      }
    } catch (error) {
      return { text, error };
    }
  }

  it.each([
    ["with an error", [delta, delta + stops], "unavailable"],
    [
      "with an error in two pieces",
      [delta + delta + stops.slice(0, 9), stops.slice(9)],
      "unavailable",
    ],
  ])(
    "%s throws ours from the fetch that throws, behind all that came before",
    async (_, pieces, code) => {
      const { client, clock } = createRig(() => ({ status: 200, pieces }));
      const response = await drive(clock, client.fetchOrThrow(hello));
      const { text, error } = await drive(clock, readAll(response));
      expect(text).toBe(delta + delta);
      expect(error).toMatchObject({ code, source: "stream", charged: "no", repeatable: true });
      expect((error as ApiError).received).toBe('{"text":"a"}\n{"text":"a"}\n');
    },
  );

  it("is passed on byte by byte by the fetch that answers, whose host reads the error", async () => {
    const { client, clock } = createRig(() => ({ status: 200, pieces: [delta, delta + stops] }));
    const response = await drive(clock, client.fetch(hello));
    const { text, error } = await drive(clock, readAll(response));
    expect({ text, error }).toEqual({ text: delta + delta + stops, error: undefined });
  });

  it.each(["fetch", "fetchOrThrow"] as const)(
    "by standing still is broken off by us, under %s too",
    async (which) => {
      const { client, clock } = createRig(() => ({ status: 200, pieces: [delta], stands: true }));
      const response = await drive(clock, client[which](hello));
      const { text, error } = await drive(clock, readAll(response));
      expect(text).toBe(delta);
      expect((error as Error).name).toBe(which === "fetch" ? "TimeoutError" : "ApiError");
      expect(clock.monotonicMs()).toBe(30_000);
    },
  );

  it("ends with its caller's own reason where it was the caller who left", async () => {
    const leaving = new AbortController();
    const { client, clock } = createRig(() => ({ status: 200, pieces: [delta], stands: true }));
    const response = await drive(clock, client.fetchOrThrow(hello, { signal: leaving.signal }));
    const read = readAll(response);
    leaving.abort(new Error("mine"));
    const { error } = await drive(clock, read);
    expect(error).toMatchObject({ message: "mine" });
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
