/** The report of a job's end, when a process dies in its midst, another one starts, or several hear of it. */
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { createGate, type Gate, type Stores } from "../../src/gate/index.ts";
import { type Disturb, disturbedStores, type Moment } from "./fixtures/moments.ts";
import { PEPPER, secrets } from "./fixtures/people.ts";
import { createStage, type Stage } from "./fixtures/stage.ts";
import { FILM_AGE_MS, FILM_CREDITS, studio, studioAnswers } from "./fixtures/studio.ts";

const film = { path: "/v1/films", key: secrets.pro, body: { prompt: "a cat" } };
const SLOT = "films:pro";
const OUTCOMES = [{ kind: "completed", credits: 5 }, { kind: "failed" }] as const;
const never = new Promise<void>(() => undefined);

/** A stage with a job that runs, and what is done at each moment from then on. */
async function running() {
  let disturb: Disturb = () => undefined;
  const stage = await createStage(
    {},
    { stores: (plain) => disturbedStores(plain, (moment, subject) => disturb(moment, subject)) },
  );
  const { status, requestId } = await stage.send(film);
  expect(status).toBe(201);
  return {
    stage,
    id: requestId,
    at: (told: Disturb) => {
      disturb = told;
    },
  };
}

/** Another process on the same stores. */
function other({ stores, clock }: Stage, changed: Stores = stores): Gate {
  return createGate(studio, {
    stores: changed,
    upstream: { run: () => never, quote: () => never } as never,
    answers: studioAnswers,
    ...{ pepper: PEPPER, clock, random: seededRandom("other"), onEvent: () => undefined },
  });
}

function leftOf({ stores, funds }: Stage) {
  return {
    slots: stores.limits.slotsInUse(SLOT),
    jobs: stores.ledger.jobs().length,
    held: funds().held,
    used: funds().used,
  };
}

describe("a process that dies while it hears of a job's end", () => {
  it.each(OUTCOMES)(
    "leaves a slot to no job that is over, at whatever moment, once it is $kind again",
    async (outcome) => {
      const moments: Moment[] = [];
      const whole = await running();
      whole.at((moment) => void moments.push(moment));
      await whole.stage.gate.jobs.end(whole.id, outcome);
      expect(moments.length).toBeGreaterThanOrEqual(8);
      for (const [deathAt, moment] of moments.entries()) {
        const { stage, id, at } = await running();
        let passed = 0;
        const died = new Promise<void>((resolve) => {
          at((each) => {
            if (passed++ !== deathAt || each !== moment) return;
            resolve();
            return never;
          });
        });
        void stage.gate.jobs.end(id, outcome);
        await died;
        const next = other(stage);
        const jobs = stage.stores.ledger.jobs().length;
        expect(await next.jobs.restore(), moment).toBe(jobs);
        // What the ledger takes for a job has its slot; nothing else has one.
        expect(stage.stores.limits.slotsInUse(SLOT), `${moment}, at the start`).toBe(jobs);
        await next.jobs.end(id, outcome);
        const used = outcome.kind === "completed" ? outcome.credits : 0;
        expect(leftOf(stage), moment).toEqual({ slots: 0, jobs: 0, held: 0, used });
      }
    },
  );
});

describe("a process that starts while another hears of a job's end", () => {
  it("keeps no slot of it, at whatever moment, nor when the ledger's answer gets lost", async () => {
    const moments: Moment[] = [];
    const whole = await running();
    whole.at((moment) => void moments.push(moment));
    await whole.stage.gate.jobs.end(whole.id, { kind: "failed" });
    for (const isLost of [false, true]) {
      for (const [startAt] of moments.entries()) {
        const { stage, id, at } = await running();
        const started = other(stage);
        let passed = 0;
        at(async (moment) => {
          if (passed++ === startAt) await started.jobs.restore();
          if (isLost && moment === "release hold after") throw new Error("cut off");
        });
        const ended = stage.gate.jobs.end(id, { kind: "failed" });
        if (isLost) await expect(ended).rejects.toThrow("cut off");
        else expect(await ended).toEqual({ kind: "released" });
        const where = `${moments[startAt]}, ${isLost ? "lost" : "heard"}`;
        expect(leftOf(stage), where).toEqual({ slots: 0, jobs: 0, held: 0, used: 0 });
      }
    }
  });
});

