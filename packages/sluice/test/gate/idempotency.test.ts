// Idempotency keys: the same call again gets the same answer and is paid for once; another call with the same key
// is refused; what was refused or failed leaves the key free.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refuse } from "../../src/contract/index.ts";
import { reply } from "../../src/gate/index.ts";
import { drive } from "./fixtures/drive.ts";
import type { Sent } from "./fixtures/fake-call.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { CHANGE, key, secretFor, secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const DAY_MS = 24 * 60 * 60 * 1_000;

function render(idempotencyKey: string, more: Partial<Sent> = {}): Sent {
  return {
    path: "/v1/renders",
    key: secrets.pro,
    body: { prompt: "a cat" },
    headers: { "Idempotency-Key": idempotencyKey },
    ...more,
  };
}

describe("a call that comes again", () => {
  it("is answered with the stored bytes, marked as a replay, and neither done nor paid again", async () => {
    let runs = 0;
    const headers = ["Content-Type", "text/plain", "ETag", '"7"', "X-Request-Id", "theirs"];
    const rig = await createRig({
      handlers: { render: () => ({ status: 202, headers, body: `picture ${++runs}` }) },
    });
    const first = await rig.send(render("a"));
    const again = await rig.send(render("a"));
    expect([first.status, first.text]).toEqual([202, "picture 1"]);
    expect([again.status, again.text]).toEqual([202, "picture 1"]);
    expect(again.header("ETag")).toBe('"7"');
    expect(again.header("Content-Type")).toBe("text/plain");
    expect(first.header("Idempotent-Replayed")).toBeUndefined();
    expect(again.header("Idempotent-Replayed")).toBe("true");
    expect(again.requestId).not.toBe(first.requestId);
    expect(runs).toBe(1);
    expect(rig.funds()).toMatchObject({ used: 10, held: 0 });
    expect(rig.row(again)).toMatchObject({ ending: "replayed", endedAt: "reserve", charged: 0 });
  });

  it("takes a place in the window: it is a request", async () => {
    const rig = await createRig();
    await rig.send(render("a"));
    expect((await rig.send(render("a"))).header("X-RateLimit-Remaining")).toBe("18");
  });

  it("gives its slot back at once", async () => {
    const rig = await createRig();
    for (let i = 0; i < 5; i++) expect((await rig.send(render("a"))).status).toBe(201);
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });

  it("is answered for a day, then done anew", async () => {
    const rig = await createRig();
    await rig.send(render("a"));
    await rig.clock.advance(DAY_MS - 1);
    expect((await rig.send(render("a"))).header("Idempotent-Replayed")).toBe("true");
    await rig.clock.advance(1);
    expect((await rig.send(render("a"))).header("Idempotent-Replayed")).toBeUndefined();
    expect(rig.funds().used).toBe(20);
  });

  it("while the first still runs is told to come back", async () => {
    let finish: (() => void) | undefined;
    const rig = await createRig({
      handlers: {
        render: () =>
          new Promise((resolve) => {
            finish = () => resolve(reply({ done: true }, 201));
          }),
      },
    });
    const first = rig.send(render("a"));
    await rig.clock.advance(0);
    const second = await rig.send(render("a"));
    expect(second.code).toBe("request_in_progress");
    expect(Number(second.header("Retry-After"))).toBeGreaterThan(0);
    finish?.();
    expect((await first).status).toBe(201);
    expect((await rig.send(render("a"))).header("Idempotent-Replayed")).toBe("true");
    expect(rig.funds().used).toBe(10);
  });

  it("works for calls that cost nothing, too", async () => {
    let notes = 0;
    const rig = await createRig({ handlers: { createNote: () => reply({ id: ++notes }, 201) } });
    const note = { path: "/v1/notes", body: { title: "milk" } };
    const sent = { ...render("a"), ...note };
    expect((await rig.send(sent)).json).toEqual({ id: 1 });
    expect((await rig.send(sent)).json).toEqual({ id: 1 });
    expect(rig.stores.ledger.audit()).toEqual([]);
  });
});

