// The laws of money, identity and configuration, each as what a caller and an operator see of it.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { uuidTimeMs } from "../../src/base/index.ts";
import { refuse, refuseDomain } from "../../src/contract/index.ts";
import { createGate, type GateOptions, reply, stepsOf } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { acme } from "./fixtures/acme.ts";
import { acmeUpstream } from "./fixtures/acme-upstream.ts";
import { FlawedRig } from "./fixtures/flawed-rig.ts";
import { FLAWS } from "./fixtures/flaws.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { brokenLog, disturbedStores } from "./fixtures/moments.ts";
import { account, CHANGE, PEPPER, secrets } from "./fixtures/people.ts";
import { bytesOf } from "./fixtures/received.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const hello = { path: "/v1/hello", key: secrets.pro };
const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };

describe("law 1: a refusal is never charged", () => {
  it("and what is refused by a window does not count in it", async () => {
    const rig = await createRig();
    const free = { path: "/v1/hello", key: secrets.free };
    for (let i = 0; i < 5; i++) expect((await rig.send(free)).status).toBe(200);
    for (let second = 0; second < 60; second++) {
      expect((await rig.send(free)).status).toBe(429);
      await rig.clock.advance(1_000);
    }
    for (let i = 0; i < 5; i++) expect((await rig.send(free)).status).toBe(200);
  });

  it("nor does a header speak of credits that were given back", async () => {
    const rig = await createRig({ handlers: { render: () => refuse("conflict") } });
    const refused = await rig.send(render);
    expect(refused.code).toBe("conflict");
    expect([undefined, "100"]).toContain(refused.header("X-Credits-Remaining"));
  });
});

describe("law 3: money is exact", () => {
  it("200 calls at once at 1 credit each, from a balance of 100: exactly 100 succeed", async () => {
    const rig = await createRig();
    const overrides = { windows: { requests: 1_000 } };
    await rig.stores.directory.putAccount(account("pro", { overrides }), CHANGE);
    const send = () => rig.send({ path: "/v1/reports", key: secrets.pro });
    const answers = await Promise.all(Array.from({ length: 200 }, send));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(answers.filter(({ code }) => code === "credits_exhausted")).toHaveLength(100);
    expect(rig.funds()).toMatchObject({ used: 100, held: 0, remaining: 0 });
    expect(rig.stores.ledger.audit()).toEqual([]);
  });

  it("charges what the answer says that it cost, and never more than the hold", async () => {
    const costs = [0, 4, 10, 11, 1_000_000, -1, 2.5, "4", null];
    const charged = [0, 4, 10, 10, 10, 10, 10, 10, 10];
    for (const [index, credits] of costs.entries()) {
      const rig = await createRig({ handlers: { chat: () => reply({ usage: { credits } }) } });
      const chat = { path: "/v1/chat", key: secrets.pro, body: { prompt: "why" } };
      expect((await rig.send(chat)).status).toBe(200);
      expect({ credits, used: rig.funds().used }).toEqual({ credits, used: charged[index] });
    }
  });

  it("records what it cost beyond the hold for the operator, and does not take it", async () => {
    const rig = await createRig({ handlers: { chat: () => reply({ usage: { credits: 17 } }) } });
    const answer = await rig.send({ path: "/v1/chat", key: secrets.pro, body: { prompt: "why" } });
    expect(rig.stores.ledger.hold(answer.requestId)).toMatchObject({ charged: 10, overage: 7 });
  });

  it("lets no answer leave before it is paid for", async () => {
    const paid = Promise.withResolvers<void>();
    const rig = await createRig({
      stores: (plain) =>
        disturbedStores(plain, (moment) => (moment === "settle after" ? paid.promise : undefined)),
    });
    let answered = false;
    const answer = rig.send(render).finally(() => {
      answered = true;
    });
    await rig.clock.advance(60_000);
    expect({ answered, used: rig.funds().used }).toEqual({ answered: false, used: 10 });
    paid.resolve();
    expect((await answer).status).toBe(201);
  });

  it("tells what is left after the charge", async () => {
    const rig = await createRig();
    const chat = { path: "/v1/chat", key: secrets.pro, body: { prompt: "why" } };
    expect((await rig.send(chat)).header("X-Credits-Remaining")).toBe("96");
    expect((await rig.send(render)).header("X-Credits-Remaining")).toBe("86");
    expect((await rig.send(hello)).header("X-Credits-Remaining")).toBeUndefined();
  });
});

