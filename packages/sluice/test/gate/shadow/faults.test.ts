// Whatever becomes of a shadow (its store hangs, throws, or talks nonsense; its listener throws; it cannot keep up), calls are
// answered as if there were none: the same bytes, at the same moment, with the same entries in the ledger.

import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { fixed } from "../../../src/contract/index.ts";
import { createGate, type Limits } from "../../../src/gate/index.ts";
import { MemoryLimits } from "../../../src/store/memory/index.ts";
import { acme } from "../fixtures/acme.ts";
import { acmeUpstream } from "../fixtures/acme-upstream.ts";
import { FakeCall, type Sent } from "../fixtures/fake-call.ts";
import { PEPPER, secrets } from "../fixtures/people.ts";
import { createRig, type Rig } from "../fixtures/rig.ts";
import { createWatched, otherAcme, type WatchedRig } from "./watched.ts";

const hello: Sent = { path: "/v1/hello", key: secrets.pro };
const render: Sent = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
const again = { "Idempotency-Key": "once" };

/** One of everything: passed, refused at each step, charged, replayed, unknown. */
const story: readonly Sent[] = [
  hello,
  render,
  { ...render, headers: again },
  { ...render, headers: again },
  { ...render, body: { prompt: 5 } },
  { path: "/v1/chat", key: secrets.pro, body: { prompt: "a cat" } },
  { path: "/v1/campaigns", key: secrets.pro, body: { prompts: 3 } },
  { path: "/v1/campaigns", key: secrets.thrifty, body: { prompts: 16 } },
  { path: "/v1/reports", key: secrets.free },
  { path: "/v1/nowhere", key: secrets.pro },
  { ...hello, key: secrets.lapsed },
  { ...hello, key: secrets.revoked },
  { ...hello, key: secrets.test, headers: { "Sluice-Simulate": "rate_limited" } },
  ...Array.from({ length: 20 }, () => hello),
];

/** What everybody could see of it. */
async function told(rig: Rig): Promise<unknown> {
  const answers: unknown[] = [];
  for (const sent of story) {
    const { status, headers, text } = await rig.send(sent);
    answers.push([status, headers, text, rig.clock.monotonicMs()]);
  }
  const { ledger } = rig.stores;
  const rows = rig.rows();
  return { answers, rows, entries: ledger.entries("pro", { limit: 1_000 }), audit: ledger.audit() };
}

const never = () => new Promise<never>(() => {});
const broken = () => {
  throw new Error("the shadow's store is down");
};
const limitsThat = (admit: () => unknown, release: () => unknown = () => undefined) =>
  ({ admit, release }) as unknown as Limits;

const kinds: Readonly<Record<string, Limits>> = {
  "never answers": limitsThat(never, never),
  throws: limitsThat(broken, broken),
  rejects: limitsThat(
    () => Promise.reject(new Error("no")),
    () => Promise.reject(new Error("no")),
  ),
  "answers with nothing": limitsThat(() => undefined),
  "answers with a text": limitsThat(() => Promise.resolve("yes")),
  "answers with half an answer": limitsThat(() => ({ admitted: false })),
  "refuses for no reason": limitsThat(() => ({
    admitted: false,
    windows: [],
    slotsTaken: [],
    refusedBy: { kind: "window", index: 99 },
    retryAfterMs: Number.NaN,
  })),
  "gives slots and never takes them back": limitsThat(
    () => ({ admitted: true, windows: [], slotsTaken: [] }),
    never,
  ),
};

const dear = otherAcme({
  operations: { render: { price: fixed(1_000) }, hello: { price: fixed(3) } },
});

describe("a shadow whose store", () => {
  for (const [what, limits] of Object.entries(kinds)) {
    it(`${what} touches no call`, async () => {
      const alone = await told(await createRig());
      const rig = await createWatched(dear, { limits });
      expect(await told(rig)).toEqual(alone);
      await rig.clock.advance(10_000);
      expect(rig.counts().waiting).toBe(0);
      expect(rig.events.filter(({ kind }) => kind !== "shadow_down")).toEqual([]);
    });
  }

  it("works touches no call either, and is asked nothing before the answer is there", async () => {
    const alone = await told(await createRig());
    let asked = 0;
    const plain = new MemoryLimits();
    const limits: Limits = {
      admit: (admission, nowMs) => {
        asked++;
        return plain.admit(admission, nowMs);
      },
      release: (slots) => plain.release(slots),
    };
    const rig = await createWatched(dear, { limits });
    expect(await told(rig)).toEqual(alone);
    expect(asked).toBe(0);
    await rig.judge();
    expect(asked).toBeGreaterThan(20);
    expect(rig.differences.length).toBeGreaterThan(10);
  });
});

