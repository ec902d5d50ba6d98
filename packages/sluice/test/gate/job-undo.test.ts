/** A call that starts a job, disturbed at every moment: there is a job with its hold and slot, or nothing is left. */
import { describe, expect, it } from "vitest";
import { drive } from "./fixtures/drive.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { type Disturb, disturbedStores, type Moment } from "./fixtures/moments.ts";
import { secrets } from "./fixtures/people.ts";
import { createStage, type Stage } from "./fixtures/stage.ts";
import { DEADLINE_MS, FILM_AGE_MS, FILM_CREDITS } from "./fixtures/studio.ts";
import { DISTURBANCES, type Disturbance } from "./fixtures/trial.ts";

const SLOT = "films:pro";
const sent = {
  path: "/v1/films",
  key: secrets.pro,
  body: { prompt: "a cat" },
  headers: { "Idempotency-Key": "once" },
};

interface Attempt {
  readonly stage: Stage;
  readonly call: FakeCall;
  readonly status: number;
  readonly jobId: string;
  readonly moments: readonly Moment[];
}

async function attempt(at: number, disturbance: Disturbance): Promise<Attempt> {
  const moments: Moment[] = [];
  const call = new FakeCall(sent);
  const disturb: Disturb = async (moment) => {
    if (moments.push(moment) - 1 !== at) return;
    if (disturbance === "throws") throw new Error("down");
    if (disturbance === "leaves") call.abort();
    if (disturbance === "dawdles") await stage.clock.sleep(DEADLINE_MS + 1_000);
  };
  const stage: Stage = await createStage(
    { film: async (_, { requestId }) => ({ status: 201, headers: [], body: requestId }) },
    { stores: (plain) => disturbedStores(plain, disturb) },
  );
  const { status, requestId } = await drive(stage.clock, stage.pass(call));
  return { stage, call, status, jobId: requestId, moments };
}

/** What is wrong once the call is over, in words. */
function breachesOf({ stage, status, jobId, call }: Attempt): string[] {
  const isJob = stage.stores.ledger.job(jobId) !== undefined;
  const { held } = stage.funds();
  const slots = stage.stores.limits.slotsInUse(SLOT);
  const isStarted = status === 201;
  return [
    stage.rows().length === 1 || `${stage.rows().length} rows in the log`,
    call.listeners === 0 || "somebody still listens to the caller",
    stage.clock.pendingTimers === 0 || "a timer still waits",
    !isStarted || isJob || "started, and no job",
    !isStarted || held === FILM_CREDITS || `started, and ${held} held`,
    !isStarted || slots === 1 || `started, and ${slots} slots taken`,
    ...stage.stores.ledger.audit(),
  ].filter((breach) => breach !== true);
}

/** And what is left of it after every lease and deadline has passed. */
async function leftOvers({ stage }: Attempt): Promise<string[]> {
  await stage.clock.advance(FILM_AGE_MS + 120_000);
  await stage.gate.sweeper.sweep();
  const { held, used } = stage.funds();
  stage.stores.limits.admit({ windows: [], slots: [] }, stage.clock.monotonicMs());
  return [
    held === 0 || `${held} credits held by nobody`,
    used === 0 || `${used} charged for a job that nobody ended`,
    stage.stores.limits.slotsInUse(SLOT) === 0 || "a slot outlives its lease",
    stage.stores.ledger.jobs().length === 0 || "a job outlives its age",
  ].filter((breach) => breach !== true);
}

describe("a call that starts a job", () => {
  it("goes through these moments", async () => {
    const { moments } = await attempt(-1, "throws");
    expect(moments.filter((moment) => moment.endsWith("before"))).toEqual([
      "findKey before",
      "admit before",
      "reserve before",
      "detach before",
      "admit before",
    ]);
  });

  it("whose process dies before the ledger knows of the job takes no slot for the job's age", async () => {
    const dying = Promise.withResolvers<void>();
    const dies: Disturb = async (moment) => {
      if (moment !== "detach before") return;
      dying.resolve();
      await new Promise(() => {});
    };
    const stage = await createStage({}, { stores: (plain) => disturbedStores(plain, dies) });
    void stage.pass(new FakeCall(sent));
    await dying.promise;
    expect(stage.stores.limits.slotsInUse(SLOT)).toBe(1);
    await stage.clock.advance(FILM_AGE_MS / 2);
    stage.stores.limits.admit({ windows: [], slots: [] }, stage.clock.monotonicMs());
    expect(stage.stores.limits.slotsInUse(SLOT)).toBe(0);
  });

  it.each(DISTURBANCES)(
    "leaves a whole job or nothing when at any moment something %s",
    async (what) => {
      const { moments } = await attempt(-1, what);
      const breaches: string[] = [];
      for (const [at, moment] of moments.entries()) {
        const trial = await attempt(at, what);
        const found = [...breachesOf(trial), ...(await leftOvers(trial))];
        breaches.push(...found.map((breach) => `${what} at "${moment}" (${at}): ${breach}`));
      }
      expect(breaches).toEqual([]);
    },
  );
});