describe("law 5: every 429 and 503 says when to come back", () => {
  it.each(FLAWS.map((flaw) => [`${flaw.code} in ${flaw.step}`, flaw] as const))(
    "%s",
    async (_, flaw) => {
      const rig = await FlawedRig.create("pro");
      await flaw.prepare?.(rig);
      if (flaw.fault !== undefined) rig.faults.add(flaw.fault);
      const { status, header } = await rig.send(flaw.spoil?.(rig.sent) ?? rig.sent);
      const wait = header("Retry-After");
      if (status === 429 || status === 503) expect(wait).toMatch(/^[1-9]\d{0,8}$/);
      else if (wait !== undefined) expect(wait).toMatch(/^[1-9]\d{0,8}$/);
    },
  );

  it("also where an operator has closed a window for an account", async () => {
    const rig = await createRig();
    const overrides = { windows: { requests: 0 } };
    await rig.stores.directory.putAccount(account("pro", { overrides }), CHANGE);
    const refused = await rig.send(hello);
    expect(refused.status).toBe(429);
    expect(refused.header("Retry-After")).toMatch(/^[1-9]\d{0,8}$/);
    expect(rig.row(refused).retryAfterMs).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(rig.row(refused))).retryAfterMs).not.toBeNull();
  });

  it("also where the upstream's own refusal does not know", async () => {
    for (const condition of ["unavailable", "rate_limited", "concurrency_limited"]) {
      const rig = await createRig({ handlers: { hello: () => refuseDomain(condition) } });
      const refused = await rig.send(hello);
      expect([429, 503]).toContain(refused.status);
      expect(refused.header("Retry-After")).toMatch(/^[1-9]\d{0,8}$/);
    }
  });
});

describe("law 6: every answer has an id that we mint", () => {
  it("a UUIDv7 of its moment, another one each time, in the order of the requests", async () => {
    const rig = await createRig();
    const ids: string[] = [];
    for (let i = 0; i < 50; i++) ids.push((await rig.send(hello)).requestId);
    for (const id of ids) expect(uuidTimeMs(id)).toBe(rig.clock.wallMs());
    expect([...new Set(ids)].sort()).toEqual(ids);
  });

  it("whatever the caller sends; the caller's own is kept beside it", async () => {
    const rig = await createRig();
    for (const name of ["X-Request-Id", "X-Client-Request-Id"]) {
      const received = await rig.send({ ...hello, headers: { [name]: "mine-42" } });
      expect(received.requestId).not.toBe("mine-42");
      expect(received.header("X-Client-Request-Id")).toBe("mine-42");
      expect(rig.row(received).clientRequestId).toBe("mine-42");
    }
  });

  it("and drops a caller's id that is too long or no visible ASCII", async () => {
    const rig = await createRig();
    for (const id of ["x".repeat(201), "a b", "caf\u00e9", "", "a\tb"]) {
      const received = await rig.send({ ...hello, headers: { "X-Request-Id": id } });
      expect(received.header("X-Client-Request-Id")).toBeUndefined();
      expect(rig.row(received).clientRequestId).toBeUndefined();
    }
  });

  it("under which the log explains the answer, by step and with the numbers", async () => {
    const rig = await createRig();
    await rig.send(render);
    const refused = await rig.send({ ...render, body: { prompt: "" } });
    const verdicts = stepsOf(rig.row(refused)).map(({ step, verdict }) => `${step}: ${verdict}`);
    expect(verdicts.slice(3)).toEqual([
      "authorise: passed",
      "validate: refused",
      "reserve: not reached",
      "run: not reached",
      "settle: not reached",
      "respond: passed",
    ]);
    expect(rig.row(refused)).toMatchObject({ windowLimit: 20, windowRemaining: 18, charged: 0 });
  });
});