describe("a shadow", () => {
  it("that fails is announced once, and once more when it is well again", async () => {
    let isDown = true;
    const plain = new MemoryLimits();
    const rig = await createWatched(dear, {
      limits: {
        admit: (admission, nowMs) =>
          isDown ? (undefined as never) : plain.admit(admission, nowMs),
        release: () => (isDown ? broken() : undefined),
      },
      gate: {},
    });
    // A decision of the gate's own for limits that are down is none of the shadow's.
    await rig.send(render);
    await rig.send(render);
    await rig.judge();
    expect(rig.counts()).toMatchObject({ judged: 0, missed: { limits: 2 } });
    isDown = false;
    await rig.send(hello);
    await rig.judge();
    expect(rig.counts()).toMatchObject({ judged: 1, missed: { limits: 2 } });
  });

  it("whose listener throws goes on, and the operator hears of it", async () => {
    const rig = await createWatched(dear, {
      onDifference: () => {
        throw new Error("the listener broke");
      },
    });
    await rig.send(hello);
    await rig.send(hello);
    await rig.judge();
    expect(rig.differences).toHaveLength(2);
    expect(rig.events).toMatchObject([
      { kind: "shadow_down" },
      { kind: "shadow_back" },
      { kind: "shadow_down" },
    ]);
  });

  it("keeps no more than it says of calls that it cannot keep up with", async () => {
    const rig = await createWatched(dear);
    for (let sent = 0; sent < 10_050; sent++) await rig.send({ ...hello, path: "/v1/nowhere" });
    expect(rig.counts()).toMatchObject({ waiting: 10_000, missed: { busy: 50 } });
    await rig.clock.advance(1_000);
    expect(rig.counts()).toMatchObject({ waiting: 0, judged: 10_000 });
  });

  it("keeps no more bytes of bodies than it says", async () => {
    const big = { title: "a", meta: {}, tags: ["x".repeat(1_000)] };
    const rig = await createWatched(dear, {
      handlers: { createNote: () => ({ status: 201, headers: [], body: "y".repeat(1_000_000) }) },
    });
    for (let sent = 0; sent < 19; sent++) {
      await rig.send({ path: "/v1/notes", key: secrets.pro, body: big });
    }
    expect(rig.counts()).toMatchObject({ waiting: 16, missed: { busy: 3 } });
    await rig.judge();
    expect(rig.counts()).toMatchObject({ waiting: 0, judged: 16 });
  });

  it("asks a store that never answers a thousand times, and no more", async () => {
    let asked = 0;
    const limits = limitsThat(() => {
      asked++;
      return never();
    });
    const rig = await createWatched(dear, { limits });
    for (let sent = 0; sent < 3_000; sent++) await rig.send(hello);
    await rig.clock.advance(60_000);
    expect(asked).toBe(1_000);
    expect(rig.counts()).toMatchObject({ waiting: 0, judged: 0, missed: { limits: 3_000 } });
  });

  it("judges in turns of two milliseconds, and leaves eight to calls", async () => {
    const clock = new SlowClock();
    const plain = new MemoryLimits();
    const rig = await createWatched(dear, {
      clock,
      limits: {
        admit: (admission, nowMs) => {
          clock.spentMs += 1;
          return plain.admit(admission, nowMs);
        },
        release: (slots) => plain.release(slots),
      },
    });
    for (let sent = 0; sent < 6; sent++) await rig.send({ ...hello, key: secrets.free });
    await rig.judge();
    expect(clock.spentMs).toBe(2);
    await rig.clock.advance(8);
    expect(clock.spentMs).toBe(4);
    await rig.clock.advance(100);
    expect(rig.counts().judged).toBe(6);
  });

  it("stops with its gate", async () => {
    const rig = await createWatched(dear);
    await rig.send(hello);
    rig.gate.close();
    await rig.judge();
    expect(rig.differences).toEqual([]);
    expect(rig.clock.pendingTimers).toBe(0);
  });
});

describe("a shadow that could do nothing, or harm", () => {
  const rest = { upstream: acmeUpstream(), pepper: PEPPER };
  const open = async (change: (rig: WatchedRig) => object) => {
    const rig = await createWatched(dear);
    const shadow = { api: dear, limits: new MemoryLimits(), ...change(rig) };
    return () => createGate(acme, { stores: rig.stores, ...rest, shadow } as never);
  };

  it("is refused at the start, with what to do", async () => {
    expect(await open(() => ({ limit: 1 }))).toThrow(/nothing reads the option "shadow.limit"/);
    expect(await open(() => ({ api: acme }))).toThrow(/nothing can differ/);
    expect(await open(() => ({ limits: undefined }))).toThrow(/shadow.limits is missing/);
    expect(await open(({ stores }) => ({ limits: stores.limits }))).toThrow(/give it others/);
    const { free: _, ...plans } = dear.server.plans;
    const other = { ...dear, server: { ...dear.server, plans } };
    expect(await open(() => ({ api: other }))).toThrow(/has no plan free/);
  });
});

/** Time that passes while somebody works. */
class SlowClock extends VirtualClock {
  spentMs = 0;
  override monotonicMs(): number {
    return super.monotonicMs() + this.spentMs;
  }
}

it("sees a call that its caller left", async () => {
  const rig = await createWatched(dear);
  const call = new FakeCall(render);
  call.onRead = () => call.abort();
  await rig.pass(call);
  await rig.judge();
  expect(rig.counts()).toMatchObject({ waiting: 0, judged: 1 });
  expect(rig.differences).toEqual([]);
});
