/** Operations that the gate answers by itself: the same nine steps, without an upstream. */
import { describe, expect, it } from "vitest";
import { refuse } from "../../src/contract/index.ts";
import { type Answers, createGate, handlers, reply } from "../../src/gate/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { drive } from "./fixtures/drive.ts";
import { disturbedStores } from "./fixtures/moments.ts";
import { PEPPER, secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";
import { createStage } from "./fixtures/stage.ts";
import { studio } from "./fixtures/studio.ts";

const balance = { path: "/v1/balance", key: secrets.pro };

async function rigWith(answer: Answers<typeof studio>["balance"]) {
  return createRig({ api: studio, gate: { answers: { balance: answer } } });
}

describe("an answer of the gate's own", () => {
  it("has all that the gate keeps to work with, and pays like any other", async () => {
    const stage = await createStage({});
    const received = await stage.send(balance);
    expect(received.json).toEqual({ remaining: 99, held: 1, account: "pro", limit: 1_000 });
    expect(stage.funds()).toMatchObject({ held: 0, used: 1 });
    expect(received.header("X-RateLimit-Remaining")).toBe("999");
  });

  it("can refuse, fold and fail as an upstream can, and is then not charged", async () => {
    const refusing = await rigWith(() => refuse("not_found"));
    expect((await refusing.send(balance)).code).toBe("not_found");
    const failing = await rigWith(() => ({ ...reply({ problem: "gone" }), status: 409 }));
    expect((await failing.send(balance)).code).toBe("not_found");
    const throwing = await rigWith(() => Promise.reject(new Error("a bug")));
    expect((await throwing.send(balance)).code).toBe("internal");
    for (const rig of [refusing, failing, throwing]) {
      expect(rig.funds()).toMatchObject({ held: 0, used: 0 });
    }
  });

  it("is cut at its deadline, and hears of it", async () => {
    const rig = await rigWith((_, { signal }) => {
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    });
    expect((await drive(rig.clock, rig.send(balance))).code).toBe("upstream_timeout");
  });

  it("says when to come back where a store is down, and is not charged", async () => {
    const down = new Error("down");
    const answer: Answers<typeof studio>["balance"] = async (_, { stores }) =>
      reply(await stores.directory.workspace("ws_1"));
    const rig = await createRig({
      api: studio,
      gate: { answers: { balance: answer } },
      stores: (plain) =>
        disturbedStores(plain, (moment) => {
          if (moment === "workspace before") throw down;
        }),
    });
    const received = await rig.send(balance);
    expect([received.status, received.code]).toEqual([503, "unavailable"]);
    expect(received.header("Retry-After")).toBeDefined();
    expect(rig.events).toMatchObject([{ kind: "fault", step: "run", error: { cause: down } }]);
    expect(rig.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("mints ids that differ", async () => {
    const rig = await rigWith((_, { newId }) => reply([newId(), newId()]));
    const { json } = await rig.send(balance);
    expect(new Set(json as string[]).size).toBe(2);
  });
});

describe("a gate that does not start", () => {
  const options = () => ({
    stores: createMemoryStores(),
    pepper: PEPPER,
    upstream: handlers(studio, {
      tell: () => reply({}),
      sing: () => reply({}),
      whisper: () => reply({}),
      film: () => reply({}),
      readShelf: () => reply({}),
    }),
  });

  it("has an operation that nobody answers", () => {
    expect(() => createGate(studio, options())).toThrow("give answers: { balance }");
  });

  it("has an answer that nobody asks for", () => {
    const answers = { balance: () => reply({}), tell: () => reply({}) };
    expect(() => createGate(studio, { ...options(), answers })).toThrow(
      "nothing reads answers.tell; the gate answers balance",
    );
  });
});