describe("law 8: a 5xx carries no internals", () => {
  const secret = "password=hunter2 at /srv/app/db.ts:17";
  const plain = {
    error: { message: "Something went wrong on our side.", type: "server_error", code: "internal" },
  };

  it.each<[string, NonNullable<Parameters<typeof createRig>[0]>["handlers"]]>([
    ["a handler that throws", { hello: () => Promise.reject(new Error(secret)) }],
    ["a handler that throws no error", { hello: () => Promise.reject(secret) }],
    [
      "an upstream's 500",
      { hello: () => ({ status: 500, headers: ["X-Db", secret], body: secret }) },
    ],
    ["an error that no folding rule covers", { hello: () => reply({ error: secret }, 418) }],
    ["a refusal that the contract does not have", { hello: () => refuseDomain(secret) }],
    ["an answer with a header that cannot be sent", { hello: () => broken(`${secret}\r\n`) }],
    ["an answer with a status that is none", { hello: () => reply({ secret }, 42) }],
    ["an answer that is none", { hello: () => JSON.parse("null") }],
  ])("%s", async (_, handlers) => {
    const rig = await createRig({ ...(handlers && { handlers }) });
    const { status, text, json, headers } = await rig.send(hello);
    expect(status).toBe(500);
    expect(json).toMatchObject(plain);
    expect(text + JSON.stringify(headers)).not.toMatch(/hunter2|srv/);
    expect(rig.events).toHaveLength(1);
  });

  it("and an upstream that is down is a 503 in our words", async () => {
    for (const status of [502, 503, 504]) {
      const rig = await createRig({ handlers: { hello: () => reply({ error: secret }, status) } });
      const refused = await rig.send(hello);
      expect(refused.code).toBe("unavailable");
      expect(refused.text).not.toContain("hunter2");
    }
  });

  function broken(value: string) {
    return { status: 200, headers: ["X-Broken", value], body: "" };
  }
});

describe("whatever is broken around it, a request gets its answer", () => {
  it("also when the log is down", async () => {
    const healthy = await (await createRig()).send(render);
    const rig = await createRig({
      stores: (stores) => ({ ...stores, log: brokenLog(stores.log, () => true) }),
    });
    expect(bytesOf(await rig.send(render))).toEqual(bytesOf(healthy));
    expect(rig.events.map(({ kind }) => kind)).toEqual(["fault"]);
  });

  it("also when whoever listens to the events throws", async () => {
    const onEvent = () => {
      throw new Error("a bug in the listener");
    };
    const consoleError = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const rig = await createRig({
      handlers: { hello: () => Promise.reject(new Error("a bug")) },
      gate: { onEvent },
    });
    expect((await rig.send(hello)).code).toBe("internal");
    expect(consoleError).toHaveBeenCalled();
  });
});

describe("law 9: an option of the gate cannot silently do nothing", () => {
  const good = () => ({
    stores: createMemoryStores(),
    upstream: acmeUpstream(),
    pepper: PEPPER,
  });

  it.each<[string, object, RegExp]>([
    ["an unknown name", { peper: PEPPER }, /"peper".*use stores, upstream, pepper/],
    ["no stores", { stores: undefined }, /stores/],
    ["no upstream", { upstream: undefined }, /upstream/],
    ["no pepper", { pepper: undefined }, /pepper/],
    ["a short pepper", { pepper: new Uint8Array(31) }, /pepper needs 32 bytes/],
    ["a pepper that is text", { pepper: "x".repeat(32) }, /pepper/],
    ["trusted hops below 0", { trustedHops: -1 }, /trustedHops is -1.*from 0 to 16/],
    ["half a trusted hop", { trustedHops: 0.5 }, /trustedHops is 0.5/],
    ["too many trusted hops", { trustedHops: 17 }, /trustedHops is 17/],
    ["a guard that lets nothing in", { unknownKeysPerMinute: 0 }, /unknownKeysPerMinute is 0.*1/],
    ["a guard that is no number", { unknownKeysPerMinute: Number.NaN }, /unknownKeysPerMinute/],
    ["a cache of nothing", { keyCacheMax: 0 }, /keyCacheMax is 0.*from 1/],
  ])("%s is refused with advice", (_, wrong, advice) => {
    const options = { ...good(), ...wrong } as GateOptions;
    expect(() => createGate(acme, options)).toThrow(advice);
  });

  it("and good ones are taken", () => {
    const limits = { trustedHops: 16, unknownKeysPerMinute: 1, keyCacheMax: 1 };
    expect(() => createGate(acme, { ...good(), ...limits })).not.toThrow();
  });
});
