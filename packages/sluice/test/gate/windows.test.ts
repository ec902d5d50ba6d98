// Law 2: no window admits more than its limit, at any instant, and `Retry-After` is the first whole second at
// which the same request passes. Held against an oracle that knows nothing but when calls were let in.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Random, seededRandom, VirtualClock } from "../../src/base/index.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { account, CHANGE, secrets } from "./fixtures/people.ts";
import type { Received } from "./fixtures/received.ts";
import { createRig, type Rig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

/** When one counter let calls in, and what follows from it. */
class Oracle {
  readonly limit: number;
  readonly windowMs: number;
  readonly admittedMs: number[] = [];

  constructor(limit: number, windowMs: number) {
    this.limit = limit;
    this.windowMs = windowMs;
  }

  /** How long until a place comes free; 0 when there is one. */
  waitMs(nowMs: number): number {
    const oldest = this.admittedMs.at(-this.limit);
    return oldest === undefined ? 0 : Math.max(0, oldest + this.windowMs - nowMs);
  }

  /** The most calls that were let in within any window's length. */
  get most(): number {
    let most = 0;
    for (const endMs of this.admittedMs) {
      const within = this.admittedMs.filter((ms) => ms > endMs - this.windowMs && ms <= endMs);
      most = Math.max(most, within.length);
    }
    return most;
  }
}

const PEOPLE = ["pro", "reader", "thrifty", "free"] as const;
type Person = (typeof PEOPLE)[number];

/** The windows of Acme: one a key for everything, one an account for the chat. */
function oracles(): Record<Person, { requests: Oracle; work: Oracle }> {
  const ofPro = new Oracle(30, 10_000);
  const proKey = () => ({ requests: new Oracle(20, 60_000), work: ofPro });
  const free = { requests: new Oracle(5, 60_000), work: new Oracle(8, 10_000) };
  return { pro: proKey(), reader: proKey(), thrifty: proKey(), free };
}

async function sendOne(rig: Rig, person: Person, isChat: boolean): Promise<Received> {
  const key = secrets[person];
  // A chat without its body is refused by validation, after it took its places.
  return rig.send(isChat ? { path: "/v1/chat", key, body: {} } : { path: "/v1/hello", key });
}

/** Bursts and lulls, with whole seconds among them so that edges are met exactly. */
function nextGapMs(random: Random): number {
  const dice = random.integer(100);
  if (dice < 92) return 0;
  if (dice < 98) return random.integer(1_500);
  return dice < 99 ? random.integer(20) * 1_000 : random.integer(65_000);
}

describe("the windows of a gate", () => {
  it("admit no more than their limits, to the millisecond, over random traffic", async () => {
    for (const seed of ["traffic 1", "traffic 2", "traffic 3", "traffic 4"]) {
      const random = seededRandom(seed);
      const clock = new VirtualClock();
      const rig = await createRig({ clock });
      const known = oracles();
      for (let i = 0; i < 1_500; i++) {
        await clock.advance(nextGapMs(random));
        // An operator sets the clock on the wall; nobody gets a place by that.
        if (random.integer(20) === 0) clock.stepWall(random.integer(240_000) - 120_000);
        const person = random.pick(PEOPLE);
        const isChat = random.integer(2) === 0;
        const { requests, work } = known[person];
        const claimed = isChat ? [requests, work] : [requests];
        const nowMs = clock.monotonicMs();
        const waitMs = Math.max(...claimed.map((oracle) => oracle.waitMs(nowMs)));
        const { status, header } = await sendOne(rig, person, isChat);
        const expected = waitMs === 0 ? undefined : String(Math.max(1, Math.ceil(waitMs / 1_000)));
        expect({ seed, i, isRefused: status === 429, wait: header("Retry-After") }).toEqual({
          seed,
          i,
          isRefused: waitMs > 0,
          wait: expected,
        });
        if (status !== 429) for (const oracle of claimed) oracle.admittedMs.push(nowMs);
      }
      for (const { requests, work } of Object.values(known)) {
        expect(requests.most).toBe(requests.limit);
        expect(work.most).toBeLessThanOrEqual(work.limit);
      }
      expect(known.pro.work.most).toBe(known.pro.work.limit);
    }
  });

  it("admit exactly their limit of a crowd that comes at once", async () => {
    const rig = await createRig();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => sendOne(rig, "pro", false)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(80);
  });

  it("pass a caller who comes back when told to, and refuse one who comes a second early", async () => {
    const clock = new VirtualClock();
    const rig = await createRig({ clock });
    for (let i = 1; i <= 5; i++) {
      expect((await sendOne(rig, "free", false)).status).toBe(200);
      await clock.advance(i * 1_337);
    }
    for (let round = 0; round < 5; round++) {
      const refused = await sendOne(rig, "free", false);
      const wait = Number(refused.header("Retry-After"));
      await clock.advance((wait - 1) * 1_000);
      expect((await sendOne(rig, "free", false)).status).toBe(429);
      await clock.advance(1_000);
      expect((await sendOne(rig, "free", false)).status).toBe(200);
    }
  });

  it("tell where they stand on every answer to a known key, refused or not", async () => {
    const clock = new VirtualClock(Date.UTC(2026, 5, 1, 12, 0, 0, 250));
    const rig = await createRig({ clock });
    const standing = ({ header }: Received) => [
      header("X-RateLimit-Limit"),
      header("X-RateLimit-Remaining"),
      header("X-RateLimit-Reset"),
    ];
    // Rounded up to a whole second: never too early.
    const reset = String(Math.ceil((clock.wallMs() + 60_000) / 1_000));
    expect(standing(await sendOne(rig, "free", false))).toEqual(["5", "4", reset]);
    await clock.advance(500);
    expect(standing(await rig.send({ path: "/v1/no", key: secrets.free }))).toEqual([
      "5",
      "3",
      reset,
    ]);
    for (let i = 0; i < 3; i++) await sendOne(rig, "free", false);
    expect(standing(await sendOne(rig, "free", false))).toEqual(["5", "0", reset]);
    expect(standing(await rig.send({ path: "/v1/hello" }))).toEqual(Array(3).fill(undefined));
  });

  it("follow the account to another plan and to an exception from it", async () => {
    const rig = await createRig();
    const limit = async () => (await sendOne(rig, "pro", false)).header("X-RateLimit-Limit");
    expect(await limit()).toBe("20");
    await rig.stores.directory.putAccount(account("pro", { plan: "free" }), CHANGE);
    expect(await limit()).toBe("5");
    const overrides = { windows: { requests: 7 } };
    await rig.stores.directory.putAccount(account("pro", { plan: "free", overrides }), CHANGE);
    expect(await limit()).toBe("7");
  });
});

describe("the slots of a gate", () => {
  it("run no more at once than their limit, and each end makes room for one", async () => {
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const render = async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running--;
      return { status: 200, headers: [], body: "" };
    };
    const rig = await createRig({ handlers: { render } });
    const send = () =>
      rig.send({ path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } });
    const first = [send(), send()];
    await rig.clock.advance(0);
    expect((await send()).code).toBe("concurrency_limited");
    ends.shift()?.();
    await Promise.race(first);
    const third = send();
    await rig.clock.advance(0);
    expect((await send()).code).toBe("concurrency_limited");
    for (const end of ends) end();
    expect((await Promise.all([...first, third])).map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
    expect(most).toBe(2);
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });

  it("outlast the work: none is given to another while its holder may still work", async () => {
    const rig = await createRig({ handlers: { render: () => new Promise(() => undefined) } });
    const send = () =>
      rig.send({ path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } });
    const first = [send(), send()];
    await rig.clock.advance(4_999);
    expect((await send()).code).toBe("concurrency_limited");
    await rig.clock.advance(1);
    expect((await Promise.all(first)).map(({ code }) => code)).toEqual([
      "upstream_timeout",
      "upstream_timeout",
    ]);
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });
});
