/** The order of one call: what is sent again and when, what is given up at once, and what its caller hears. */
import { describe, expect, it } from "vitest";
import { ApiError } from "../../src/client/index.ts";
import { wire } from "../gate/fixtures/acme.ts";
import { drive } from "../gate/fixtures/drive.ts";
import { BASE, createRig, KEY, OK, refusal } from "./fixtures/scripted.ts";

async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("the call went well");
}

describe("a call", () => {
  it("goes to its operation's address with the key, and gives back the body", async () => {
    const { client, clock, arrivals } = createRig(() => OK);
    expect(await drive(clock, client.call("hello", {}))).toEqual({ hello: "you" });
    expect(arrivals).toMatchObject([{ method: "GET", url: "https://api.acme.test/v1/hello" }]);
    expect(Object.values(arrivals[0]?.headers ?? {})).toContain(KEY);
  });

  it("fills its path, writes its query and sends its body as JSON", async () => {
    const { client, clock, arrivals } = createRig(() => OK);
    await drive(clock, client.call("readNote", { params: { noteId: "a/b" }, query: { lines: 2 } }));
    await drive(clock, client.call("createNote", { body: { title: "milk" } }));
    expect(arrivals.map(({ url }) => url)).toEqual([
      "https://api.acme.test/v1/notes/a%2Fb?lines=2",
      "https://api.acme.test/v1/notes",
    ]);
    expect(arrivals[1]?.body).toBe('{"title":"milk"}');
  });
});

describe("what is tried again", () => {
  it("waits as long as the server says, and no shorter", async () => {
    const { client, clock, arrivals } = createRig((_, n) =>
      n === 1 ? refusal(429, "rate_limited", { "Retry-After": "7" }) : OK,
    );
    await drive(clock, client.call("hello", {}));
    expect(arrivals).toHaveLength(2);
    const waited = (arrivals[1]?.atMs ?? 0) - (arrivals[0]?.atMs ?? 0);
    expect(waited).toBeGreaterThanOrEqual(7_000);
    expect(waited).toBeLessThanOrEqual(9_000);
  });

  it.each([
    [500, "internal"],
    [503, "unavailable"],
  ])("is a %i, three times at most", async (status, code) => {
    const { client, clock, arrivals } = createRig(() => refusal(status, code));
    const error = await drive(clock, failureOf(client.call("hello", {})));
    expect(arrivals).toHaveLength(3);
    expect(error).toMatchObject({ code, status, attempts: 3 });
  });

  it("is a POST as well, under one idempotency key for all attempts", async () => {
    const { client, clock, arrivals } = createRig((_, n) =>
      n < 3 ? refusal(500, "internal") : OK,
    );
    await drive(clock, client.call("createNote", { body: { title: "milk" } }));
    const keys = arrivals.map(({ headers }) => headers["idempotency-key"]);
    expect(arrivals).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is a connection that failed", async () => {
    const down = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    const { client, clock, arrivals } = createRig((_, n) =>
      n === 1 ? { status: 0, throws: down } : OK,
    );
    expect(await drive(clock, client.call("hello", {}))).toEqual({ hello: "you" });
    expect(arrivals).toHaveLength(2);
  });

  it("is an attempt that takes too long, until the deadline of the call", async () => {
    const { client, clock, arrivals } = createRig(() => ({ ...OK, afterMs: 60_000 }));
    const error = await drive(clock, failureOf(client.call("hello", {})));
    expect(error.code).toBe("timeout");
    expect(arrivals.map(({ atMs }) => Math.floor(atMs / 10_000))).toEqual([0, 1, 2]);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(30_000);
  });
});

describe("what is given up at once", () => {
  it.each([
    [400, "invalid_parameter"],
    [401, "unknown_key"],
    [402, "credits_exhausted"],
    [403, "forbidden"],
    [404, "not_found"],
    [409, "conflict"],
  ])("is a %i", async (status, code) => {
    const { client, clock, arrivals } = createRig(() => refusal(status, code));
    const error = await drive(clock, failureOf(client.call("hello", {})));
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(arrivals).toHaveLength(1);
  });

  it("is a wait past the deadline: the error says when to come back", async () => {
    const { client, clock, arrivals } = createRig(() =>
      refusal(429, "rate_limited", { "Retry-After": "61" }),
    );
    const error = await drive(clock, failureOf(client.call("hello", {})));
    expect(arrivals).toHaveLength(1);
    expect(clock.monotonicMs()).toBe(0);
    expect(error.retryAt?.getTime()).toBe(clock.wallMs() + 61_000);
  });

  it("is whatever its caller no longer wants: in the queue, in the air, and while it waits", async () => {
    for (const afterMs of [0, 5_000]) {
      const { client, clock } = createRig(() => ({ ...refusal(503, "unavailable"), afterMs }));
      const controller = new AbortController();
      const call = client.call("hello", {}, { signal: controller.signal });
      const ended = call.then(
        () => "went well",
        (error: unknown) => error,
      );
      await clock.advance(1);
      controller.abort(new Error("enough"));
      expect(await ended).toMatchObject({ message: "enough" });
      expect(clock.keepingAlive).toBe(0);
    }
  });
});

