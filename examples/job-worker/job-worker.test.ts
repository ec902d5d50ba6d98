// The worker on a real Redis: the program that readers start, and each way in which a job can end, without a wait.

import { answers } from "@sluice-apis/mavera/answers";
import { mavera, wire } from "@sluice-apis/mavera/contract";
import { createMaveraUpstream } from "@sluice-apis/mavera/upstream";
import { type RedisServer, startRedis } from "@sluice-internal/test-servers/redis";
import { Queue } from "bullmq";
import { createFetchHandler } from "sluice/adapter/fetch";
import { seededRandom, VirtualClock } from "sluice/base";
import { createClient, fetchTransport, type Transport } from "sluice/client";
import { createGate, fetchUpstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { startDemo } from "sluice-running-demo";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createWorker, patience, type Question } from "./worker.ts";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

it("answers what the window has room for, puts the rest back for when it has, and says who must act", async () => {
  vi.stubEnv("REDIS_URL", `redis://${redis.host}:${redis.port}/1`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const demo = await startDemo();
  onTestFinished(() => demo.stop());
  const { stdout, stderr } = await demo.run(new URL("main.ts", import.meta.url));
  expect(stdout).toContain("60 answered, 10 put back");
  expect(stdout).toMatch(/the next one comes back in (5\d|6\d) s/);
  expect(stdout).toContain("job 1 of broke waits for somebody: credits_exhausted: top_up");
  expect(demo.keysIn(stdout + stderr)).toEqual([]);
});

/** What becomes of a request of the client, instead of being sent or after it. @param n of the request, from 1. */
type Way = (send: Transport, request: Parameters<Transport>[0], n: number) => ReturnType<Transport>;

/** Mavera behind a real gate, one customer of it, and time that passes when the test says so. */
async function rig(environment: "live" | "test", way: Way) {
  const shared = { clock: new VirtualClock(Date.now()), random: seededRandom("jobs") };
  const stores = createMemoryStores();
  const upstream = createMaveraUpstream(shared);
  const pepper = new Uint8Array(32).fill(7);
  const behind = { stores, answers, upstream: fetchUpstream(upstream.fetch), pepper };
  const gate = createGate(mavera, { ...shared, ...behind });
  const account = { id: "acme", name: "Acme", plan: "starter", subscription: "active" } as const;
  await stores.directory.putAccount(account, { by: "test", atMs: shared.clock.wallMs() });
  const made = { accountId: account.id, name: "one", by: "test", environment };
  const { secret: apiKey } = await gate.keys.create(made);
  const handle = createFetchHandler(gate);
  const send = fetchTransport((url, init) => handle(new Request(url, init)));
  let sent = 0;
  const client = createClient<typeof mavera>(wire, {
    ...shared,
    ...patience,
    apiKey,
    baseUrl: `https://mavera.test${wire.basePath}`,
    transport: (request) => way(send, request, ++sent),
  });
  const connection = { host: redis.host, port: redis.port, db: 2 };
  const queue = new Queue<Question>("questions", { connection });
  onTestFinished(async () => {
    await queue.obliterate({ force: true });
    await queue.close();
    upstream.close();
    gate.close();
  });
  const { id = "" } = await queue.add("ask", { customer: "acme", input: "Hello" });
  /** Everything that can be worked off now; the job as it stands then, when no worker has a hold of it. */
  const work = async () => {
    const worker = createWorker({ acme: client }, connection);
    let isClosed = false;
    worker.once("drained", async () => {
      await worker.close();
      isClosed = true;
    });
    while (!isClosed) {
      await new Promise((resolve) => setImmediate(resolve));
      // What a job waits for itself is at most a second.
      await shared.clock.runNext(1_000);
    }
    const job = await queue.getJob(id);
    if (job === undefined) throw new Error("the job is gone");
    return { job, state: await job.getState() };
  };
  const used = () => {
    const { allowance } = mavera.server.plans.starter;
    return stores.ledger.balance({ accountId: account.id, allowance }, shared.clock.wallMs()).used;
  };
  return { clock: shared.clock, work, used, sent: () => sent };
}

describe("a job", () => {
  const told: string[] = [];
  const simulated =
    (what: string): Way =>
    async (send, request) => {
      const headers = { ...request.headers, "sluice-simulate": what };
      const answer = await send({ ...request, headers });
      told.push(answer.header("retry-after") ?? "");
      return answer;
    };

  it("that is told when to come back is put back until then, which is no attempt", async () => {
    const { clock, work, sent } = await rig("test", simulated("rate_limit_exceeded; times=1"));
    const before = await work();
    expect(before.state).toBe("delayed");
    const toldMs = Number(told.at(-1)) * 1_000;
    expect(toldMs).toBeGreaterThanOrEqual(30_000);
    // Counted by the machine's clock from when the job was moved, a moment later.
    expect(before.job.delay).toBeGreaterThan(toldMs - 1_000);
    expect(before.job.delay).toBeLessThanOrEqual(toldMs + 2_000);
    expect(before.job.attemptsMade).toBe(0);
    expect(sent()).toBe(1);
    await clock.advance(before.job.delay);
    await before.job.promote();
    const after = await work();
    expect(after.state).toBe("completed");
    expect(after.job.returnvalue).toMatchObject({ status: "completed" });
    expect(sent()).toBe(2);
  });

  it("whose answers are lost comes back under the same key, and is charged once", async () => {
    const lost: Way = async (send, request, n) => {
      const answer = await send(request);
      if (n > 3) return answer;
      throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } });
    };
    const { clock, work, used, sent } = await rig("live", lost);
    const before = await work();
    expect(before.state).toBe("delayed");
    expect(sent()).toBe(3);
    await clock.advance(before.job.delay);
    await before.job.promote();
    const after = await work();
    expect(after.state).toBe("completed");
    const { usage } = after.job.returnvalue;
    expect(used()).toBe(usage.credits_used);
  });

  it.each([
    ["credits_exhausted", "top_up"],
    ["invalid_field", "fix_request"],
    ["revoked_api_key", "rotate_key"],
  ])("that cannot succeed says so at once, and who must act: %s", async (code, action) => {
    const { work, sent } = await rig("test", simulated(code));
    const { job, state } = await work();
    expect(state).toBe("failed");
    expect(job.failedReason).toBe(`${code}: ${action}`);
    expect(job.data.refusal).toMatchObject({ code, action });
    expect(job.data.refusal?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent()).toBe(1);
  });
});