describe("another call with the same key", () => {
  it.each<[string, Partial<Sent>]>([
    ["another body", { body: { prompt: "a dog" } }],
    ["the same body in other bytes", { text: '{ "prompt": "a cat" }' }],
    ["another query", { path: "/v1/renders?dpi=300" }],
  ])("is refused: %s", async (_, more) => {
    const rig = await createRig();
    await rig.send(render("a"));
    const refused = await rig.send(render("a", more));
    expect(refused.code).toBe("idempotency_key_reused");
    expect(refused.param).toBe("Idempotency-Key");
    expect(rig.funds()).toMatchObject({ used: 10, held: 0 });
  });

  it("is not another call when only the spelling of the key differs", async () => {
    const rig = await createRig();
    await rig.send(render("a"));
    expect((await rig.send(render('"a"'))).header("Idempotent-Replayed")).toBe("true");
  });

  it("is none of this one's business for another account, nor another operation", async () => {
    const rig = await createRig();
    const other = secretFor("other account");
    const account = { id: "other", name: "o", plan: "pro", subscription: "active" } as const;
    await rig.stores.directory.putAccount(account, CHANGE);
    await rig.stores.directory.putKey(key("other", other), CHANGE);
    await rig.send(render("a"));
    expect((await rig.send(render("a", { key: other }))).status).toBe(201);
    const chat = await rig.send(render("a", { path: "/v1/chat" }));
    expect(chat.header("Idempotent-Replayed")).toBeUndefined();
    // Another key of the same account is the same customer.
    expect((await rig.send(render("a", { key: secrets.test }))).header("Idempotent-Replayed")).toBe(
      "true",
    );
  });
});

describe("a first call that left no answer to repeat", () => {
  it("frees its key when it was refused or failed", async () => {
    const outcomes = [
      () => refuse("conflict"),
      () => Promise.reject(new Error("a bug")),
      () => reply({}, 500),
      () => new Promise<never>(() => undefined),
      () => reply({ picture: 1 }, 201),
    ];
    let next = 0;
    const rig = await createRig({
      handlers: { render: () => (outcomes[next++] ?? (() => refuse("internal")))() },
    });
    const statuses: number[] = [];
    for (const _ of outcomes) {
      statuses.push((await drive(rig.clock, rig.send(render("a")))).status);
    }
    expect(statuses).toEqual([409, 500, 500, 504, 201]);
    expect(rig.funds()).toMatchObject({ used: 10, held: 0 });
  });

  it("keeps its key when it was answered with more than is stored, and says so", async () => {
    const rig = await createRig({
      handlers: { render: () => ({ status: 200, headers: [], body: "x".repeat(262_145) }) },
    });
    expect((await rig.send(render("a"))).status).toBe(200);
    const again = await rig.send(render("a"));
    expect(again.code).toBe("replay_unavailable");
    expect(again.param).toBe("Idempotency-Key");
    expect(rig.funds().used).toBe(10);
  });

  it("stores 256 KiB", async () => {
    const body = "x".repeat(262_144);
    const rig = await createRig({
      handlers: { render: () => ({ status: 200, headers: [], body }) },
    });
    await rig.send(render("a"));
    expect((await rig.send(render("a"))).text).toBe(body);
  });
});

describe("the header", () => {
  it.each([
    ["nothing", ""],
    ["nothing in quotes", '""'],
    ["a blank", "a b"],
    ["a quote inside", 'a"b'],
    ["a backslash", "a\\b"],
    ["no ASCII", "caf\u00e9"],
    ["256 characters", "x".repeat(256)],
    ["one quote", '"'],
  ])("is refused with %s in it", async (_, value) => {
    const rig = await createRig();
    const refused = await rig.send(render(value));
    expect(refused.code).toBe("invalid_parameter");
    expect(refused.param).toBe("Idempotency-Key");
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });

  it.each([
    "x".repeat(255),
    "8e03978e-40d5-43e8-bc93-6894a57f9324",
    '"quoted"',
    "!#$%&'()*+,-./:;<",
  ])("is taken with %j", async (value) => {
    const rig = await createRig();
    expect((await rig.send(render(value))).status).toBe(201);
  });

  it("is refused by an operation that does not accept it, and ignored by a GET", async () => {
    const rig = await createRig();
    const headers = { "Idempotency-Key": "a" };
    const path = "/v1/notes/note_1";
    const refused = await rig.send({ path, method: "DELETE", key: secrets.pro, headers });
    expect(refused.code).toBe("invalid_parameter");
    expect(refused.message).toContain("is not accepted by this operation");
    expect((await rig.send({ path, key: secrets.pro, headers })).status).toBe(200);
  });
});
