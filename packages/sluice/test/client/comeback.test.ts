// After an outage: calls that piled up come back one by one, nobody is held up until it is late, and without an outage nobody is
// held up at all.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom, VirtualClock } from "../../src/base/index.ts";
import { createClient, type Transport } from "../../src/client/index.ts";
import { Comeback } from "../../src/client/policy/comeback.ts";

const LATER_MS = 1_000_000;
const NOBODY = { waiting: 0, sinceMs: 0 };

/** An outage from 0 on, in which so many came, and an answer at `backMs`. */
function comeback(waiting: number, backMs: number): Comeback {
  const after = new Comeback();
  for (let lost = 0; lost < 3; lost++) after.ended(false, 0, NOBODY);
  after.ended(true, backMs, { waiting, sinceMs: 0 });
  return after;
}

/** When each of them leaves, as soon as it may. */
function leaving(after: Comeback, waiting: number, backMs: number, deadlineMs: number): number[] {
  let nowMs = backMs;
  return Array.from({ length: waiting }, (_, at) => {
    nowMs += after.waitMs(nowMs, deadlineMs);
    after.left(nowMs, waiting - at - 1);
    return nowMs;
  });
}

describe("calls that piled up in an outage", () => {
  it("leave evenly, in half of the time in which they came", () => {
    expect(leaving(comeback(10, 10_000), 10, 10_000, LATER_MS)).toEqual(
      Array.from({ length: 10 }, (_, at) => 10_500 + 500 * at),
    );
  });

  it("are never spread over more than seven and a half seconds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ max: 10 ** 7 }), (count, ms) => {
        const backMs = Math.abs(ms);
        const last = leaving(comeback(count, backMs), count, backMs, 10 ** 9).at(-1) as number;
        expect(last - backMs).toBeLessThanOrEqual(7_500 + 1e-3);
      }),
    );
  });

  it("are not held up until they are late", () => {
    const leftMs = leaving(comeback(2, 20_000), 2, 20_000, 20_100);
    expect(leftMs[0]).toBeLessThanOrEqual(20_050);
    expect(leftMs[1]).toBeLessThan(20_100);
  });

  it("hold up nobody any more once the last of them has left", () => {
    const after = comeback(3, 3_000);
    leaving(after, 3, 3_000, LATER_MS);
    expect(after.waitMs(4_501, LATER_MS)).toBe(0);
  });
});

describe("without an outage nobody is held up", () => {
  it("however many wait, where a try gets lost now and then", () => {
    const after = new Comeback();
    for (const isAnswered of [false, true, false, false, true, true, false, true]) {
      after.ended(isAnswered, 5_000, { waiting: 100, sinceMs: 0 });
      expect(after.waitMs(5_000, LATER_MS)).toBe(0);
    }
  });

  it("nor where nobody waited through one", () => {
    expect(comeback(0, 5_000).waitMs(5_000, LATER_MS)).toBe(0);
  });
});

const OUT_MS = 20_000;
const TOOK_MS = 50;

/** Five calls a second, of which none is answered for twenty seconds; when each request was sent. */
async function outage(lostPercent = 100): Promise<{ sentMs: number[]; done: number }> {
  const clock = new VirtualClock();
  const random = seededRandom("outage");
  const sentMs: number[] = [];
  const transport: Transport = ({ light, signal }) => {
    const nowMs = clock.monotonicMs();
    sentMs.push(nowMs);
    return new Promise((resolve, reject) => {
      const abort = light ?? signal;
      abort.addEventListener("abort", () => reject(abort.reason));
      if (nowMs < OUT_MS && random.integer(100) < lostPercent) return;
      const head = { status: 200, header: () => null, headers: () => [], stream: null };
      clock.after(TOOK_MS, () => resolve({ ...head, text: () => Promise.resolve("{}") }));
    });
  };
  const client = createClient(undefined, {
    ...{ apiKey: `acme_${"a".repeat(16)}`, baseUrl: "https://acme.test/v1", clock, random },
    ...{ transport, breaker: false, budget: false, attempts: 1, pacing: false },
    deadline: { totalMs: 60_000, attemptMs: 5_000 },
    onEvent: () => undefined,
  });
  let done = 0;
  for (let atMs = 0; atMs < 2 * OUT_MS; atMs += 200) {
    clock.after(atMs, () => {
      client.fetch("https://acme.test/v1/look").then(
        () => done++,
        () => undefined,
      );
    });
  }
  await clock.advance(4 * OUT_MS);
  client.close();
  return { sentMs, done };
}

/** The most within one second. */
function mostASecond(sentMs: readonly number[]): number {
  return Math.max(
    ...sentMs.map((ms, at) => sentMs.findLastIndex((one) => one < ms + 1_000) - at + 1),
  );
}

describe("a client", () => {
  it("comes back with three times what it usually sends", async () => {
    const { sentMs, done } = await outage();
    // Five that come, twice as many that waited, and the one whose answer says that it is over. At once it would be 86.
    expect(mostASecond(sentMs.filter((ms) => ms >= OUT_MS))).toBeLessThanOrEqual(16);
    // All but those that were on their way in vain.
    expect(done).toBeGreaterThan(150);
  });

  it("lets whoever comes meanwhile go at once", async () => {
    const { sentMs } = await outage();
    // One of each call that comes, at its very moment.
    const onTheStroke = sentMs.filter((ms) => ms >= OUT_MS + 5_000 && ms % 200 === 0);
    expect(new Set(onTheStroke).size).toBe((OUT_MS - 5_000) / 200);
  });

  it("makes nobody wait where one request in ten gets lost", async () => {
    const { sentMs } = await outage(10);
    const gapsMs = sentMs.slice(1).map((ms, at) => ms - (sentMs[at] as number));
    expect(Math.max(...gapsMs)).toBeLessThanOrEqual(200);
  });
});