describe("the end of a job that several hear of", () => {
  it("charges once and leaves no slot, however the two reports meet", async () => {
    const { stage, id, at } = await running();
    const second = other(stage);
    const reports: Promise<unknown>[] = [];
    at((moment) => {
      if (moment === "settle before" && reports.length === 0) {
        reports.push(second.jobs.end(id, { kind: "completed", credits: 5 }));
      }
    });
    await stage.gate.jobs.end(id, { kind: "completed", credits: 5 });
    await Promise.all(reports);
    expect(leftOf(stage)).toEqual({ slots: 0, jobs: 0, held: 0, used: 5 });
  });

  it("is no end when the sweeper came first: nothing is charged, and no slot is left", async () => {
    const { stage, id, at } = await running();
    at(async (moment) => {
      if (moment !== "settle before") return;
      await stage.clock.advance(FILM_AGE_MS);
      expect(await stage.gate.sweeper.sweep()).toEqual([id]);
    });
    expect(await stage.gate.jobs.end(id, { kind: "completed" })).toEqual({ kind: "unknown" });
    expect(leftOf(stage)).toEqual({ slots: 0, jobs: 0, held: 0, used: 0 });
  });

  it("frees the slot for another job before its credits are settled", async () => {
    const { stage, id, at } = await running();
    let slotsMeanwhile = -1;
    at((moment) => {
      if (moment === "settle before") slotsMeanwhile = stage.stores.limits.slotsInUse(SLOT);
    });
    await stage.gate.jobs.end(id, { kind: "completed" });
    expect(slotsMeanwhile).toBe(0);
    expect(stage.funds().used).toBe(FILM_CREDITS);
  });
});

describe("a job so quick that another process hears of its end before its call is answered", () => {
  /** Two processes on one ledger: the end comes to the other one when this one goes to keep the slots. */
  async function race(isDown: boolean) {
    let second: Gate | undefined;
    let detached = "";
    const disturb: Disturb = async (moment, subject) => {
      if (moment === "detach after") detached = subject;
      if (moment === "admit before" && detached !== "") {
        await second?.jobs.end(detached, { kind: "completed", credits: 5 });
      }
      if (moment === "job before" && isDown) throw new Error("down");
    };
    const stage = await createStage(
      {},
      {
        stores: (plain) => {
          const stores = disturbedStores(plain, disturb);
          return { ...stores, ledger: { ...stores.ledger, isShared: true } };
        },
      },
    );
    second = isDown ? undefined : other(stage);
    return { stage, status: (await stage.send(film)).status };
  }

  it("leaves no slot behind", async () => {
    const { stage, status } = await race(false);
    expect(status).toBe(201);
    expect(leftOf(stage)).toEqual({ slots: 0, jobs: 0, held: 0, used: 5 });
  });

  it("has its end told again later, where the ledger knows of the call and not yet of the job", async () => {
    let second: Gate | undefined;
    let early: unknown;
    const disturb: Disturb = async (moment, subject) => {
      if (moment !== "detach before") return;
      const told = second?.jobs.end(subject, { kind: "completed", credits: 5 });
      early = await told?.catch((error: Error) => error.message);
    };
    const stage = await createStage({}, { stores: (plain) => disturbedStores(plain, disturb) });
    second = other(stage);
    const { requestId } = await stage.send(film);
    expect(early).toContain("report the end of its job again later");
    expect(leftOf(stage)).toEqual({ slots: 1, jobs: 1, held: FILM_CREDITS, used: 0 });
    const again = await second.jobs.end(requestId, { kind: "completed", credits: 5 });
    expect(again).toEqual({ kind: "charged", credits: 5 });
    expect(leftOf(stage)).toEqual({ slots: 0, jobs: 0, held: 0, used: 5 });
  });

  it("is taken to run where nobody can be asked: its call is answered all the same", async () => {
    const { stage, status } = await race(true);
    expect(status).toBe(201);
    expect(leftOf(stage)).toEqual({ slots: 1, jobs: 1, held: FILM_CREDITS, used: 0 });
    expect(stage.events).toMatchObject([{ kind: "fault", step: "settle" }]);
  });
});

describe("several gates of one process on one ledger", () => {
  it("take the end of a quick job for each other: whichever is told waits for its call", async () => {
    let second: Gate | undefined;
    let told: Promise<unknown> | undefined;
    const stage = await createStage(
      {},
      {
        stores: (plain) => {
          const stores = disturbedStores(plain, (moment, subject) => {
            // Told between the answer's record and the lengthening of the slots' leases.
            if (moment !== "detach after") return;
            told = second?.jobs.end(subject, { kind: "completed", credits: 5 });
          });
          second = createGate(studio, {
            stores,
            upstream: { run: () => never, quote: () => never } as never,
            answers: studioAnswers,
            ...{ pepper: PEPPER, random: seededRandom("beside"), onEvent: () => undefined },
          });
          return stores;
        },
      },
    );
    expect((await stage.send(film)).status).toBe(201);
    expect(await told).toEqual({ kind: "charged", credits: 5 });
    expect(leftOf(stage)).toEqual({ slots: 0, jobs: 0, held: 0, used: 5 });
  });
});
