// Callers who leave, seen from the socket: the work is told, nobody is charged for what was not done, and nothing
// is left behind.

import { describe, expect, it } from "vitest";
import { reply, type WorkDone } from "../../src/gate/index.ts";
import { startServer } from "./fixtures/live-server.ts";
import { CAT, request } from "./fixtures/request-bytes.ts";
import { until } from "./fixtures/until.ts";

const path = "/v1/renders";
const untouched = { used: 0, held: 0, remaining: 100 };

describe("a client that leaves", () => {
  it("before its body is there: no work, no charge, a row that says so", async () => {
    const { connect, rig } = await startServer();
    for (const framing of ["Content-Length: 20", "Transfer-Encoding: chunked"]) {
      const before = rig.rows().length;
      const client = await connect();
      client.write(request({ path, method: "POST", headers: [framing] }));
      await until(() => rig.stores.limits.slotsInUse("renders:pro") === 1);
      client.leave();
      await until(() => rig.rows().length > before);
      expect(rig.rows()[0]).toMatchObject({
        status: 499,
        ending: "abandoned",
        endedAt: "validate",
      });
      expect(rig.funds()).toMatchObject(untouched);
      expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
    }
  });

  it("while it is worked for: the signal says so, and giving up costs nothing", async () => {
    let working = false;
    const { connect, rig } = await startServer({
      handlers: {
        render: (_, { signal }) => {
          working = true;
          return new Promise<WorkDone>((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
        },
      },
    });
    const client = await connect();
    client.write(request({ path, body: CAT }));
    await until(() => working);
    client.leave();
    await until(() => rig.rows().length === 1);
    expect(rig.rows()[0]).toMatchObject({ status: 499, ending: "abandoned", endedAt: "run" });
    expect(rig.events).toEqual([]);
    expect(rig.funds()).toMatchObject(untouched);
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });

  it("while it is worked for by somebody who does not listen: what was done is charged", async () => {
    let finish: (() => void) | undefined;
    const { connect, rig, server } = await startServer({
      handlers: {
        render: () =>
          new Promise((resolve) => {
            finish = () => resolve(reply({ done: true }, 201));
          }),
      },
    });
    const client = await connect();
    client.write(request({ path, headers: ["Idempotency-Key: a"], body: CAT }));
    await until(() => finish !== undefined);
    client.leave();
    const connections = () => new Promise((resolve) => server.getConnections((_, n) => resolve(n)));
    while ((await connections()) !== 0) await new Promise((resolve) => setImmediate(resolve));
    finish?.();
    await until(() => rig.rows().length === 1);
    expect(rig.rows()[0]).toMatchObject({ status: 201, ending: "done", charged: 10 });
    // And whoever comes back with the same key gets what was paid for.
    const again = await connect();
    const replay = request({ path, headers: ["Idempotency-Key: a"], body: CAT });
    expect((await again.ask(replay)).header("idempotent-replayed")).toBe("true");
  });

  it("after its answer: nothing is different", async () => {
    const { connect, rig } = await startServer();
    const client = await connect();
    expect((await client.ask(request({ path, body: CAT }))).status).toBe(201);
    client.leave();
    expect((await (await connect()).ask(request())).status).toBe(200);
    expect(rig.rows().map(({ status }) => status)).toEqual([200, 201]);
    expect(rig.funds().used).toBe(10);
  });

  it("with several requests under way: each ends by itself", async () => {
    let begun = 0;
    const { connect, rig } = await startServer({
      handlers: {
        render: (_, { signal }) => {
          begun++;
          return new Promise<WorkDone>((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          });
        },
      },
    });
    const client = await connect();
    client.write(request({ path, body: CAT }).repeat(5));
    await until(() => begun === 5);
    client.leave();
    await until(() => rig.rows().length === 5);
    expect(new Set(rig.rows().map(({ status }) => status))).toEqual(new Set([499]));
    expect(rig.funds()).toMatchObject(untouched);
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });
});

describe("an answer that cannot be written", () => {
  it("is a fault in the contract's envelope, and costs nobody else an answer", async () => {
    const { connect, rig } = await startServer({
      handlers: {
        render: () => ({ status: 200, headers: ["X-Broken", "a\r\nSet-Cookie: b"], body: "" }),
      },
    });
    const client = await connect();
    client.write(request() + request({ path, body: CAT }) + request());
    expect((await client.next()).status).toBe(200);
    const fault = await client.next();
    expect(fault.status).toBe(500);
    expect(fault.header("set-cookie")).toBeUndefined();
    expect((await client.next()).status).toBe(200);
    expect(rig.funds()).toMatchObject(untouched);
  });
});
