// What whoever made a call may do once it was given up: make it again, when, and at what risk.

import { describe, expect, it } from "vitest";
import { seededRandom, type VirtualClock } from "../../src/base/index.ts";
import { ApiError, type CallOptions, waitMsOf } from "../../src/client/index.ts";
import { drive } from "../gate/fixtures/drive.ts";
import { createRig, OK, refusal, type Scripted } from "./fixtures/scripted.ts";

const cut: Scripted = {
  status: 0,
  throws: Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } }),
};
const unreached: Scripted = {
  status: 0,
  throws: Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }),
};
const limited = refusal(429, "rate_limited", { "Retry-After": "2" });
const broke = refusal(402, "credits_exhausted");

const inputs = {
  hello: {},
  createNote: { body: { title: "milk" } },
  render: { body: { prompt: "a cat" } },
} as const;

/** What the call ends with that is answered thus, one answer for each attempt and the last one for all others. */
async function endOf(
  operation: keyof typeof inputs,
  answers: readonly Scripted[],
  own: CallOptions = {},
): Promise<{ readonly error: ApiError; readonly clock: VirtualClock }> {
  const { client, clock } = createRig((_, n) => answers[n - 1] ?? answers.at(-1) ?? OK);
  const call = client.call(operation, inputs[operation], own).catch((error: unknown) => error);
  const error = await drive(clock, call);
  if (error instanceof ApiError) return { error, clock };
  throw new Error("the call went well");
}

describe("whether a call may be made again by its caller", () => {
  it.each([
    ["a read whose connection was cut", "hello", [cut], {}, true],
    ["a POST that never left", "createNote", [unreached], {}, true],
    ["a POST that was refused before any work", "createNote", [limited], {}, true],
    [
      "a POST that was cut under a key of ours, of which its caller knows nothing",
      "render",
      [cut],
      {},
      false,
    ],
    ["the same under a key of its caller's", "render", [cut], { idempotencyKey: "job-1" }, true],
    ["a POST that was cut first, and refused in the end", "render", [cut, limited], {}, false],
    [
      "a POST that failed with a code that charges nothing",
      "render",
      [refusal(500, "internal")],
      {},
      true,
    ],
  ] as const)("%s", async (_, operation, answers, own, expected) => {
    const { error } = await endOf(operation, answers, own);
    expect(error.repeatable).toBe(expected);
  });

  it("is told with what it may have cost: a refusal does not know what became of attempts before it", async () => {
    const { error } = await endOf("render", [cut, broke]);
    expect(error).toMatchObject({ code: "credits_exhausted", attempts: 2, charged: "unknown" });
    expect((await endOf("render", [broke])).error).toMatchObject({ charged: "no" });
    expect((await endOf("render", [limited, limited, broke])).error).toMatchObject({
      charged: "no",
    });
  });
});

