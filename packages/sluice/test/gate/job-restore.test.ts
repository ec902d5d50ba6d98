/** The slots of jobs that go on when a process starts: taken again, whoever else serves, and whatever is down. */
import { describe, expect, it } from "vitest";
import { createGate, reply } from "../../src/gate/index.ts";
import { acme } from "./fixtures/acme.ts";
import { disturbedStores } from "./fixtures/moments.ts";
import { PEPPER, secrets } from "./fixtures/people.ts";
import { createStage, type Stage } from "./fixtures/stage.ts";

/** Starts a film; the id of its job. */
async function start(stage: Stage): Promise<string> {
  const film = { path: "/v1/films", key: secrets.pro, body: { prompt: "a cat" } };
  const received = await stage.send(film);
  expect(received.status).toBe(201);
  return received.requestId;
}

function inUse(stage: Stage): number {
  return stage.stores.limits.slotsInUse("films:pro");
}

describe("a process that starts while others serve", () => {
  it("keeps no slot of a job that ends while its slots are taken again", async () => {
    let meanwhile = async () => {};
    const stage = await createStage(
      {},
      {
        stores: (plain) =>
          disturbedStores(plain, async (moment) => {
            if (moment === "admit before") await meanwhile();
          }),
      },
    );
    const [quick, slow] = [await start(stage), await start(stage)];
    meanwhile = async () => {
      await stage.gate.jobs.end(quick, { kind: "failed" });
    };
    await stage.gate.jobs.restore();
    expect(inUse(stage)).toBe(1);
    expect(stage.stores.ledger.jobs().map(({ holdId }) => holdId)).toEqual([slow]);
  });
});

describe("limits that are down when a process starts", () => {
  it("keep no job from going on, and the operator hears of it once", async () => {
    let isDown = false;
    const stage = await createStage(
      {},
      {
        stores: (plain) =>
          disturbedStores(plain, (moment) => {
            if (isDown && moment === "admit before") throw new Error("down");
          }),
      },
    );
    const jobs = [await start(stage), await start(stage)];
    isDown = true;
    expect(await stage.gate.jobs.restore()).toBe(jobs.length);
    expect(stage.events.map(({ kind }) => kind)).toEqual(["limits_down"]);
  });
});

describe("a gate beside others on one ledger", () => {
  it("takes the slots of its own operations' jobs, and leaves those of the others to them", async () => {
    const stage = await createStage({});
    await start(stage);
    const gate = createGate(acme, {
      stores: stage.stores,
      upstream: { run: () => reply({}), quote: () => 0 },
      ...{ pepper: PEPPER, onEvent: () => undefined },
    });
    expect(await gate.jobs.restore()).toBe(0);
    expect(await stage.gate.jobs.restore()).toBe(1);
  });
});
