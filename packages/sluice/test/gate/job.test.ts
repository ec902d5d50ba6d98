/** Jobs: a call that is answered while its slot and its hold stay with what it started. */
import { describe, expect, it } from "vitest";
import { disturbedStores } from "./fixtures/moments.ts";
import { secrets } from "./fixtures/people.ts";
import { createStage, type Stage, type StudioHandlers } from "./fixtures/stage.ts";
import { FILM_AGE_MS, FILM_CREDITS, FILMS_AT_ONCE } from "./fixtures/studio.ts";

const film = { path: "/v1/films", key: secrets.pro, body: { prompt: "a cat" } };
const once = { ...film, headers: { "Idempotency-Key": "once" } };
const SLOT = "films:pro";

/** Starts a film; the id of its job. */
async function start(stage: Stage, sent: typeof film = film): Promise<string> {
  const received = await stage.send(sent);
  expect(received.status).toBe(201);
  return received.requestId;
}

function inUse(stage: Stage): number {
  return stage.stores.limits.slotsInUse(SLOT);
}

describe("a call that starts a job", () => {
  it("is answered at once, while its hold and its slot stay taken", async () => {
    const stage = await createStage({});
    const received = await stage.send(film);
    expect(received.json).toMatchObject({ status: "pending", error: null });
    expect(stage.funds()).toMatchObject({ held: FILM_CREDITS, used: 0 });
    expect(inUse(stage)).toBe(1);
    expect(stage.row(received)).toMatchObject({ ending: "done", held: 40, charged: 0 });
  });

  it("is not charged, and gives everything back, when the job never began", async () => {
    const stage = await createStage({
      film: () => {
        throw new Error("no film in the camera");
      },
    });
    expect((await stage.send(film)).status).toBe(500);
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    expect(inUse(stage)).toBe(0);
    expect(stage.stores.ledger.jobs()).toEqual([]);
  });

  it("is refused while as many run as may, and says when to ask again", async () => {
    const stage = await createStage({});
    const jobs = [];
    // Two at 40 credits each: a third must not fail for want of credits.
    const grant = { id: "g", accountId: "pro", amount: 1_000, reason: "test" };
    await stage.stores.ledger.grant(grant, stage.clock.wallMs());
    for (let n = 0; n < FILMS_AT_ONCE; n++) jobs.push(await start(stage));
    const refused = await stage.send(film);
    expect(refused.code).toBe("concurrency_limited");
    expect(refused.header("Retry-After")).toBe("15");
    await stage.gate.jobs.end(jobs[1] ?? "", { kind: "completed", credits: 9 });
    await start(stage);
    expect((await stage.send(film)).code).toBe("concurrency_limited");
    expect(stage.funds()).toMatchObject({ used: 9, held: FILMS_AT_ONCE * FILM_CREDITS });
  });
});

describe("the end of a job", () => {
  it("charges what it cost, gives back the rest, and frees its slot", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    const ended = await stage.gate.jobs.end(id, { kind: "completed", credits: 25 });
    expect(ended).toEqual({ kind: "charged", credits: 25 });
    expect(stage.funds()).toMatchObject({ held: 0, used: 25 });
    expect(inUse(stage)).toBe(0);
  });

  it("charges all that was held where it does not say", async () => {
    const stage = await createStage({});
    const ended = await stage.gate.jobs.end(await start(stage), { kind: "completed" });
    expect(ended).toEqual({ kind: "charged", credits: FILM_CREDITS });
  });

  it("charges never more than was held; the rest is written down", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    await stage.gate.jobs.end(id, { kind: "completed", credits: 90 });
    expect(stage.funds().used).toBe(FILM_CREDITS);
    expect(stage.stores.ledger.hold(id)).toMatchObject({ overage: 50 });
  });

  it("charges nothing for a job that failed", async () => {
    const stage = await createStage({});
    const ended = await stage.gate.jobs.end(await start(stage), { kind: "failed" });
    expect(ended).toEqual({ kind: "released" });
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    expect(inUse(stage)).toBe(0);
  });

  it("counts once, however often it is reported", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    await stage.gate.jobs.end(id, { kind: "completed", credits: 5 });
    const again = await Promise.all([
      stage.gate.jobs.end(id, { kind: "completed", credits: 30 }),
      stage.gate.jobs.end(id, { kind: "failed" }),
    ]);
    expect(again).toEqual([{ kind: "unknown" }, { kind: "unknown" }]);
    expect(stage.funds()).toMatchObject({ held: 0, used: 5 });
  });

  it("waits for the answer of its own call, however quick the job is", async () => {
    let ended: Promise<unknown> | undefined;
    const film: StudioHandlers["film"] = (_, { requestId }) => {
      ended = stage.gate.jobs.end(requestId, { kind: "completed", credits: 7 });
      return { status: 201, headers: [], body: "{}" };
    };
    const stage: Stage = await createStage({ film });
    await start(stage, once);
    expect(await ended).toEqual({ kind: "charged", credits: 7 });
    expect(stage.funds()).toMatchObject({ held: 0, used: 7 });
    expect(inUse(stage)).toBe(0);
    expect((await stage.send(once)).header("Idempotent-Replayed")).toBe("true");
  });

  it("cannot be reported for a call that started none", async () => {
    const stage = await createStage({});
    const other = await stage.send({ ...film, path: "/v1/stories" });
    expect(await stage.gate.jobs.end(other.requestId, { kind: "failed" })).toEqual({
      kind: "unknown",
    });
    expect(await stage.gate.jobs.end("nobody", { kind: "completed" })).toEqual({
      kind: "unknown",
    });
  });

  it("must say how the job ended, and what it cost in whole credits", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    for (const credits of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(stage.gate.jobs.end(id, { kind: "completed", credits })).rejects.toThrow(
        "a whole number of credits",
      );
    }
    expect(stage.funds()).toMatchObject({ held: FILM_CREDITS, used: 0 });
  });
});