describe("how long to wait before a call is made again", () => {
  const random = seededRandom("again");

  it("is until the moment that the server named, and a little longer, never shorter", async () => {
    const far = refusal(429, "rate_limited", { "Retry-After": "61" });
    const { error, clock } = await endOf("hello", [far]);
    expect(error.retryAt?.getTime()).toBe(clock.wallMs() + 61_000);
    for (let i = 0; i < 100; i++) {
      const waitMs = waitMsOf(error, { clock, random });
      expect(waitMs).toBeGreaterThanOrEqual(61_000);
      expect(waitMs).toBeLessThan(63_000);
    }
    await clock.advance(60_500);
    expect(waitMsOf(error, { clock, random })).toBeGreaterThanOrEqual(500);
    expect(waitMsOf(error, { clock, random })).toBeLessThan(551);
  });

  it("grows with each failure where nobody named one, up to half a minute", async () => {
    const { error, clock } = await endOf("hello", [refusal(500, "internal")]);
    const waits = [1, 2, 3, 6, 500].map((failures) => waitMsOf(error, { failures, clock, random }));
    for (const [i, mostMs] of [1_000, 2_000, 4_000, 30_000, 30_000].entries()) {
      expect(waits[i]).toBeGreaterThanOrEqual(mostMs / 2);
      expect(waits[i]).toBeLessThanOrEqual(mostMs);
    }
  });

  it("is never none: whoever comes when the moment is there spreads all the same", async () => {
    for (const waits of ["0", "61"]) {
      const { error, clock } = await endOf("hello", [
        refusal(503, "unavailable", { "Retry-After": waits }),
      ]);
      await clock.advance(Number(waits) * 1_000);
      const waitMs = waitMsOf(error, { clock, random });
      expect(waitMs).toBeGreaterThanOrEqual(500);
      expect(waitMs).toBeLessThanOrEqual(1_000);
    }
  });

  it.each([
    ["money", "render", broke],
    ["a wrong request", "render", refusal(422, "content_rejected")],
    ["a POST that may be done twice", "createNote", cut],
  ] as const)("is for ever: %s", async (_, operation, answer) => {
    const { error, clock } = await endOf(operation, [answer]);
    expect(waitMsOf(error, { clock })).toBeUndefined();
  });

  it("is for ever where the client's own credits are spent: waiting brings none", async () => {
    const { client, clock } = createRig(() => OK, {
      credits: { budget: 5, atMost: { render: 10 } },
    });
    const call = client.call("render", inputs.render).catch((error: unknown) => error);
    const error = await drive(clock, call);
    expect(error).toMatchObject({ action: "top_up", retryable: false, source: "client" });
    expect(waitMsOf(error, { clock })).toBeUndefined();
  });

  it("is read through what a host has made of our error, and of nobody else's", async () => {
    const { error, clock } = await endOf("hello", [limited]);
    const hosts = new Error("Request failed", { cause: new Error("Again", { cause: error }) });
    expect(waitMsOf(hosts, { clock, random })).toBeGreaterThanOrEqual(2_000);
    expect(waitMsOf(new TypeError("a bug"), { clock })).toBeUndefined();
    expect(waitMsOf(undefined, { clock })).toBeUndefined();
  });
});

describe("a client that lets nobody wait for long", () => {
  const impatient = {
    queue: { waitMaxMs: 1_000 },
    pacing: { window: { limit: 1, windowMs: 20_000 } },
  } as const;

  it("gives up at once a call whose turn in a window comes later, unsent, and says when to come back", async () => {
    const { client, clock, arrivals } = createRig(() => OK, impatient);
    await drive(clock, client.call("hello", {}));
    const sentMs = clock.monotonicMs();
    const error = await drive(
      clock,
      client.call("hello", {}).catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({ code: "rate_limited", source: "client", repeatable: true });
    expect(clock.monotonicMs()).toBe(sentMs);
    expect(arrivals).toHaveLength(1);
    const waitMs = waitMsOf(error, { clock, random: seededRandom("again") });
    expect(waitMs).toBeGreaterThanOrEqual(20_000 - sentMs);
    await clock.advance(waitMs ?? 0);
    await drive(clock, client.call("hello", {}));
    expect(arrivals).toHaveLength(2);
  });

  it("gives up after that time a call that has waited for others to end, and lets the next one go", async () => {
    const { client, clock, arrivals } = createRig(() => ({ ...OK, afterMs: 5_000 }), {
      queue: { waitMaxMs: 1_000, concurrencyStart: 1, concurrencyMax: 1 },
      pacing: false,
    });
    const first = client.call("hello", {});
    const second = client.call("hello", {}).catch((thrown: unknown) => thrown);
    expect(await drive(clock, second)).toMatchObject({ source: "client", retryable: true });
    expect(clock.monotonicMs()).toBe(1_000);
    await drive(clock, first);
    await drive(clock, client.call("hello", {}));
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([0, 5_000]);
  });
});