describe("a stream", () => {
  const begun = 'event: word\ndata: {"word":"a"}\n\n';
  const done = "data: [DONE]\n\n";
  const broken = 'event: error\ndata: {"error":{"message":"x","code":"internal","type":"t"}}\n\n';

  async function collect(stream: AsyncIterable<{ data: unknown }>): Promise<unknown[]> {
    const all: unknown[] = [];
    for await (const { data } of stream) all.push(data);
    return all;
  }

  it("gives its events one by one", async () => {
    const { client, clock } = createRig(() => ({ status: 200, pieces: [begun, begun, done] }));
    const words = collect(client.stream("chat", { body: { prompt: "hi" } }));
    expect(await drive(clock, words)).toEqual([{ word: "a" }, { word: "a" }]);
  });

  it("is begun again when its first event says that it failed", async () => {
    const { client, clock, arrivals } = createRig((_, n) => ({
      status: 200,
      pieces: n === 1 ? [broken] : [begun, done],
    }));
    const words = collect(client.stream("chat", { body: { prompt: "hi" } }));
    expect(await drive(clock, words)).toEqual([{ word: "a" }]);
    expect(arrivals).toHaveLength(2);
  });

  it("is a failure that keeps what had come, once it had begun; nothing comes twice", async () => {
    const { client, clock, arrivals } = createRig(() => ({ status: 200, pieces: [begun, broken] }));
    const error = await drive(
      clock,
      failureOf(collect(client.stream("chat", { body: { prompt: "hi" } }))),
    );
    expect(error).toMatchObject({ source: "stream", code: "internal" });
    expect(error.received).toContain('{"word":"a"}');
    expect(arrivals).toHaveLength(1);
  });
});

describe("a stream whose contract says how it ends", () => {
  const begun = 'event: word\ndata: {"word":"a"}\n\n';
  const { chat } = wire.operations;
  const stream = { completion: { data: "[DONE]" } } as const;
  const ending = { ...wire, operations: { ...wire.operations, chat: { ...chat, stream } } };
  const listen = (pieces: readonly string[]) => {
    const { client, clock } = createRig(() => ({ status: 200, pieces }), {}, ending);
    const hear = async () => {
      const words: unknown[] = [];
      for await (const { data } of client.stream("chat", { body: {} })) words.push(data);
      return words;
    };
    const read = async () => {
      const answer = await client.fetch(`${BASE}/chat`, { method: "POST", body: "{}" });
      return answer.text();
    };
    return { clock, hear, read };
  };

  it("is whole with its last event", async () => {
    const { clock, hear } = listen([begun, "data: [DONE]\n\n"]);
    expect(await drive(clock, hear())).toEqual([{ word: "a" }]);
  });

  it("is a failure without it, though the server closed it in order", async () => {
    const { clock, hear } = listen([begun]);
    const error = await drive(clock, failureOf(hear()));
    expect(error).toMatchObject({ source: "stream", code: "connection_failed" });
    expect(error.received).toContain('{"word":"a"}');
  });

  it("breaks off without it for whoever takes it for a fetch, too, and is passed on as it came with it", async () => {
    const short = listen([begun]);
    await expect(drive(short.clock, short.read())).rejects.toThrow("without its last event");
    const whole = listen([begun, "data: [DONE]\n\n"]);
    expect(await drive(whole.clock, whole.read())).toBe(`${begun}data: [DONE]\n\n`);
  });
});

describe("a client that may spend so much", () => {
  const credits = { budget: 25, atMost: { render: 10 }, actual: "/cost" };

  it("sends nothing that could cost more than it has left, also for calls at once", async () => {
    const { client, clock, arrivals } = createRig(() => ({ status: 200, body: { cost: 4 } }), {
      credits,
    });
    const render = () => client.call("render", { body: { prompt: "a cat" } });
    const calls = await drive(clock, Promise.allSettled([render(), render(), render()]));
    expect(calls.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    // Eight are spent: what was set aside beyond that is there again.
    await drive(clock, render());
    expect(arrivals).toHaveLength(3);
    const error = await drive(clock, failureOf(Promise.all([render(), render()])));
    expect(error).toMatchObject({ code: "credits_exhausted", action: "top_up", source: "client" });
  });

  it("spends nothing on calls that fail", async () => {
    const { client, clock } = createRig(() => refusal(404, "not_found"), { credits });
    for (let n = 0; n < 5; n++) {
      const error = await drive(clock, failureOf(client.call("render", { body: { prompt: "x" } })));
      expect(error.code).toBe("not_found");
    }
  });
});

describe("a server that is down", () => {
  it("is asked by nobody but a probe, and the error says when to come back", async () => {
    const { client, clock, arrivals } = createRig(() => refusal(503, "unavailable"));
    const errors = [];
    for (let n = 0; n < 6; n++)
      errors.push(await drive(clock, failureOf(client.call("hello", {}))));
    expect(arrivals.length).toBeLessThan(10);
    const last = errors.at(-1);
    expect(last).toMatchObject({ source: "client", code: "unavailable", charged: "no" });
    expect(last?.retryAt).toBeInstanceOf(Date);
  });

  it("is tried again by few when it answers nothing: a tenth more than there are calls", async () => {
    const { client, clock, arrivals } = createRig(() => refusal(500, "internal"), {
      breaker: false,
    });
    for (let n = 0; n < 200; n++) await drive(clock, failureOf(client.call("hello", {})));
    expect(arrivals.length).toBeLessThanOrEqual(211);
  });

  it("costs a call that was tried its last word, not the breaker's", async () => {
    const { client, clock } = createRig(() => refusal(500, "internal"));
    await drive(clock, failureOf(client.call("hello", {})));
    const error = await drive(clock, failureOf(client.call("hello", {})));
    expect(error.code).toBe("internal");
    expect(error.why.join()).toContain("Not sent");
  });
});