describe("a job of which nobody reports the end", () => {
  it("is taken for dead at its maximum age: slot and hold come free, nothing is charged", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    await stage.clock.advance(FILM_AGE_MS - 1);
    expect(await stage.gate.sweeper.sweep()).toEqual([]);
    await stage.clock.advance(1);
    expect(await stage.gate.sweeper.sweep()).toEqual([id]);
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
    stage.stores.limits.admit({ windows: [], slots: [] }, stage.clock.monotonicMs());
    expect(inUse(stage)).toBe(0);
    expect(stage.events).toEqual([{ kind: "hold_expired", holdId: id }]);
    expect(await stage.gate.jobs.end(id, { kind: "completed" })).toEqual({ kind: "unknown" });
  });

  it("outlives a start of the process that ends every call that died", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    expect(await stage.gate.sweeper.sweepAll()).toEqual([]);
    expect(stage.stores.ledger.job(id)).toMatchObject({ slots: [SLOT], amount: FILM_CREDITS });
  });

  it("takes its slot again after a restart, for as long as it may still run", async () => {
    const stage = await createStage({});
    const id = await start(stage);
    await stage.clock.advance(FILM_AGE_MS / 2);
    // What is in memory is gone with the process.
    stage.stores.limits.release([{ id: SLOT, member: id, limit: 1, leaseMs: 1 }]);
    expect(inUse(stage)).toBe(0);
    expect(await stage.gate.jobs.restore()).toBe(1);
    expect(inUse(stage)).toBe(1);
    await stage.clock.advance(FILM_AGE_MS / 2);
    stage.stores.limits.admit({ windows: [], slots: [] }, stage.clock.monotonicMs());
    expect(inUse(stage)).toBe(0);
  });
});

describe("an idempotency key on a job", () => {
  it("repeats the first answer while the job runs, and after it ended in any way", async () => {
    for (const outcome of ["completed", "failed"] as const) {
      const stage = await createStage({});
      const id = await start(stage, once);
      const during = await stage.send(once);
      expect(during.json).toMatchObject({ id });
      await stage.gate.jobs.end(id, { kind: outcome });
      const afterwards = await stage.send(once);
      expect(afterwards.json).toMatchObject({ id });
      expect(afterwards.header("Idempotent-Replayed")).toBe("true");
      expect(stage.stores.ledger.jobs()).toEqual([]);
      expect(stage.funds().used).toBe(outcome === "completed" ? FILM_CREDITS : 0);
    }
  });
});

describe("a ledger that is down when a job has begun", () => {
  it("is a 503; the hold is left to the sweeper, and the slot comes free", async () => {
    const stage = await createStage(
      {},
      {
        stores: (plain) =>
          disturbedStores(plain, (moment) => {
            if (moment === "detach before") throw new Error("down");
          }),
      },
    );
    const received = await stage.send(film);
    expect(received.code).toBe("credits_unavailable");
    expect(inUse(stage)).toBe(0);
    expect(stage.funds()).toMatchObject({ held: FILM_CREDITS, used: 0 });
    await stage.gate.sweeper.sweepAll();
    expect(stage.funds()).toMatchObject({ held: 0, used: 0 });
  });

  it("lets the report be made again", async () => {
    let isDown = false;
    const stage = await createStage(
      {},
      {
        stores: (plain) =>
          disturbedStores(plain, (moment) => {
            if (isDown && moment === "settle before") throw new Error("down");
          }),
      },
    );
    const id = await start(stage);
    isDown = true;
    await expect(stage.gate.jobs.end(id, { kind: "completed", credits: 4 })).rejects.toThrow();
    // The work is over, whatever becomes of its credits.
    expect(inUse(stage)).toBe(0);
    isDown = false;
    await stage.gate.jobs.end(id, { kind: "completed", credits: 4 });
    expect(stage.funds()).toMatchObject({ held: 0, used: 4 });
    expect(inUse(stage)).toBe(0);
  });
});
