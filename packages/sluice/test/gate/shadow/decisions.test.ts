// What a second contract makes of calls: refused, let through, charged, as it would have, while nothing of it is done.

import { describe, expect, it } from "vitest";
import { atMost, fixed, monthly } from "../../../src/contract/index.ts";
import type { Limits } from "../../../src/gate/index.ts";
import { MemoryLimits } from "../../../src/store/memory/index.ts";
import { CHANGE, key, secretFor, secrets } from "../fixtures/people.ts";
import { createWatched, otherAcme } from "./watched.ts";

const hello = { path: "/v1/hello", key: secrets.pro };
const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
const chat = { path: "/v1/chat", key: secrets.pro, body: { prompt: "a cat" } };

const requests = (limit: number) => ({
  requests: { per: "key", limit: { free: 5, pro: limit, team: 20 }, windowMs: 60_000 },
});

describe("a second contract beside a gate", () => {
  it("says nothing where it would have done the same", async () => {
    const rig = await createWatched(otherAcme({}));
    for (const sent of [hello, render, chat, { ...hello, path: "/v1/nowhere" }])
      await rig.send(sent);
    await rig.send({ ...render, body: { prompt: 1 } });
    await rig.send({ ...hello, key: secrets.lapsed });
    await rig.send({ path: "/v1/reports", key: secrets.free });
    await rig.judge();
    expect(rig.differences).toEqual([]);
    expect(rig.counts()).toMatchObject({ judged: 7, missed: { busy: 0, limits: 0, fault: 0 } });
  });

  it("refuses by a smaller window, counting only what it would have let in", async () => {
    const rig = await createWatched(otherAcme({ windows: requests(2) }));
    for (let sent = 0; sent < 4; sent++) expect((await rig.send(hello)).status).toBe(200);
    await rig.judge();
    expect(rig.differences).toHaveLength(2);
    expect(rig.differences[0]).toMatchObject({
      kind: "newly_refused",
      accountId: "pro",
      keyId: "key_pro",
      operation: "hello",
      real: { status: 200, charged: 0 },
      shadow: { status: 429, condition: "rate_limited", by: "requests:key_pro" },
    });
    // Those that it refused took no place: after a minute two more pass.
    await rig.clock.advance(60_000);
    for (let sent = 0; sent < 3; sent++) await rig.send(hello);
    await rig.judge();
    expect(rig.differences).toHaveLength(3);
  });

  it("lets through what a larger window would have, and says what that might have cost", async () => {
    const rig = await createWatched(
      otherAcme({
        slots: { renders: { per: "account", limit: 9, operations: ["render"] } },
        windows: requests(40),
      }),
    );
    for (let sent = 0; sent < 20; sent++) await rig.send(hello);
    expect((await rig.send(hello)).status).toBe(429);
    expect((await rig.send(chat)).status).toBe(429);
    await rig.judge();
    expect(rig.differences).toMatchObject([
      {
        kind: "newly_passed",
        real: { condition: "rate_limited" },
        shadow: { status: 200, charged: 0 },
      },
      { kind: "newly_passed", shadow: { charged: 10, isMost: true } },
    ]);
  });

  it("charges what it would have, and gives nothing of it to the ledger", async () => {
    const rig = await createWatched(otherAcme({ operations: { render: { price: fixed(25) } } }));
    await rig.send(render);
    await rig.judge();
    expect(rig.differences).toMatchObject([
      { kind: "charged_otherwise", real: { charged: 10 }, shadow: { charged: 25, isMost: false } },
    ]);
    expect(rig.funds()).toMatchObject({ used: 10, held: 0, remaining: 90 });
    expect(rig.counts().byKind.charged_otherwise).toEqual({ calls: 1, credits: 15 });
  });

  it("refuses for want of credits once what it would have charged is spent", async () => {
    const rig = await createWatched(otherAcme({ operations: { render: { price: fixed(40) } } }));
    for (let sent = 0; sent < 4; sent++) {
      expect((await rig.send(render)).status).toBe(201);
      await rig.judge();
    }
    expect(rig.differences.map(({ kind }) => kind)).toEqual([
      "charged_otherwise",
      "charged_otherwise",
      "newly_refused",
      "newly_refused",
    ]);
    expect(rig.differences[2]?.shadow).toMatchObject({
      condition: "credits_exhausted",
      charged: 0,
    });
    // Two of 40 and none of the others: 80 of 100, so a call of 10 still passes.
    expect(rig.funds().used).toBe(40);
  });

  it("counts the credits of another plan from what the account really has", async () => {
    const plans = { pro: { title: "Pro", allowance: { credits: 15, reset: monthly } } };
    const rig = await createWatched(otherAcme({ plans }));
    await rig.send(render);
    await rig.judge();
    await rig.send(render);
    await rig.judge();
    expect(rig.differences).toMatchObject([
      { kind: "newly_refused", shadow: { condition: "credits_exhausted" } },
    ]);
  });

  it("reads the cost from the answer where its price says so", async () => {
    const price = atMost(50, { pointer: "/usage/credits" });
    const rig = await createWatched(otherAcme({ operations: { chat: { price } } }));
    await rig.send(chat);
    await rig.judge();
    expect(rig.differences).toEqual([]);
    expect(rig.counts().judged).toBe(1);
  });

  it("asks the ledger for what a free call's account has, and holds a budget to its price", async () => {
    const rig = await createWatched(otherAcme({ operations: { hello: { price: fixed(10) } } }));
    for (let sent = 0; sent < 2; sent++) {
      await rig.send({ ...hello, key: secrets.thrifty });
      await rig.judge();
    }
    expect(rig.differences).toMatchObject([
      { kind: "charged_otherwise", shadow: { charged: 10 } },
      { kind: "newly_refused", shadow: { condition: "budget_exceeded", by: "key key_thrifty" } },
    ]);
  });

  it("refuses a plan, an input and a path that it does not have", async () => {
    const rig = await createWatched(
      otherAcme({ operations: { hello: { plans: ["free"] }, chat: { bodyBytesMax: 5 } } }),
    );
    await rig.send(hello);
    await rig.send(chat);
    await rig.judge();
    expect(rig.differences.map(({ shadow }) => shadow.condition)).toEqual([
      "plan_required",
      "body_too_large",
    ]);
  });

  it("frees the slot of each call when the call is over", async () => {
    const slots = { renders: { per: "account", limit: 1, operations: ["render"] } };
    let finish = () => {};
    const rig = await createWatched(otherAcme({ slots }), {
      handlers: {
        render: () =>
          new Promise((resolve) => {
            finish = () => resolve({ status: 201, headers: [], body: "{}" });
          }),
      },
    });
    const first = rig.send(render);
    await rig.judge();
    const second = rig.send(render);
    await rig.judge();
    finish();
    await second;
    await rig.judge();
    expect(rig.differences).toMatchObject([
      { kind: "newly_refused", shadow: { condition: "concurrency_limited", by: "renders:pro" } },
    ]);
    void first;
  });

  it("knows keys and accounts that a real call is told of, and writes no secret into a difference", async () => {
    const rig = await createWatched(otherAcme({ windows: requests(1) }));
    const other = secretFor("other");
    await rig.stores.directory.putKey(key("other", other, { accountId: "pro" }), CHANGE);
    for (let sent = 0; sent < 2; sent++)
      await rig.send({ ...hello, key: other, path: `/v1/hello?key=${other}` });
    await rig.judge();
    expect(rig.differences).toHaveLength(1);
    const text = JSON.stringify([rig.differences, rig.counts()]);
    expect(text).not.toContain(other);
    expect(text).toContain("key_other");
  });

  it("counts under names of its own, whatever store counts", async () => {
    const plain = new MemoryLimits();
    const ids: string[] = [];
    const limits: Limits = {
      admit(admission, nowMs) {
        for (const { id } of [...admission.windows, ...admission.slots]) ids.push(id);
        return plain.admit(admission, nowMs);
      },
      release(slots) {
        for (const { id } of slots) ids.push(id);
        plain.release(slots);
      },
    };
    const rig = await createWatched(otherAcme({}), { limits });
    await rig.send(render);
    await rig.judge();
    expect(ids).toEqual([
      "shadow requests:key_pro",
      "shadow work:pro",
      "shadow renders:pro",
      "shadow renders:pro",
    ]);
  });
});
